import { DirectoryError } from '../domain/errors';
import type { ClearedPlan } from '../domain/plan';
import type { Run } from '../domain/run';
import { applyBatch } from './apply-batch';
import { changesOf, computeBatches, type Batch } from './batches';
import { loadInterrupted } from './interrupted';
import type { RecordedOutcome } from './outcomes';
import { work, type Step } from './step';

/** So many refusals for lack of rights in a row are no outcomes of changes: the key must not write. */
const forbiddenInARow = 5;

/** An error after part of a batch was done: `run` knows that part. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
  constructor(
    readonly run: Run,
    cause: unknown,
  ) {
    super('a batch was cut off', { cause });
  }
}

/**
 * Carries out the next batch of the cleared changes and checkpoints it; `undefined` when every batch has ended.
 * A batch that was cut off from outside is never continued: the run reads and plans again (see `advance-run`).
 * @throws CutOff when an error came after some of its changes
 */
export async function applyNextBatch(step: Step): Promise<Run | undefined> {
  const { world, run, fence } = step;
  const batches = await loadBatches(step);
  const batch = batches[run.batchesDone];
  if (batch === undefined) return undefined;
  const { record, left, unsure = [], error } = await applyBatch(step, batch);
  if (unsure.length > 0) {
    // First, so that the record never stands for more than what was done.
    await world.work.save(work.interrupted, [...(await loadInterrupted(step)), ...unsure], fence);
  }
  await world.work.save(work.outcomes(run.batchesDone), record, fence);
  await world.links.compact(run.connectorId, fence);
  const after = run.batchesDone + 1;
  if (left !== undefined) {
    await world.work.save(work.batches, [...batches.slice(0, after), left, ...batches.slice(after)], fence);
  }
  const total = batches.reduce((sum, each) => sum + changesOf(each).length, 0);
  const done = batches.slice(0, after).reduce((sum, each) => sum + changesOf(each).length, 0);
  const unfinished = left === undefined ? 0 : changesOf(left).length;
  // An error that comes again and again before any change is done uses up the patience.
  const attempts = record.outcomes.length === 0 ? run.attempts : 0;
  const next: Run = {
    ...run,
    attempts,
    batchesDone: after,
    progress: { what: 'changes', done: done - unfinished, total },
  };
  const stop = error ?? findForbidden(record.outcomes);
  if (stop !== undefined) throw new CutOff(next, stop);
  return next;
}

async function loadBatches(step: Step): Promise<readonly Batch[]> {
  const { world, run, fence } = step;
  const saved = await world.work.load<readonly Batch[]>(run.id, work.batches);
  if (saved !== undefined) return saved;
  const cleared = await world.work.load<ClearedPlan>(run.id, work.cleared);
  if (cleared === undefined) throw new Error('applying without a cleared plan');
  // Batches of an interrupted apply have ended already; new ones come behind them, so that their records stay.
  const ended = Array.from({ length: run.batchesDone }, (): Batch => ({ kind: 'each', changes: [] }));
  const batches = [...ended, ...computeBatches(cleared.changes)];
  await world.work.save(work.batches, batches, fence);
  return batches;
}

function findForbidden(outcomes: readonly RecordedOutcome[]): DirectoryError | undefined {
  let inARow = 0;
  for (const { code } of outcomes) {
    inARow = code === 'forbidden' ? inARow + 1 : 0;
    if (inARow >= forbiddenInARow) {
      return new DirectoryError(
        'key-without-right',
        'Atlassian refused five writes in a row: check that the API key has no scopes and that its owner is an organization administrator.',
        'stop',
      );
    }
  }
  return undefined;
}
