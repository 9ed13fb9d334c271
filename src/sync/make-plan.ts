import pMap from 'p-map';
import { findAbsent } from '../domain/absence';
import { clearApproved, clearGuards } from '../domain/approval';
import type { Change } from '../domain/change';
import { computePlan, findUnknownEmails } from '../domain/compute-plan';
import { checkGuards, deprovisionLimit, rulesFingerprint } from '../domain/guards';
import type { SourceUserId } from '../domain/identity';
import { applyLinkEntries, type Links } from '../domain/link';
import type { ClearedPlan, GuardedPlan } from '../domain/plan';
import type { PlanInput } from '../domain/planning';
import type { Run } from '../domain/run';
import type { DirectorySnapshot, SourceSnapshot } from '../domain/snapshot';
import { findOpenInvitations } from '../domain/recent';
import { loadInterrupted } from './interrupted';
import { loadOpenInvitations } from './open-invitations';
import { loadRunWrites, type BatchRecord } from './outcomes';
import { hashPlan } from './plan-hash';
import { isNearlyUsed } from './budget';
import { findFollowUps, recoverLinks, settleSkipped } from './recover';
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
  if (approved !== undefined) return goOnWithApproved(step, input, guarded, { approved, interrupted }, told);

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

async function gatherInput(step: Step, interrupted: readonly Change[]): Promise<PlanInput> {
  const { world, run } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  if (source === undefined || directory === undefined) throw new Error('planning without both snapshots');
  const memory = await world.memory.load(run.connectorId);
  const links = await loadRecoveredLinks(step, source, directory, interrupted);
  const base = {
    connectorId: run.connectorId,
    settings: step.settings,
    source,
    directory,
    links,
    adoptions: await world.links.loadAdoptions(run.connectorId),
    recent: [...memory.recent, ...(await loadRunWrites(world, run)), ...(await loadOpenInvitations(step, links))],
    now: world.now(),
  };
  const emails = findUnknownEmails(base);
  const elsewhere = emails.length === 0 ? [] : await (await step.directory()).lookUp(emails);
  return { ...base, elsewhere, confirmedAbsent: await confirmAbsent(step, base) };
}

async function loadRecoveredLinks(
  { world, run, fence }: Step,
  source: SourceSnapshot,
  directory: DirectorySnapshot,
  interrupted: readonly Change[],
): Promise<Links> {
  const links = await world.links.load(run.connectorId, source.issuer);
  const recovered = recoverLinks(interrupted, links, directory, world.now());
  if (recovered.length === 0) return links;
  await world.links.append(run.connectorId, source.issuer, recovered, fence);
  return applyLinkEntries(links, recovered);
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
