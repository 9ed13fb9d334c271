import pMap from 'p-map';
import { findAbsent } from '../domain/absence';
import { clearApproved, clearGuards } from '../domain/approval';
import type { Change } from '../domain/change';
import { computePlan, findUnknownEmails } from '../domain/compute-plan';
import { checkGuards, deprovisionLimit, rulesFingerprint } from '../domain/guards';
import type { SourceUserId } from '../domain/identity';
import type { RecentWrite } from '../domain/memory';
import type { ClearedPlan, GuardedPlan } from '../domain/plan';
import type { PlanInput } from '../domain/planning';
import type { Run } from '../domain/run';
import type { DirectorySnapshot, SourceSnapshot } from '../domain/snapshot';
import { loadRunWrites } from './outcomes';
import { hashPlan } from './plan-hash';
import { isNearlyUsed } from './budget';
import { saveReport } from './report';
import { enter, work, type Step } from './step';

/**
 * Computes the plan from both snapshots and decides what follows: a simulated run ends here, a plan over its limits is held,
 * any other one is applied. An approved or interrupted run applies what both the fresh and the earlier plan contain.
 */
export async function makePlan(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const input = await gatherInput(step);
  const plan = computePlan(input);
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
  if (approved !== undefined) return goOnWithApproved(step, guarded, approved, told);

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

/** The plan shown to people stays the one that was approved; the fresh one only says what of it is still to be done. */
async function goOnWithApproved(
  step: Step,
  fresh: GuardedPlan,
  approved: readonly Change[],
  told: Partial<Run>,
): Promise<Run> {
  return beginApply(step, clearApproved(fresh, approved), told);
}

async function beginApply(step: Step, cleared: ClearedPlan, change: Partial<Run>): Promise<Run> {
  await step.world.work.save(work.cleared, cleared, step.fence);
  return enter(step.run, 'applying', change);
}

async function gatherInput(step: Step): Promise<PlanInput> {
  const { world, run } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  if (source === undefined || directory === undefined) throw new Error('planning without both snapshots');
  const memory = await world.memory.load(run.connectorId);
  const base = {
    connectorId: run.connectorId,
    settings: step.settings,
    source,
    directory,
    links: await world.links.load(run.connectorId, source.issuer),
    adoptions: await world.links.loadAdoptions(run.connectorId),
    recent: [...memory.recent, ...(await loadRunWrites(world, run)), ...(await loadIntents(step))],
    now: world.now(),
  };
  const emails = findUnknownEmails(base);
  const elsewhere = emails.length === 0 ? [] : await (await step.directory()).lookUp(emails);
  return { ...base, elsewhere, confirmedAbsent: await confirmAbsent(step, base) };
}

/** Addresses of an invitation that was cut off: it may have been sent, so they count as invited until the directory shows them. */
async function loadIntents(step: Step): Promise<readonly RecentWrite[]> {
  const emails = (await step.world.work.load<readonly string[]>(step.run.id, work.inviting)) ?? [];
  return emails.map((email) => ({ at: step.world.now(), kind: 'invited', email }));
}

/** Asks Keycloak about vanished people one by one, but never about more than the limits would let go. */
async function confirmAbsent(
  step: Step,
  input: Pick<PlanInput, 'source' | 'links' | 'now' | 'settings'>,
): Promise<ReadonlySet<SourceUserId>> {
  const { toConfirm } = findAbsent(input.source, input.links, input.now, input.settings.cleanup.behaviour);
  const approved = step.run.approval !== undefined;
  const limit = deprovisionLimit(input.settings.limits, input.links.accounts.length);
  if (toConfirm.length === 0 || (!approved && toConfirm.length > limit)) return new Set();
  const source = await step.source();
  const confirmed = await pMap(
    toConfirm,
    async (user) => (isNearlyUsed(step.budget) ? undefined : (await source.confirmAbsent(user)) ? user : undefined),
    { concurrency: 4 },
  );
  return new Set(confirmed.filter((user) => user !== undefined));
}
