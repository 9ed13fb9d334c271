import { changeKey } from '../domain/change';
import type { Change } from '../domain/change';
import type { ClearedPlan } from '../domain/plan';
import type { Run } from '../domain/run';
import { loadBatchRecords } from './outcomes';
import { enter, work, type Step } from './step';

/**
 * An apply that was cut off is never simply continued: nobody knows how old its reading is by now.
 * Both sides are read and planned again, and what is still left of the cleared changes is done.
 */
export async function restartReading(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  if (run.state === 'applying') await world.work.save(work.approved, await loadLeft(step), fence);
  await world.work.delete(run.id, [work.sourceReading, work.directoryReading, work.batches, work.cleared]);
  return enter(run, 'reading-source', { progress: undefined });
}

async function loadLeft(step: Step): Promise<readonly Change[]> {
  const { world, run } = step;
  const cleared = await world.work.load<ClearedPlan>(run.id, work.cleared);
  const ended = new Set((await loadBatchRecords(world, run)).flatMap(({ outcomes }) => outcomes.map(({ key }) => key)));
  return (cleared?.changes ?? []).filter((change) => !ended.has(changeKey(change)));
}
