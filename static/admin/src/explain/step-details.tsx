import type { ExplainedAccount, ExplainStep, Fact } from '../../../../src/domain/explanation';
import { formatMoment, countOf } from '../moments';
import { Badge } from '../parts/message';
import { ChangeList } from './change-list';
import { GroupList } from './group-list';
import { MappingList } from './mapping-list';
import { ScopeWays } from './scope-ways';

/** What a step rests on. */
export function StepDetails({ step }: { step: ExplainStep }) {
  switch (step.kind) {
    case 'found':
      return <Facts facts={step.facts} />;
    case 'scope':
      return <ScopeWays through={step.through} lacking={step.lacking ?? []} />;
    case 'match':
      return step.account === undefined ? null : <Account account={step.account} />;
    case 'mapping':
      return step.attributes.length === 0 ? null : <MappingList attributes={step.attributes} />;
    case 'groups':
      return (
        <>
          {step.groups.length > 0 && <GroupList groups={step.groups} />}
          {step.others > 0 && (
            <p className="subtle small">
              The account is in {countOf(step.others, 'other Atlassian group')} that this connector does not fill.
            </p>
          )}
        </>
      );
    case 'changes':
      return step.changes.length === 0 ? null : <ChangeList changes={step.changes} />;
    case 'guards':
      return step.guards.length === 0 ? null : (
        <ul className="explain-guards">
          {step.guards.map(({ guard, message, counts }) => (
            <li key={guard}>
              <Badge tone={counts ? 'warning' : 'neutral'}>{counts ? 'Counts this person' : 'Not this person'}</Badge>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      );
  }
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const statuses = {
  active: { text: 'Active', tone: 'success' },
  suspended: { text: 'Suspended', tone: 'warning' },
  'not-invited': { text: 'Not in the directory', tone: 'neutral' },
  deactivated: { text: 'Deactivated', tone: 'danger' },
  'for-deletion': { text: 'To be deleted', tone: 'danger' },
} as const;

function Account({ account: { id, name, email, status, link } }: { account: ExplainedAccount }) {
  const shown = status === undefined ? { text: 'Not shown by Atlassian', tone: 'neutral' as const } : statuses[status];
  return (
    <div className="account">
      <span className="strong">{name ?? 'Atlassian account'}</span> <Badge tone={shown.tone}>{shown.text}</Badge>
      {email !== undefined && <span className="block">{email}</span>}
      {link !== undefined && (
        <span className="subtle block">
          {link.origin === 'invited' ? 'Invited' : 'Adopted'} by this connector on {formatMoment(link.at)}
        </span>
      )}
      <span className="subtle small explain-id block">{id}</span>
    </div>
  );
}
