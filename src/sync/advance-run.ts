import { FenceLost } from '../domain/errors';
import { isResting, type Run } from '../domain/run';
import { applyNextBatch, CutOff } from './apply-changes';
import { isNearlyUsed } from './budget';
import { cancelRun } from './decide-held';
import { finishExplanation } from './explain';
import { decideFate } from './fate';
import { closeRun, finishRun } from './finish-run';
import { restartReading } from './interrupted';
import { letGo } from './let-go';
import { makePlan } from './make-plan';
import { openStep } from './open-step';
import type { Budget, Claim, StepEvent, World } from './ports';
import { readDirectory } from './read-directory';
import { readSource } from './read-source';
import { mayWork, takeLease } from './right-of-way';
import { work, type Step } from './step';
import { finishSurvey } from './survey';

/** An invocation ends within 15 minutes; its claim lasts longer, so nobody works beside it. */
const claimMs = 16 * 60_000;
/** How long a run waits for another one before it looks again. */
const waitSeconds = 60;

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
  if (step === undefined) return endWithoutConnector(world, claim);
  let { stale } = claim;
  for (;;) {
    const { next, fence } = await advanceOnce(step, stale);
    stale = false;
    const now = world.now();
    const rests = isResting(next.run.state);
    const leaves = rests || next.leave !== undefined || isNearlyUsed(budget);
    const run: Run = { ...next.run, step: step.run.step + 1, heartbeat: now, claimedUntil: leaves ? 0 : now + claimMs };
    await world.runs.save(run, fence);
    step = { ...step, run, fence };
    if (rests) return rest(step);
    if (leaves) return world.queue.push({ runId: run.id, step: run.step }, next.leave?.delaySeconds);
  }
}

async function endWithoutConnector(world: World, { run, fence }: Claim): Promise<void> {
  const failure = {
    code: 'connector-deleted',
    message: 'The connector was deleted while the run was under way: create it again if it is still needed.',
  };
  const ended: Run = {
    ...(await closeRun({ world, run, fence }, 'failed', failure)),
    claimedUntil: 0,
    step: run.step + 1,
  };
  await world.runs.save(ended, fence);
  await letGo({ world, run: ended, fence });
}

async function rest(step: Step): Promise<void> {
  await letGo(step);
  const { world, run } = step;
  if (run.state !== 'held') return;
  // Somebody may have asked to cancel while the plan was made.
  const by = await world.runs.cancelRequested(run.id);
  if (by !== undefined) await cancelRun(world, run.id, by);
}

/** One piece, with the fate of an error decided here and nowhere else. */
async function advanceOnce(step: Step, stale: boolean): Promise<{ next: Next; fence: Step['fence'] }> {
  let fence = step.fence;
  const wait = (what: string) => ({
    next: { run: { ...step.run, progress: { what, done: 0 } }, leave: { delaySeconds: waitSeconds } },
    fence,
  });
  try {
    // Before anything else, so that even a run that ends here knows what it may have done.
    if (stale && isPastReading(step.run)) return { next: { run: await restartReading(step, true) }, fence };
    const way = await mayWork(step);
    if (way.kind === 'ended') return { next: { run: await closeRun(step, way.state, way.failure) }, fence };
    if (way.kind === 'wait') return wait('waiting for another run of the connector');
    const held = await takeLease(step);
    if (held === 'taken by another run') return wait('waiting for another run of the directory');
    if (held !== 'not needed') fence = { ...step.fence, lease: held.lease };
    const leased = { ...step, fence };
    const lost = held !== 'not needed' && !held.renewed;
    // A reading begun under an earlier lease may have another run's writes in its middle.
    if (lost) await step.world.work.delete(step.run.id, [work.directoryReading]);
    const run = lost && isPastReading(step.run) ? await restartReading(leased, false) : await runPhase(leased);
    return { next: { run: { ...run, attempts: 0 } }, fence };
  } catch (error) {
    const at = error instanceof CutOff ? error.run : step.run;
    const fate = decideFate(error instanceof CutOff ? error.cause : error, at, step.world.log);
    if (fate.kind === 'fence-lost') throw error;
    if (fate.kind === 'again') {
      return { next: { run: { ...at, attempts: fate.attempts }, leave: { delaySeconds: fate.delaySeconds } }, fence };
    }
    return { next: { run: await closeRun({ ...step, run: at, fence }, 'failed', fate.failure) }, fence };
  }
}

async function runPhase(step: Step): Promise<Run> {
  switch (step.run.state) {
    case 'reading-source':
      return readSource(step);
    case 'reading-directory':
      return readDirectory(step);
    case 'planning':
      return finishPlanning(step);
    case 'applying':
      return (await applyNextBatch(step)) ?? finishRun(step);
    default:
      throw new Error(`a run that is ${step.run.state} has no next step`);
  }
}

function finishPlanning(step: Step): Promise<Run> {
  switch (step.run.kind) {
    case 'survey':
      return finishSurvey(step);
    case 'explain':
      return finishExplanation(step);
    case 'simulate':
    case 'full':
      return makePlan(step);
  }
}

function isPastReading(run: Run): boolean {
  return run.state === 'planning' || run.state === 'applying';
}
