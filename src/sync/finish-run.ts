import { computeObservations } from '../domain/absence';
import type { Plan } from '../domain/plan';
import { acceptsRules, rulesFingerprint } from '../domain/guards';
import type { ConnectorMemory } from '../domain/memory';
import type { Run, RunFailure } from '../domain/run';
import type { DirectorySnapshot, SourceSnapshot } from '../domain/snapshot';
import { countOutcomes, loadRunWrites } from './outcomes';
import { collectOutcomes, saveReport } from './report';
import { enter, work, type Step } from './step';

const weekMs = 7 * 24 * 3_600_000;
/** How long a write may stay unseen in the directory and is still remembered. */
const recentMs = 30 * 60_000;

/** Ends an applied run: what was seen becomes what later reads are judged against, and the report is written. */
export async function finishRun(step: Step): Promise<Run> {
  await acceptReading(step);
  return closeRun(step, 'finished');
}

/** Ends a run in any way. The report is written whatever happened, with what was done until then. */
export async function closeRun(
  step: Step,
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
  const outcomes = await collectOutcomes(step, plan);
  const reportParts = await saveReport(step, plan, outcomes);
  await rememberWrites(step, countDeprovisioned(plan, outcomes));
  return enter(run, state, { ...ended, reportParts, outcomes: countOutcomes(outcomes.values()) });
}

async function acceptReading(step: Step): Promise<void> {
  const { world, run, fence, settings } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  if (source === undefined || directory === undefined) throw new Error('finishing without both snapshots');
  const links = await world.links.load(run.connectorId, source.issuer);
  const seen = computeObservations(source, links, directory, world.now());
  if (seen.length > 0) await world.links.append(run.connectorId, source.issuer, seen, fence);
  await world.links.compact(run.connectorId, source.issuer, fence);
  const plan = await world.work.load<Plan>(run.id, work.plan);
  if (plan === undefined || !acceptsRules(plan)) return;
  const memory = await world.memory.load(run.connectorId);
  await world.memory.save(
    run.connectorId,
    { ...memory, acceptedRules: rulesFingerprint(settings), acceptedIssuer: source.issuer },
    fence,
  );
}

async function rememberWrites(step: Step, deprovisioned: number): Promise<void> {
  const { world, run, fence } = step;
  const now = world.now();
  const memory = await world.memory.load(run.connectorId);
  const writes = await loadRunWrites(world, run);
  const next: ConnectorMemory = {
    ...memory,
    recent: [...memory.recent, ...writes].filter(({ at }) => now - at < recentMs),
    deprovisioned: [
      ...memory.deprovisioned.filter(({ at }) => now - at < weekMs),
      ...(deprovisioned === 0 ? [] : [{ at: now, accounts: deprovisioned }]),
    ],
  };
  await world.memory.save(run.connectorId, next, fence);
}

/** Accounts that lost access by this run: suspended, removed, or without their last group that grants access. */
function countDeprovisioned(plan: Plan, outcomes: ReadonlyMap<string, { readonly outcome: string }>): number {
  const losing: ReadonlySet<string> = new Set(plan.base.losingAccess);
  const accounts = new Set<string>();
  for (const [key, { outcome }] of outcomes) {
    const [kind, , account] = key.split(' ');
    if (outcome !== 'done' || account === undefined) continue;
    if (kind === 'suspend' || kind === 'remove-account') accounts.add(account);
    if (kind === 'remove-member' && losing.has(account)) accounts.add(account);
  }
  return accounts.size;
}
