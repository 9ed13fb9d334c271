import type { Run } from '../domain/run';
import { isEnded } from '../domain/run';
import { connectorSlot, work, type Step } from './step';

/** A run that rests holds up no one else, and keeps no snapshots: an approval reads both sides again anyway. */
export async function letGo({ world, run, fence }: Pick<Step, 'world' | 'run' | 'fence'>): Promise<void> {
  if (fence.lease !== undefined) await world.leases.release(fence.lease.key, run.id);
  await world.leases.release(connectorSlot(run.connectorId), run.id);
  await world.work.delete(run.id, leftovers(run));
}

/** The plan and the report stay: they are what people look at. */
function leftovers(run: Run): readonly string[] {
  const read = [
    work.sourceReading,
    work.source,
    work.directoryReading,
    work.directory,
    work.ownGroups,
    work.ownStates,
    work.comparing,
  ];
  if (!isEnded(run.state)) return read;
  const outcomes = Array.from({ length: run.batchesDone }, (_, batch) => work.outcomes(batch));
  return [...read, work.approved, work.cleared, work.batches, work.interrupted, work.inviting, ...outcomes];
}
