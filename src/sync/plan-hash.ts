import { createHash } from 'node:crypto';
import { changeKey, type Change } from '../domain/change';

/** Names a plan by what it would do: equal for equal changes in equal order. */
export function hashPlan(changes: readonly Change[]): string {
  return createHash('sha256').update(changes.map(changeKey).join('\n')).digest('hex').slice(0, 32);
}
