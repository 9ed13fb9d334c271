import ChevronIcon from '@atlaskit/icon/core/chevron-right';
import { lazy, Suspense } from 'react';
import type { ReportRow, ReportedChange } from '../../../../src/domain/report';
import { ExplainLink } from '../explain/explain-link';
import type { Tone } from '../parts/tone';
import { Badge } from '../parts/message';
import { nameProducts } from '../product-names';
import { describeOperation, isFailed } from './operations';
import { isReleasable } from './releasable';

const ReleaseLink = lazy(async () => ({ default: (await import('./release-link')).ReleaseLink }));

const TakeOwnership = lazy(async () => ({ default: (await import('./take-ownership')).TakeOwnership }));

const outcomes: Readonly<
  Record<NonNullable<ReportedChange['outcome']>, { readonly text: string; readonly tone: Tone }>
> = {
  done: { text: 'Done', tone: 'success' },
  already: { text: 'Was so already', tone: 'neutral' },
  refused: { text: 'Refused', tone: 'danger' },
  unconfirmed: { text: 'Not confirmed', tone: 'warning' },
  'not-approved': { text: 'Not approved', tone: 'warning' },
  'not-needed': { text: 'No longer needed', tone: 'neutral' },
  'not-reached': { text: 'Not reached', tone: 'warning' },
};

/** Who or what a row is about. */
export function RowHead({ row }: { row: ReportRow }) {
  const below = row.kind === 'person' ? row.row.email : row.row.path;
  return (
    <span className="row-head">
      <span className="row-name">{row.row.name}</span>
      {below !== undefined && below !== row.row.name && <span className="row-below">{below}</span>}
    </span>
  );
}

interface ResultRowProps {
  readonly connectorId: string;
  readonly row: ReportRow;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** One person or group of the result: the operation and why; opened, every change with its outcome. */
export function ResultRow({ connectorId, row, open, onToggle }: ResultRowProps) {
  const { text, tone } = describeOperation(row);
  return (
    <div className={open ? 'result-row open' : 'result-row'}>
      <button type="button" className="result-summary" aria-expanded={open} onClick={onToggle}>
        <span className="result-chevron" aria-hidden="true">
          <ChevronIcon label="" color="var(--ds-icon-subtle)" />
        </span>
        <RowHead row={row} />
        <span className="result-operation">
          <Badge tone={tone}>{text}</Badge> {isFailed(row) && <Badge tone="danger">Failed</Badge>}
        </span>
        <span className="result-reason">{row.row.reason}</span>
      </button>
      {open && <Details connectorId={connectorId} row={row} />}
    </div>
  );
}

function Details({ connectorId, row }: Pick<ResultRowProps, 'connectorId' | 'row'>) {
  return (
    <div className="result-details">
      <p>{row.row.reason}</p>
      {row.kind === 'group' && (
        <p className="subtle">
          {row.row.added} added, {row.row.removed} removed
          {row.row.grantsAccess.length > 0 && `. Grants access to ${nameProducts(row.row.grantsAccess)}`}
        </p>
      )}
      {row.row.notes.map((note) => (
        <p key={note} className="result-note">
          {note}
        </p>
      ))}
      {row.changes.length === 0 ? (
        <p className="subtle">No change.</p>
      ) : (
        <ul className="changes">
          {row.changes.map((change, index) => (
            <li key={`${index} ${change.text}`}>
              <span className="change-text">
                {change.text}
                <span className="subtle"> {change.reason}</span>
                {change.message !== undefined && <span className="change-message">{change.message}</span>}
              </span>
              {change.outcome !== undefined && (
                <Badge tone={outcomes[change.outcome].tone}>{outcomes[change.outcome].text}</Badge>
              )}
            </li>
          ))}
        </ul>
      )}
      {row.kind === 'person' && <ExplainLink connectorId={connectorId} user={row.row.user} />}
      <Clicks connectorId={connectorId} row={row} />
    </div>
  );
}

/** What an administrator can decide about the account or the group of a row. */
function Clicks({ connectorId, row }: Pick<ResultRowProps, 'connectorId' | 'row'>) {
  const guest = row.kind === 'person' && row.row.guest !== undefined ? row.row : undefined;
  const releasable = isReleasable(row);
  if (guest === undefined && !releasable) return null;
  return (
    <div className="buttons">
      <Suspense>
        {guest !== undefined && <TakeOwnership connectorId={connectorId} user={guest.user} name={guest.name} />}
        {releasable && <ReleaseLink connectorId={connectorId} row={row} />}
      </Suspense>
    </div>
  );
}
