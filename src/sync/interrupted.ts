import { changeKey, type Change } from '../domain/change';
import type { ClearedPlan } from '../domain/plan';
import type { Run } from '../domain/run';
import { changesOf, type Batch } from './batches';
import { hasBatchRecord, loadBatchRecords } from './outcomes';
import { enter, work, type Step } from './step';

/**
 * An apply that was cut off is never simply continued: nobody knows how old its reading is by now.
 * Both sides are read and planned again, and what is still left of the cleared changes is done. `begun` says whether the
 * batch at hand may have been begun: then its changes are *interrupted*, and the new reading tells what became of them.
 */
export async function restartReading(step: Step, begun: boolean): Promise<Run> {
  const { world } = step;
  const run = step.run.state === 'applying' ? await keepLeft(step, begun) : step.run;
  await world.work.delete(run.id, [work.sourceReading, work.directoryReading]);
  return enter(run, 'reading-source', { progress: undefined });
}

/** Changes of this run that may have been done although nobody saw their end. */
export async function loadInterrupted({ world, run }: Pick<Step, 'world' | 'run'>): Promise<readonly Change[]> {
  return (await world.work.load<readonly Change[]>(run.id, work.interrupted)) ?? [];
}

/** Nothing is deleted here: this very step may be cut off too, and is then done once more from what it began with. */
async function keepLeft({ world, run, fence }: Step, begun: boolean): Promise<Run> {
  // A record is saved before the checkpoint behind it: where it is there, its batch has ended.
  const ended = await hasBatchRecord(world, run, run.batchesDone);
  const after: Run = ended ? { ...run, batchesDone: run.batchesDone + 1 } : run;
  const records = await loadBatchRecords(world, after);
  const told = new Set(records.flatMap(({ outcomes }) => outcomes.map(({ key }) => key)));
  const isOpen = (change: Change) => !told.has(changeKey(change));
  const cleared = await world.work.load<ClearedPlan>(run.id, work.cleared);
  const batches = await world.work.load<readonly Batch[]>(run.id, work.batches);
  const current = begun && !ended ? batches?.[run.batchesDone] : undefined;
  const cutOff = [...(await loadInterrupted({ world, run })), ...(current === undefined ? [] : changesOf(current))];
  await world.work.save(work.approved, (cleared?.changes ?? []).filter(isOpen), fence);
  await world.work.save(work.interrupted, cutOff.filter(isOpen), fence);
  return after;
}
