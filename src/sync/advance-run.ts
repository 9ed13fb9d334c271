import { isEnded, isResting, type Progress, type Run } from '../domain/run';
import { applyNextBatch } from './apply-changes';
import { isNearlyUsed } from './budget';
import { decideFate } from './fate';
import { closeRun, finishRun } from './finish-run';
import { restartReading } from './interrupted';
import { makePlan } from './make-plan';
import { FenceLost } from '../domain/errors';
import type { Budget, Claim, Directory, Source, StepEvent, World } from './ports';
import { readDirectory } from './read-directory';
import { readSource } from './read-source';
import { connectorSlot, directoryLease, enter, work, type Step } from './step';
import { finishSurvey } from './survey';

/** An invocation ends within 15 minutes; its claim and its lease last longer, so nobody works beside it. */
const claimMs = 16 * 60_000;
const leaseMs = 20 * 60_000;
const slotMs = 24 * 3_600_000;
/** How long a run waits for another run of its directory before it looks again. */
const waitSeconds = 60;
const progressEveryMs = 2_000;

/**
 * Does the next pieces of a run until it rests or the budget is nearly used. An event whose step is not the run's checkpoint,
 * or that somebody works on already, changes nothing. Each checkpoint is saved before the next event is pushed.
 */
export async function advanceRun(world: World, event: StepEvent, budget: Budget): Promise<void> {
  const now = world.now();
  const claim = await world.runs.claim(event.runId, event.step, now, now + claimMs);
  if (claim === undefined) return;
  try {
    await workOn(world, claim, budget);
  } catch (error) {
    if (!(error instanceof FenceLost)) throw error;
    world.log.info('a newer invocation goes on with this run', { run: event.runId, step: event.step });
  }
}

/** What comes after a piece: go on here, or leave and come back after some seconds. */
type Next = { readonly run: Run; readonly leave?: { readonly delaySeconds: number } };

async function workOn(world: World, claim: Claim, budget: Budget): Promise<void> {
  let step = await openStep(world, claim, budget);
  if (step === undefined) return;
  let stale = claim.stale;
  for (;;) {
    const { next, fence } = await advanceOnce(step, stale);
    stale = false;
    const now = world.now();
    const rests = isResting(next.run.state);
    const leaves = rests || next.leave !== undefined || isNearlyUsed(budget);
    const run: Run = { ...next.run, step: step.run.step + 1, heartbeat: now, claimedUntil: leaves ? 0 : now + claimMs };
    await world.runs.save(run, fence);
    step = { ...step, run, fence };
    if (rests) return letGo(step);
    if (leaves) return world.queue.push({ runId: run.id, step: run.step }, next.leave?.delaySeconds);
  }
}

async function openStep(world: World, { run, fence }: Claim, budget: Budget): Promise<Step | undefined> {
  const connector = await world.connectors.load(run.connectorId);
  const settings = await world.runs.loadSettings(run.id);
  if (connector === undefined || settings === undefined) {
    const failure = { code: 'connector-deleted', message: 'The connector was deleted while the run was under way.' };
    const ended = enter(run, 'failed', { failure, endedAt: world.now(), claimedUntil: 0, step: run.step + 1 });
    await world.runs.save(ended, fence);
    return undefined;
  }
  let shownAt = 0;
  let source: Promise<Source> | undefined;
  let directory: Promise<Directory> | undefined;
  return {
    world,
    run,
    fence,
    connector,
    settings,
    budget,
    report: (progress: Progress) => {
      const now = world.now();
      if (now - shownAt < progressEveryMs) return Promise.resolve();
      shownAt = now;
      return world.runs.beat(run.id, now, progress);
    },
    source: () => (source ??= world.openSource(connector, settings, budget)),
    directory: () => (directory ??= world.openDirectory(budget)),
  };
}

/** One piece, with the fate of an error decided here and nowhere else. */
async function advanceOnce(step: Step, stale: boolean): Promise<{ next: Next; fence: Step['fence'] }> {
  let fence = step.fence;
  try {
    const stop = await checkStop(step);
    if (stop !== undefined) return { next: { run: stop }, fence };
    const held = await takeLease(step);
    if (held === 'taken by another run') {
      const progress = { what: 'waiting for another run of the directory', done: 0 };
      return { next: { run: { ...step.run, progress }, leave: { delaySeconds: waitSeconds } }, fence };
    }
    if (held !== 'not needed') fence = { ...step.fence, lease: held.lease };
    const leased = { ...step, fence };
    const interrupted = leased.run.state === 'applying' && stale;
    const lost = held !== 'not needed' && !held.renewed && isPastReading(leased.run);
    if (held !== 'not needed' && !held.renewed) await forgetDirectoryReading(leased);
    const run = interrupted || lost ? await restartReading(leased) : await runPhase(leased);
    return { next: { run: { ...run, attempts: 0 } }, fence };
  } catch (error) {
    const fate = decideFate(error, step.run, step.world.log);
    if (fate.kind === 'fence-lost') throw error;
    if (fate.kind === 'again') {
      return {
        next: { run: { ...step.run, attempts: fate.attempts }, leave: { delaySeconds: fate.delaySeconds } },
        fence,
      };
    }
    return { next: { run: await closeRun({ ...step, fence }, 'failed', fate.failure) }, fence };
  }
}

async function runPhase(step: Step): Promise<Run> {
  switch (step.run.state) {
    case 'reading-source':
      return readSource(step);
    case 'reading-directory':
      return readDirectory(step);
    case 'planning':
      return step.run.kind === 'survey' ? finishSurvey(step) : makePlan(step);
    case 'applying':
      return (await applyNextBatch(step)) ?? finishRun(step);
    default:
      throw new Error(`a run that is ${step.run.state} has no next step`);
  }
}

/** Ends a run that an administrator cancelled, and one that finds another run of its connector at work. */
async function checkStop(step: Step): Promise<Run | undefined> {
  const { world, run } = step;
  if ((await world.runs.cancelRequested(run.id)) !== undefined) {
    return closeRun(step, 'cancelled', {
      code: 'cancelled',
      message: 'Cancelled by an administrator. What was done until then is in the report.',
    });
  }
  if (run.kind === 'survey') return undefined;
  const now = world.now();
  const key = connectorSlot(run.connectorId);
  const slot = await world.leases.load(key);
  const holder = slot === undefined || slot.holder === run.id ? undefined : await world.runs.load(slot.holder);
  if (holder !== undefined && isEnded(holder.state) && slot !== undefined) await world.leases.release(key, slot.holder);
  if (slot?.holder === run.id && slot.until - now > slotMs / 2) return undefined;
  if ((await world.leases.take(key, run.id, now, now + slotMs)) !== undefined) return undefined;
  return closeRun(step, 'cancelled', {
    code: 'already-running',
    message: 'Another run of this connector was in progress.',
  });
}

function isPastReading(run: Run): boolean {
  return run.state === 'planning' || run.state === 'applying';
}

/**
 * A full run holds the directory's lease from the reading of the directory to its last write, so that no other run's writes
 * come between what it read and what it does.
 */
async function takeLease(step: Step) {
  const { world, run } = step;
  if (run.kind !== 'full' || run.state === 'reading-source') return 'not needed';
  const now = world.now();
  const { ref } = await step.directory();
  const held = step.fence.lease;
  if (held !== undefined && held.until - now > leaseMs / 2) return { lease: held, renewed: true };
  return (await world.leases.take(directoryLease(ref), run.id, now, now + leaseMs)) ?? 'taken by another run';
}

/** A reading begun under an earlier lease may have another run's writes in its middle. */
async function forgetDirectoryReading({ world, run }: Step): Promise<void> {
  await world.work.delete(run.id, [work.directoryReading]);
}

/** A run that rests holds up no one else. */
async function letGo(step: Step): Promise<void> {
  const { world, run, fence } = step;
  if (fence.lease !== undefined) await world.leases.release(fence.lease.key, run.id);
  await world.leases.release(connectorSlot(run.connectorId), run.id);
}
