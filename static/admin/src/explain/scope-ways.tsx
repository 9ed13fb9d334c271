import type { ScopeGroup } from '../../../../src/domain/explanation';
import { Badge } from '../parts/message';

interface ScopeWaysProps {
  readonly through: readonly ScopeGroup[];
  /** Paths and rules of which another group is needed. */
  readonly lacking: readonly string[];
}

/** The groups that put somebody in scope or out of it, each with the choice that it answers. */
export function ScopeWays({ through, lacking }: ScopeWaysProps) {
  if (through.length + lacking.length === 0) return null;
  return (
    <ul className="scope-ways">
      {through.map(({ path, below, rule, excludes }) => (
        <li key={path}>
          {excludes === true && <Badge tone="danger">Excepted</Badge>} <span className="group-name">{path}</span>
          {below !== undefined && (
            <>
              <span className="subtle"> lies below </span>
              <span className="group-name">{below}</span>
            </>
          )}
          {rule !== undefined && <span className="subtle"> by the rule: {rule}</span>}
        </li>
      ))}
      {lacking.map((needed) => (
        <li key={needed}>
          <Badge tone="warning">Missing</Badge> <span className="group-name">{needed}</span>
        </li>
      ))}
    </ul>
  );
}
