import { SourceError } from '../domain/errors';
import type { FederationNames } from '../domain/federation-name';
import type { Links } from '../domain/link';
import { federationOf, nameFederations } from '../domain/outage';
import type { Run } from '../domain/run';
import type { SourceSnapshot, SourceUser } from '../domain/snapshot';
import type { Reading, Source } from './ports';
import { checkProgress } from './check-progress';
import { finishSurvey } from './survey';
import { enter, work, type Step } from './step';

/** Reads Keycloak, or goes on with it; ends in a snapshot that is proved complete, or in a `SourceError`. */
export async function readSource(step: Step): Promise<Run> {
  const { world, run, fence } = step;
  const before = await world.work.load<Reading<SourceSnapshot>>(run.id, work.sourceReading);
  const source = await step.source();
  const reading = await source.read(before, step.report).catch(async (error: unknown) => {
    if (!(error instanceof SourceError)) throw error;
    const links = await world.links.load(run.connectorId, '');
    throw nameFederations(error, links, await readNames(source, listFederated(links)));
  });
  checkProgress(before, reading);
  if (reading.kind === 'reading') {
    await world.work.save(work.sourceReading, reading, fence);
    return { ...run, progress: reading.progress };
  }
  const { snapshot } = reading;
  const known = await world.links.load(run.connectorId, snapshot.issuer);
  const federations = await readNames(source, [...listFederated(known), ...snapshot.users.flatMap(findFederation)]);
  await world.work.save(work.source, { ...snapshot, federations }, fence);
  await world.work.delete(run.id, [work.sourceReading]);
  if (run.kind === 'survey' && !(await world.hasDirectory())) return finishSurvey(step);
  return enter(run, 'reading-directory', { progress: undefined });
}

/** A realm without people of a federation is not asked. */
async function readNames(source: Source, federated: readonly string[]): Promise<FederationNames> {
  return federated.length === 0 ? {} : source.readFederationNames();
}

function listFederated(links: Links): readonly string[] {
  return links.accounts.flatMap((link) => federationOf(link.sourceUserId, link.lastSeen.federationLink) ?? []);
}

function findFederation(user: SourceUser): readonly string[] {
  const federation = federationOf(user.id, user.federationLink);
  return federation === undefined ? [] : [federation];
}
