import { computeObservations } from '../domain/absence';
import { rememberWritten } from '../domain/another-writer';
import { changeKey, isDeprovision, type Change } from '../domain/change';
import type { AccountId } from '../domain/identity';
import type { LinkEntry } from '../domain/link';
import type { ClearedPlan, Plan } from '../domain/plan';
import { findAccepted } from '../domain/outage';
import { acceptsRules, rulesFingerprint } from '../domain/guards';
import type { ConnectorMemory } from '../domain/memory';
import type { Run, RunFailure } from '../domain/run';
import type { DirectorySnapshot, SourceSnapshot } from '../domain/snapshot';
import { acceptIssuer } from './accept-issuer';
import { endFirstLoad } from './end-first-load';
import { loadOpenInvitations } from './open-invitations';
import { loadInterrupted } from './interrupted';
import { countOutcomes, loadRunWrites, type RecordedOutcome } from './outcomes';
import { collectOutcomes, saveReport } from './report';
import { enter, work, type Step } from './step';

const weekMs = 7 * 24 * 3_600_000;
/** How long a write may stay unseen in the directory and is still remembered. */
const recentMs = 30 * 60_000;

/**
 * Ends an applied run: what was seen becomes what later reads are judged against, and the report is written.
 * The run of one person saw everybody, but nobody looked at what it would mean for the others: it accepts nothing.
 */
export async function finishRun(step: Step): Promise<Run> {
  if (step.run.holdsRest !== undefined) return holdRest(step);
  if (step.run.only === undefined) {
    await acceptReading(step);
    await endFirstLoad(step);
  }
  return closeRun(step, 'finished');
}

type Place = Pick<Step, 'world' | 'run' | 'fence'>;

/** Ends a run in any way. The report is written whatever happened, with what was done until then. */
export async function closeRun(
  step: Place,
  state: 'finished' | 'failed' | 'cancelled',
  failure?: RunFailure,
): Promise<Run> {
  const { world, run } = step;
  const plan = await world.work.load<Plan>(run.id, work.plan);
  const ended: Partial<Run> = {
    endedAt: world.now(),
    progress: undefined,
    ...(failure === undefined ? {} : { failure }),
  };
  if (plan === undefined || run.kind !== 'full') return enter(run, state, ended);
  return enter(run, state, { ...ended, ...(await settleOutcomes(step, plan)) });
}

/** Its additions are done, and what takes access away waits for an administrator. */
async function holdRest(step: Step): Promise<Run> {
  const { world, run } = step;
  const plan = await world.work.load<Plan>(run.id, work.plan);
  if (plan === undefined) throw new Error('holding without a plan');
  const { holdsRest, ...rest } = run;
  if (holdsRest === undefined) throw new Error('holding a run that leaves nothing');
  return enter(rest, 'held', { progress: undefined, ...(await settleOutcomes(step, plan)) });
}

/** Writes the report with what was done until now, and remembers it. */
async function settleOutcomes(step: Place, plan: Plan): Promise<Pick<Run, 'reportParts' | 'outcomes'>> {
  const outcomes = await collectOutcomes(step, plan);
  await markUnsureSuspensions(step, outcomes);
  const reportParts = await saveReport(step, plan, outcomes);
  const done = plan.changes.filter((change) => outcomes.get(changeKey(change))?.outcome === 'done');
  await step.world.work.save(work.done, done, step.fence);
  await rememberWrites(step, done, countDeprovisioned(plan, outcomes));
  return { reportParts, outcomes: countOutcomes(selectCounted(plan, outcomes)) };
}

/** Outcomes of the shown changes and of those that wait; what merely finishes a shown change under another name is not counted. */
function selectCounted(plan: Plan, outcomes: ReadonlyMap<string, RecordedOutcome>): readonly RecordedOutcome[] {
  const shown = new Set(plan.changes.map(changeKey));
  return [...outcomes.values()].filter(({ key, outcome }) => shown.has(key) || outcome === 'not-approved');
}

/**
 * A suspension whose end nobody saw counts as ours, or nobody would ever take it back. Where it did not happen, the next
 * finished run sees the account active and drops the mark.
 */
async function markUnsureSuspensions(
  { world, run, fence }: Place,
  outcomes: ReadonlyMap<string, RecordedOutcome>,
): Promise<void> {
  const unsure = (await loadInterrupted({ world, run })).filter(
    (change) => change.kind === 'suspend' && outcomes.get(changeKey(change))?.outcome === 'unconfirmed',
  );
  if (unsure.length === 0) return;
  const links = await world.links.load(run.connectorId, '');
  const people = new Set(unsure.flatMap((change) => (change.kind === 'suspend' ? [change.user] : [])));
  const entries = links.accounts
    .filter((link) => people.has(link.sourceUserId) && link.suspendedAt === undefined)
    .map((link): LinkEntry => ({ kind: 'account', link: { ...link, suspendedAt: world.now() } }));
  if (entries.length > 0) await world.links.append(run.connectorId, links.issuer, entries, fence);
}

async function acceptReading(step: Step): Promise<void> {
  const { world, run, fence, settings } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  if (source === undefined || directory === undefined) throw new Error('finishing without both snapshots');
  const links = await acceptIssuer(step, source, await world.links.load(run.connectorId, source.issuer));
  const { outages } = await world.links.loadChoices(run.connectorId);
  const real = findAccepted(outages, world.now());
  const seen = computeObservations(source, links, directory, world.now(), settings, real);
  if (seen.length > 0) await world.links.append(run.connectorId, source.issuer, seen, fence);
  // An administrator's word is for one run; what it was about is remembered now.
  if (outages.length > 0) await world.links.changeChoices(run.connectorId, (now) => ({ ...now, outages: [] }));
  await world.links.compact(run.connectorId, fence);
  if (!(await acceptsItsRules(step))) return;
  const memory = await world.memory.load(run.connectorId);
  const acceptedExact = links.groups.flatMap(({ mode, sourceGroupId }) => (mode === 'exact' ? sourceGroupId : []));
  const accepted = { acceptedRules: rulesFingerprint(settings), acceptedIssuer: source.issuer, acceptedExact };
  await world.memory.save(run.connectorId, { ...memory, ...accepted }, fence);
}

/** Not where somebody left out what takes access away or signs people out: the next run would do it as if it had been approved. */
async function acceptsItsRules({ world, run }: Step): Promise<boolean> {
  if (run.undoes !== undefined) return false;
  const plan = await world.work.load<Plan>(run.id, work.plan);
  const cleared = await world.work.load<ClearedPlan>(run.id, work.cleared);
  return plan !== undefined && acceptsRules(plan) && cleared?.skipped.notApproved.some(needsLook) === false;
}

function needsLook(change: Change): boolean {
  return isDeprovision(change) || change.kind === 'update-email';
}

async function rememberWrites(
  { world, run, fence }: Place,
  done: readonly Change[],
  deprovisioned: number,
): Promise<void> {
  // A connector that was deleted meanwhile leaves no memory behind.
  if ((await world.connectors.load(run.connectorId)) === undefined) return;
  const now = world.now();
  const memory = await world.memory.load(run.connectorId);
  const links = await world.links.load(run.connectorId, '');
  const writes = [...(await loadRunWrites(world, run)), ...(await loadOpenInvitations({ world, run }, links))];
  const lastWritten = rememberWritten(memory.lastWritten, run.id, done);
  const next: ConnectorMemory = {
    ...memory,
    ...(lastWritten === undefined ? {} : { lastWritten }),
    recent: [...memory.recent, ...writes].filter(({ at }) => now - at < recentMs),
    deprovisioned: [
      ...memory.deprovisioned.filter((each) => now - each.at < weekMs && each.run !== run.id),
      ...(deprovisioned === 0 ? [] : [{ at: now, run: run.id, accounts: deprovisioned }]),
    ],
  };
  await world.memory.save(run.connectorId, next, fence);
}

/** Accounts that lost access by this run: suspended, removed, or without their last group that grants access. */
function countDeprovisioned(plan: Plan, outcomes: ReadonlyMap<string, { readonly outcome: string }>): number {
  const losing = new Set(plan.base.losingAccess);
  const accounts = new Set<AccountId>();
  for (const change of plan.changes) {
    const takes = change.kind === 'suspend' || change.kind === 'remove-account';
    if (!takes && !(change.kind === 'remove-member' && losing.has(change.accountId))) continue;
    if (outcomes.get(changeKey(change))?.outcome === 'done') accounts.add(change.accountId);
  }
  return accounts.size;
}
