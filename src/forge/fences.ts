import type { RunId } from '../domain/identity';
import type { Fence } from '../sync/ports';
import type { FenceCheck } from './records';

export const runKey = (id: RunId): string => `run:${id}`;

/** The rows that must not have moved on for a write with this fence. */
export function checksOf(fence: Fence): readonly FenceCheck[] {
  const run = { key: runKey(fence.runId), fence: fence.runFence };
  return fence.lease === undefined ? [run] : [run, { key: fence.lease.key, fence: fence.lease.fence }];
}
