import { isInquiry, isResting, type Run, type RunFailure } from '../domain/run';
import type { Lease, World } from './ports';
import { connectorSlot, directoryLease, type Step } from './step';

/** Longer than an invocation, so that nobody writes beside one that still works. */
const leaseMs = 20 * 60_000;
const slotMs = 24 * 3_600_000;
/** What has not ended by then goes round in circles. */
const longestRunMs = 24 * 3_600_000;

export type RightOfWay =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'ended'; readonly state: 'cancelled' | 'failed'; readonly failure: RunFailure };

/** Whether the run may go on: nobody cancelled it, no other run of its connector works, and it is not endless. */
export async function mayWork({ world, run }: Step): Promise<RightOfWay> {
  if ((await world.runs.cancelRequested(run.id)) !== undefined) {
    const message = 'Cancelled by an administrator. What was done until then is in the report.';
    return { kind: 'ended', state: 'cancelled', failure: { code: 'cancelled', message } };
  }
  if (world.now() - Math.max(run.startedAt, run.approval?.at ?? 0) > longestRunMs) {
    const message = 'The run did not come to its end within 24 hours: look at the log of the app, then start it again.';
    return { kind: 'ended', state: 'failed', failure: { code: 'too-long', message } };
  }
  if (isInquiry(run.kind) || (await takeSlot(world, run))) return { kind: 'go' };
  // What an administrator approved is not dropped for a simulation that happens to be under way.
  if (run.approval !== undefined) return { kind: 'wait' };
  const message = 'Another run of this connector was in progress: start this one again when it has ended.';
  return { kind: 'ended', state: 'cancelled', failure: { code: 'already-running', message } };
}

async function takeSlot(world: World, run: Run): Promise<boolean> {
  const now = world.now();
  const key = connectorSlot(run.connectorId);
  const slot = await world.leases.load(key);
  if (slot?.holder === run.id && slot.until - now > slotMs / 2) return true;
  if (slot !== undefined) await releaseResting(world, slot, run);
  return (await world.leases.take(key, run.id, now, now + slotMs)) !== undefined;
}

/**
 * A full run holds the directory's lease from the reading of the directory to its last write, so that no other run's writes
 * come between what it read and what it does.
 */
export async function takeLease(step: Step) {
  const { world, run } = step;
  if (run.kind !== 'full' || run.state === 'reading-source') return 'not needed';
  const now = world.now();
  const { ref } = await step.directory();
  const held = step.fence.lease;
  if (held !== undefined && held.until - now > leaseMs / 2) return { lease: held, renewed: true };
  const key = directoryLease(ref);
  const taken = await world.leases.take(key, run.id, now, now + leaseMs);
  if (taken !== undefined) return taken;
  const other = await world.leases.load(key);
  if (other === undefined || !(await releaseResting(world, other, run))) return 'taken by another run';
  return (await world.leases.take(key, run.id, now, now + leaseMs)) ?? 'taken by another run';
}

/** A run that was cut off between its end and letting go holds up nobody. */
async function releaseResting(world: World, lease: Lease, run: Run): Promise<boolean> {
  if (lease.holder === run.id || lease.until <= world.now()) return false;
  const holder = await world.runs.load(lease.holder);
  if (holder !== undefined && !isResting(holder.state)) return false;
  await world.leases.release(lease.key, lease.holder);
  return true;
}
