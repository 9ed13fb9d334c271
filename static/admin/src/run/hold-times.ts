import type { Run } from '../../../../src/domain/run';

/** A hold waits so long for an administrator, then it expires. */
export const holdLasts = 7 * 24 * 3_600_000;

/** When a held run expires, epoch milliseconds: its last step was to be held. */
export function computeExpiry({ heartbeat, startedAt }: Run): number {
  return Math.max(heartbeat, startedAt) + holdLasts;
}
