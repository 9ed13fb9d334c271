import { changeKey, type Change, type ChangeKind } from './change';
import type { RunId } from './identity';
import type { ConnectorMemory } from './memory';
import type { Plan, Violation } from './plan';

/** What the last run that wrote anything has done, and how much of it was its predecessor's work done again. */
export interface LastWritten {
  readonly run: RunId;
  /** `changeKey` of its changes; of a very large run the first ones, which are enough to notice. */
  readonly keys: readonly string[];
  readonly again: number;
}

/** So many changes in each of two successive runs may be chance, and people who correct something by hand. */
const tolerated = 3;
const mostKeys = 2_000;

/** Changes that somebody can undo, and that would then be planned again. */
const undoable: ReadonlySet<ChangeKind> = new Set([
  'add-member',
  'remove-member',
  'suspend',
  'restore',
  'update-profile',
  'update-email',
]);

/**
 * Whether somebody else writes what this connector writes: the plan does again what the last run did, which had itself to do again
 * what the run before it did.
 */
export function checkAnotherWriter(plan: Plan, { lastWritten }: ConnectorMemory): readonly Violation[] {
  if (lastWritten === undefined || lastWritten.again <= tolerated) return [];
  const found = countAgain(plan.changes, lastWritten.keys);
  if (found <= tolerated) return [];
  const message = `Another writer is at work: ${found} changes of the last run are undone, and ${lastWritten.again} were in the run before. Find out who else changes these groups and accounts, for example a second connector or an automation, before you approve.`;
  return [{ guard: 'another-writer', found, limit: tolerated, message }];
}

/** The record after a run; a run that wrote nothing leaves what was there. Telling it twice is as good as once. */
export function rememberWritten(
  before: LastWritten | undefined,
  run: RunId,
  done: readonly Change[],
): LastWritten | undefined {
  const keys = done.filter(({ kind }) => undoable.has(kind)).map(changeKey);
  if (keys.length === 0) return before;
  if (before?.run === run) return { ...before, keys: [...new Set([...before.keys, ...keys])].slice(0, mostKeys) };
  return { run, keys: keys.slice(0, mostKeys), again: before === undefined ? 0 : countAgain(done, before.keys) };
}

function countAgain(changes: readonly Change[], keys: readonly string[]): number {
  const before = new Set(keys);
  return changes.filter((change) => before.has(changeKey(change))).length;
}
