import pMap from 'p-map';
import type { Run } from '../domain/run';
import type { RunStore } from './ports';

/** Writes in flight at once. */
const concurrency = 4;

export interface Stopped<Item, Result> {
  /** Of the items that came to their end, in their order. */
  readonly results: readonly Result[];
  /** Those that were not begun, and those whose end nobody saw. */
  readonly left: readonly Item[];
  /** Those of them whose end nobody saw. */
  readonly unsure: readonly Item[];
  /** Why it stopped; absent after a wish to cancel. */
  readonly error?: unknown;
}

/**
 * Applies to each item until the end, an error, or a wish to cancel, so that what was done before is never forgotten.
 */
export async function applyUntilStopped<Item, Result>(
  {
    world,
    run,
  }: { readonly world: { readonly runs: Pick<RunStore, 'cancelRequested'> }; readonly run: Pick<Run, 'id'> },
  items: readonly Item[],
  apply: (item: Item) => Promise<Result>,
): Promise<Stopped<Item, Result>> {
  let stopped = false;
  const errors: unknown[] = [];
  const unsure: Item[] = [];
  const applyNext = async (item: Item): Promise<{ readonly result: Result } | undefined> => {
    if (stopped || (await world.runs.cancelRequested(run.id)) !== undefined) {
      stopped = true;
      return undefined;
    }
    try {
      return { result: await apply(item) };
    } catch (error) {
      stopped = true;
      errors.push(error);
      unsure.push(item);
      return undefined;
    }
  };
  const ends = await pMap(items, applyNext, { concurrency });
  const results = ends.flatMap((end) => (end === undefined ? [] : [end.result]));
  const left = items.filter((_item, index) => ends[index] === undefined);
  return { results, left, unsure, ...(errors.length === 0 ? {} : { error: errors[0] }) };
}
