import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { findAbsent } from '../domain/absence';
import type { Change } from '../domain/change';
import { findUnknownEmails } from '../domain/compute-plan';
import type { ConnectorSettings } from '../domain/connector';
import { deprovisionLimit } from '../domain/guards';
import type { SourceUserId } from '../domain/identity';
import { applyLinkEntries, type Links } from '../domain/link';
import type { PlanInput } from '../domain/planning';
import { overlayRecent } from '../domain/recent';
import type { DirectorySnapshot, SourceSnapshot } from '../domain/snapshot';
import { isNearlyUsed } from './budget';
import { dropReleased, loadOwnership } from './load-ownership';
import { loadOpenInvitations } from './open-invitations';
import { loadRunWrites } from './outcomes';
import { recoverLinks } from './recover';
import { work, type Step } from './step';

/** Everything that a plan is computed from: both snapshots, what is remembered, and what has to be asked for by name. */
export async function gatherInput(step: Step, interrupted: readonly Change[]): Promise<PlanInput> {
  const { world, run } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  if (source === undefined || directory === undefined) throw new Error('planning without both snapshots');
  const memory = await world.memory.load(run.connectorId);
  const choices = await world.links.loadChoices(run.connectorId);
  const known = await loadRecoveredLinks(step, source, directory, interrupted);
  const { links, foreign } = await loadOwnership(
    world,
    step.connector,
    await dropReleased(step, known, choices),
    choices,
  );
  const base = {
    connectorId: run.connectorId,
    settings: step.settings,
    source,
    directory: overlayRecent(directory, foreign.recent, world.now()),
    links,
    adoptions: choices.adoptions,
    confirmed: choices.confirmed,
    released: choices.released,
    foreign,
    recent: [...memory.recent, ...(await loadRunWrites(world, run)), ...(await loadOpenInvitations(step, links))],
    now: world.now(),
  };
  const emails = findUnknownEmails(base);
  const elsewhere = emails.length === 0 ? [] : await (await step.directory()).lookUp(emails);
  return { ...base, elsewhere, confirmedAbsent: await confirmAbsent(step, base) };
}

/** The same moment for other settings: what they need to know besides is asked for. Throws what `gatherInput` throws. */
export async function gatherFor(step: Step, input: PlanInput, settings: ConnectorSettings): Promise<PlanInput> {
  const other = { ...input, settings };
  const asked = new Set(findUnknownEmails(input));
  const emails = findUnknownEmails(other).filter((email) => !asked.has(email));
  const more = emails.length === 0 ? [] : await (await step.directory()).lookUp(emails);
  const sameQuestion =
    settings.limits === input.settings.limits && isDeepStrictEqual(settings.cleanup, input.settings.cleanup);
  return {
    ...other,
    elsewhere: [...input.elsewhere, ...more],
    confirmedAbsent: sameQuestion ? input.confirmedAbsent : await confirmAbsent(step, other),
  };
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
  const { toConfirm } = findAbsent(input.source, input.links, input.now, input.settings.cleanup);
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
