import { DirectoryError } from '../../domain/errors';
import type { DirectoryRef } from '../../domain/identity';
import type { Budget } from '../../sync/ports';
import type { Connection } from './connection';

/** What every operation on the directory works with. */
export interface DirectoryScope {
  readonly ref: DirectoryRef;
  /** `/v2/orgs/{orgId}/directories/{directoryId}`, encoded. */
  readonly path: string;
  readonly connection: Connection;
  readonly budget: Budget;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export function organizationPath(orgId: string): string {
  return `/v2/orgs/${encodeURIComponent(orgId)}`;
}

/** The path of one directory. `-` would mean all of them: it is for reads only, and never taken here. */
export function directoryPath(ref: DirectoryRef): string {
  if (ref.orgId === '' || ref.directoryId === '' || ref.directoryId === '-') {
    throw new DirectoryError(
      'not-configured',
      'No Atlassian organization and directory are chosen; choose them in the directory settings.',
      'stop',
    );
  }
  return `${organizationPath(ref.orgId)}/directories/${encodeURIComponent(ref.directoryId)}`;
}

// A call may take its full time-out; the step after it still has to be saved.
const reserveMs = 45_000;
const reserveCalls = 10;

/** Whether the invocation should end before another piece of work. */
export function isNearlyUsed(budget: Budget): boolean {
  return budget.callsLeft() < reserveCalls || budget.timeLeft() < reserveMs;
}

// Reported delays are a second or two (facts 4.6); the last tries are for a site under load.
const waitsMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Tries until `enough`, with growing waits and as long as the invocation has room; gives the last answer.
 * `tries` counts the first one.
 */
export async function tryPatiently<Value>(
  scope: Pick<DirectoryScope, 'budget' | 'sleep'>,
  attempt: () => Promise<Value>,
  enough: (value: Value) => boolean,
  tries = waitsMs.length + 1,
): Promise<Value> {
  let value = await attempt();
  for (const wait of waitsMs.slice(0, tries - 1)) {
    if (enough(value) || isNearlyUsed(scope.budget) || scope.budget.timeLeft() - wait < reserveMs) break;
    await scope.sleep(wait);
    value = await attempt();
  }
  return value;
}
