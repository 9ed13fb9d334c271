import ArrowRightIcon from '@atlaskit/icon/core/arrow-right';
import type { ExplainedGroup } from '../../../../src/domain/explanation';
import type { Tone } from '../parts/tone';
import { Badge } from '../parts/message';
import { TransformationSteps } from './transformation-steps';

const memberships: Readonly<Record<ExplainedGroup['membership'], { readonly text: string; readonly tone: Tone }>> = {
  added: { text: 'Added', tone: 'success' },
  kept: { text: 'Member', tone: 'neutral' },
  removed: { text: 'Removed', tone: 'danger' },
  'not-synced': { text: 'Not synced', tone: 'warning' },
  unchanged: { text: 'Unchanged', tone: 'neutral' },
};

/** Each group of the person: Keycloak's, the Atlassian one that it fills, and what happens to the membership. */
export function GroupList({ groups }: { groups: readonly ExplainedGroup[] }) {
  return (
    <ul className="explain-groups">
      {groups.map(({ group, path, assigned, target, membership, sentence, because, naming }) => (
        <li key={group}>
          <Badge tone={memberships[membership].tone}>{memberships[membership].text}</Badge>
          <span className="explain-group">
            <span className="group-name">{path ?? (assigned === true ? 'Always assigned' : 'Gone from Keycloak')}</span>
            {target !== undefined && (
              <>
                <span className="mapping-arrow" aria-hidden="true">
                  <ArrowRightIcon label="" color="var(--ds-icon-subtle)" />
                </span>
                <span className="visually-hidden"> fills </span>
                <span>
                  {target.name}
                  {target.isNew && <span className="subtle"> (new)</span>}
                </span>
              </>
            )}
            <span className="subtle block explain-why">{sentence}</span>
            {because !== undefined && <span className="subtle block explain-why">{because}</span>}
            {naming !== undefined && <Naming naming={naming} isLinked={target !== undefined && !target.isNew} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

type GroupNaming = NonNullable<ExplainedGroup['naming']>;

/** What the settings call the group, with the transformations that changed something. */
function Naming({ naming: { before, steps, after }, isLinked }: { naming: GroupNaming; isLinked: boolean }) {
  return (
    <span className="block explain-why">
      <span className="subtle">
        {isLinked ? 'The linked group keeps its name; a new one would be' : 'Its name becomes'}
      </span>{' '}
      {after === '' ? <em className="subtle">empty</em> : after}
      <TransformationSteps before={before} steps={steps.filter((step) => step.after !== undefined)} />
    </span>
  );
}
