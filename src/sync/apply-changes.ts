import { DirectoryError } from '../domain/errors';
import type { ClearedPlan } from '../domain/plan';
import type { Run } from '../domain/run';
import { applyBatch } from './apply-batch';
import { computeBatches, type Batch } from './batches';
import type { RecordedOutcome } from './outcomes';
import { work, type Step } from './step';

/** So many refusals for lack of rights in a row are no outcomes of changes: the key must not write. */
const forbiddenInARow = 5;

/**
 * Carries out the next batch of the cleared changes and checkpoints it; `undefined` when every batch has ended.
 * A batch that was cut off is never continued: the run reads and plans again (see `advance-run`).
 */
export async function applyNextBatch(step: Step): Promise<Run | undefined> {
  const { world, run, fence } = step;
  const batches = await loadBatches(step);
  const batch = batches[run.batchesDone];
  if (batch === undefined) return undefined;
  const record = await applyBatch(step, batch);
  await world.work.save(work.outcomes(run.batchesDone), record, fence);
  stopWhenForbidden(record.outcomes);
  const total = batches.reduce((sum, each) => sum + sizeOf(each), 0);
  const done = batches.slice(0, run.batchesDone + 1).reduce((sum, each) => sum + sizeOf(each), 0);
  return { ...run, batchesDone: run.batchesDone + 1, progress: { what: 'changes', done, total } };
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

function sizeOf(batch: Batch): number {
  return batch.kind === 'invite' ? batch.invites.length + batch.members.length : batch.changes.length;
}

function stopWhenForbidden(outcomes: readonly RecordedOutcome[]): void {
  let inARow = 0;
  for (const { code } of outcomes) {
    inARow = code === 'forbidden' ? inARow + 1 : 0;
    if (inARow >= forbiddenInARow) {
      throw new DirectoryError(
        'key-without-right',
        'Atlassian refused five writes in a row: check that the API key has no scopes and that its owner is an organization administrator.',
        'stop',
      );
    }
  }
}
