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
            {naming !== undefined && (
              <span className="block explain-why">
                <span className="subtle">The settings name it</span>{' '}
                {naming.after === '' ? <em className="subtle">nothing</em> : naming.after}
                <TransformationSteps before={naming.before} steps={naming.steps} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
