import { clearApproved, clearGuards } from '../domain/approval';
import type { Change } from '../domain/change';
import { computePlan } from '../domain/compute-plan';
import { computeUndo } from '../domain/undo';
import type { RunId } from '../domain/identity';
import type { World } from './ports';
import { checkGuards, rulesFingerprint } from '../domain/guards';
import type { ClearedPlan, GuardedPlan } from '../domain/plan';
import type { PlanInput } from '../domain/planning';
import type { Run } from '../domain/run';
import { findOpenInvitations } from '../domain/recent';
import { loadInterrupted } from './interrupted';
import { gatherInput } from './gather-input';
import type { BatchRecord } from './outcomes';
import { hashPlan } from './plan-hash';
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
  const input = await gatherInput(step, interrupted);
  const plan = run.undoes === undefined ? computePlan(input) : computeUndo(input, await loadDone(world, run.undoes));
  const memory = await world.memory.load(run.connectorId);
  const guarded = checkGuards(plan, {
    preset: step.settings.limits,
    memory,
    rules: rulesFingerprint(step.settings),
    issuer: input.source.issuer,
    now: input.now,
  });
  const told: Partial<Run> = {
    progress: undefined,
    notes: plan.notes,
    ...(plan.removals.kind === 'withheld' ? { withheld: plan.removals.reasons } : {}),
  };
  const approved = await world.work.load<readonly Change[]>(run.id, work.approved);
  if (approved !== undefined) return goOnWithApproved(step, input, guarded, { approved, interrupted }, told);

  // Without its approved changes an approved run would do what nobody has seen.
  if (run.approval !== undefined) throw new Error('an approved run without approved changes');
  await world.work.save(work.plan, plan, fence);
  const seen: Partial<Run> = {
    ...told,
    counts: plan.counts,
    planHash: hashPlan(plan.changes),
    violations: guarded.violations,
  };
  if (run.kind === 'simulate' || guarded.violations.length > 0) {
    const state = run.kind === 'simulate' ? 'simulated' : 'held';
    const reportParts = await saveReport(step, plan);
    return enter(run, state, {
      ...seen,
      reportParts,
      ...(state === 'simulated' ? { endedAt: world.now() } : {}),
    });
  }
  const cleared = clearGuards(guarded);
  if (cleared === undefined) throw new Error('a plan without violations was not cleared');
  return beginApply(step, cleared, seen);
}

async function loadDone(world: World, undone: RunId): Promise<readonly Change[]> {
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
  return beginApply({ ...step, run: { ...run, batchesDone: run.batchesDone + 1 } }, cleared, told);
}

async function beginApply({ world, run, fence }: Step, cleared: ClearedPlan, change: Partial<Run>): Promise<Run> {
  // Batches of the plan before this one.
  await world.work.delete(run.id, [work.batches]);
  await world.work.save(work.cleared, cleared, fence);
  return enter(run, 'applying', change);
}
