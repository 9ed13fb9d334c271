import type { Violation } from '../../../../src/domain/plan';
import { formatCount } from '../moments';

/** Each limit that the plan goes over: its sentence, and how far. */
export function ViolationList({ violations }: { violations: readonly Violation[] }) {
  return (
    <ul className="violations" aria-label="Limits that the plan goes over">
      {violations.map(({ guard, message, found, limit }) => (
        <li key={`${guard} ${message}`}>
          <p>{message}</p>
          <span className="violation-bar" aria-hidden="true">
            <span style={{ width: `${found === 0 ? 0 : Math.min(100, (limit / found) * 100)}%` }} />
          </span>
          <span className="violation-counts number">
            <span className="strong">{formatCount(found)}</span> found, limit {formatCount(limit)}
          </span>
        </li>
      ))}
    </ul>
  );
}
