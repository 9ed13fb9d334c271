import Spinner from '@atlaskit/spinner';
import { messageOf } from '../app-calls';
import { Action } from './action';
import { Message } from './message';

/** Something is being read. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      <Spinner size="medium" />
      <span>Loading {what} …</span>
    </div>
  );
}

/** The shape of rows that are still being read. */
export function Skeleton({ rows, what }: { rows: number; what: string }) {
  return (
    <div className="skeleton" role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton-row" style={{ width: `${100 - ((row * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

/** Reading failed: the sentence of the app, and another try. */
export function LoadFailed({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) {
  return (
    <Message
      tone="danger"
      title={`Could not load ${what}`}
      announce
      actions={
        <Action spacing="compact" onClick={onRetry}>
          Try again
        </Action>
      }
    >
      {messageOf(error)}
    </Message>
  );
}
