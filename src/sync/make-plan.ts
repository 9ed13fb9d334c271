import { clearApproved, clearGuards } from '../domain/approval';
import type { Change } from '../domain/change';
import { computePlan } from '../domain/compute-plan';
import { computeUndo, findOwnSuspensions } from '../domain/undo';
import type { World } from './ports';
import { checkGuards, isOverByRemovals } from '../domain/guards';
import { narrowPlan } from '../domain/narrow-plan';
import type { ClearedPlan, GuardedPlan, Plan } from '../domain/plan';
import type { PlanInput } from '../domain/planning';
import { ownSuspensions, type Run } from '../domain/run';
import { findOpenInvitations } from '../domain/recent';
import { findOutages, listOutages } from '../domain/outage';
import { selectChanges } from '../domain/selection';
import { findEarlierApproval } from './earlier-approval';
import { loadInterrupted } from './interrupted';
import { gatherGuards } from './gather-guards';
import { gatherInput } from './gather-input';
import type { BatchRecord } from './outcomes';
import { hashPlan } from './plan-hash';
import { planSaved } from './plan-saved';
import { confirmRemovals } from './confirm-removals';
import { pauseSchedule } from './pause-schedule';
import { findFollowUps, settleSkipped } from './recover';
import { saveReport } from './report';
import { enter, work, type Step } from './step';

/**
 * Computes the plan from both snapshots and decides what follows: a simulated run ends here, a plan over its limits is held,
 * any other one is applied. An approved or interrupted run applies what both the fresh and the earlier plan contain.
 */
export async function makePlan(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const interrupted = await loadInterrupted(step);
  const approved = await world.work.load<readonly Change[]>(run.id, work.approved);
  const gathered = await gatherInput(step, interrupted);
  const input = approved === undefined ? gathered : { ...gathered, approved };
  const began = world.now();
  const plan = await planRun(step, input);
  const tookMs = world.now() - began;
  const guarded = checkGuards(plan, await gatherGuards(step, input));
  const told: Partial<Run> = {
    progress: undefined,
    notes: plan.notes,
    ...describeOutages(input),
    ...(plan.removals.kind === 'withheld' ? { withheld: plan.removals.reasons } : {}),
  };
  if (approved !== undefined) return goOnWithApproved(step, input, guarded, { approved, interrupted }, told);

  // Without its approved changes an approved run would do what nobody has seen.
  if (run.approval !== undefined) throw new Error('an approved run without approved changes');
  await world.work.save(work.plan, plan, fence);
  const seen: Partial<Run> = {
    ...told,
    counts: plan.counts,
    ...(plan.base.seats.length === 0 ? {} : { seats: plan.base.seats }),
    planHash: hashPlan(plan.changes),
    violations: guarded.violations,
  };
  const hold = guarded.violations.length === 0 ? undefined : await decideHold(step, guarded);
  if (hold?.kind === 'goes on') {
    await world.work.save(work.approved, plan.changes, fence);
    const parts = { interrupted, approved: plan.changes };
    return goOnWithApproved(step, input, guarded, parts, { ...seen, ...hold.run });
  }
  if (hold?.kind === 'additions first') {
    const told = { ...seen, reportParts: await saveReport(step, plan), holdsRest: true } as const;
    return beginApply(step, input, hold.additions, told);
  }
  if (run.kind === 'simulate' || hold !== undefined) {
    await restBecauseOfWriter(step, guarded);
    const state = run.kind === 'simulate' ? 'simulated' : 'held';
    const reportParts = await saveReport(step, plan);
    return enter(run, state, {
      ...seen,
      ...(await planSaved(step, input, tookMs)),
      reportParts,
      ...(state === 'simulated' ? { endedAt: world.now() } : {}),
    });
  }
  const cleared = clearGuards(guarded);
  if (cleared === undefined) throw new Error('a plan without violations was not cleared');
  return beginApply(step, input, cleared, seen);
}

function describeOutages({ source, links, settings }: PlanInput): Pick<Run, 'outages'> {
  const outages = listOutages(findOutages(source, links, settings));
  return outages.length === 0 ? {} : { outages };
}

/** Day after day the two would undo each other's work: the schedule rests until somebody has found the other. */
async function restBecauseOfWriter({ world, run }: Step, { violations }: GuardedPlan): Promise<void> {
  if (run.kind !== 'full' || !violations.some(({ guard }) => guard === 'another-writer')) return;
  await pauseSchedule(world, run.connectorId, 'Another writer is at work on the same groups or accounts.');
}

type Hold =
  | { readonly kind: 'waits' }
  /** An earlier approval covers all that is taken. */
  | { readonly kind: 'goes on'; readonly run: Partial<Run> }
  | { readonly kind: 'additions first'; readonly additions: ClearedPlan };

/** What a plan over its limits may do before an administrator has looked at it. */
async function decideHold(step: Step, guarded: GuardedPlan): Promise<Hold> {
  const { run, settings } = step;
  const own = run.kind === 'full' && run.undoes === undefined && run.only === undefined;
  if (!own || !isOverByRemovals(guarded.violations)) return { kind: 'waits' };
  const { changes } = guarded.plan;
  const approval = await findEarlierApproval(step, changes);
  if (approval !== undefined) return { kind: 'goes on', run: { approval } };
  if (!settings.approval.additionsMeanwhile) return { kind: 'waits' };
  const additions = clearApproved(guarded, selectChanges(changes, { kind: 'additions' }));
  return additions.changes.length === 0 ? { kind: 'waits' } : { kind: 'additions first', additions };
}

async function planRun({ world, run }: Step, input: PlanInput): Promise<Plan> {
  if (run.undoes !== undefined) return computeUndo(input, await loadDone(world, run.undoes, input));
  return run.only === undefined ? computePlan(input) : narrowPlan(input, run.only);
}

async function loadDone(
  world: World,
  undone: NonNullable<Run['undoes']>,
  { links }: PlanInput,
): Promise<readonly Change[]> {
  if (undone === ownSuspensions) return findOwnSuspensions(links);
  return (await world.work.load<readonly Change[]>(undone, work.done)) ?? [];
}

/** The plan shown to people stays the one that was approved; the fresh one only says what of it is still to be done. */
async function goOnWithApproved(
  step: Step,
  input: PlanInput,
  fresh: GuardedPlan,
  { approved, interrupted }: { readonly approved: readonly Change[]; readonly interrupted: readonly Change[] },
  told: Partial<Run>,
): Promise<Run> {
  const { world, run, fence } = step;
  const followUps = findFollowUps(fresh.plan.changes, approved, findOpenInvitations(input.recent, input.now));
  const cleared = clearApproved(fresh, [...approved, ...followUps]);
  const record: BatchRecord = {
    outcomes: settleSkipped(cleared, interrupted, input.links, input.directory),
    writes: [],
  };
  await world.work.save(work.outcomes(run.batchesDone), record, fence);
  return beginApply({ ...step, run: { ...run, batchesDone: run.batchesDone + 1 } }, input, cleared, told);
}

/** Applies what Keycloak's record of each person agrees with; where there is no room to ask for all, the next invocation goes on. */
async function beginApply(step: Step, input: PlanInput, guarded: ClearedPlan, change: Partial<Run>): Promise<Run> {
  const { world, run, fence } = step;
  const confirmed = await confirmRemovals(step, input.source, guarded);
  if (confirmed.kind === 'unfinished') return { ...run, progress: confirmed.progress };
  const { cleared, outcomes, notes } = confirmed;
  const contested: BatchRecord = { outcomes, writes: [] };
  if (outcomes.length > 0) await world.work.save(work.outcomes(run.batchesDone), contested, fence);
  // Batches of the plan before this one.
  await world.work.delete(run.id, [work.batches]);
  await world.work.save(work.cleared, cleared, fence);
  const told = { ...change, notes: [...(change.notes ?? []), ...notes] };
  return enter(run, 'applying', { ...told, batchesDone: run.batchesDone + (outcomes.length > 0 ? 1 : 0) });
}
