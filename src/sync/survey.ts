import { computeAdoptable } from '../domain/adoptable';
import { domainOf, normalizeEmail } from '../domain/identity';
import { applyLinkEntries, findReleased } from '../domain/link';
import type { Run } from '../domain/run';
import { computeScope } from '../domain/scope';
import type { DirectorySnapshot, SourceSnapshot, SourceUser } from '../domain/snapshot';
import type { SurveyResult } from '../domain/survey';
import { loadOwnership } from './load-ownership';
import { enter, work, type Step } from './step';

/** Ends a survey: what the editor offers to choose from, with counts. Nothing is planned and nothing is written to Atlassian. */
export async function finishSurvey(step: Step): Promise<Run> {
  const { world, run, fence, settings } = step;
  const source = await world.work.load<SourceSnapshot>(run.id, work.source);
  if (source === undefined) throw new Error('a survey without the source snapshot');
  const directory = await world.work.load<DirectorySnapshot>(run.id, work.directory);
  const choices = await world.links.loadChoices(run.connectorId);
  const { adoptions } = choices;
  const stored = await world.links.load(run.connectorId, source.issuer);
  const known = applyLinkEntries(stored, findReleased(stored, choices));
  const { links, foreign } = await loadOwnership(world, step.connector, known, choices);
  const result: SurveyResult = {
    readAt: source.readAt,
    users: source.users.length,
    inScope: countScope(step, source),
    groups: countMembers(source),
    domains: countDomains(source.users),
    federations: countFederations(source.users),
    attributes: await (await step.source()).readAttributes(),
    adoptable:
      directory === undefined ? [] : computeAdoptable({ source, directory, links, adoptions, foreign, settings }),
  };
  await world.work.save(work.survey, result, fence);
  return enter(run, 'finished', { endedAt: world.now(), progress: undefined });
}

/** A scope that matches nothing is an answer here, not the end: the editor shows 0. */
function countScope(step: Step, source: SourceSnapshot): number {
  try {
    return computeScope(source, step.settings.scope).inScope.size;
  } catch {
    return 0;
  }
}

function countMembers(source: SourceSnapshot): SurveyResult['groups'] {
  const members = new Map<string, number>();
  for (const user of source.users) for (const group of user.groupIds) members.set(group, (members.get(group) ?? 0) + 1);
  return source.groups
    .map(({ id, path }) => ({ id, path, members: members.get(id) ?? 0 }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function countDomains(users: readonly SourceUser[]): SurveyResult['domains'] {
  const domains = new Map<string, { people: number; proven: number }>();
  for (const user of users) {
    const email = normalizeEmail(user.email);
    if (email === undefined) continue;
    const count = domains.get(domainOf(email)) ?? { people: 0, proven: 0 };
    domains.set(domainOf(email), { people: count.people + 1, proven: count.proven + (user.emailVerified ? 1 : 0) });
  }
  return [...domains].map(([domain, count]) => ({ domain, ...count })).sort((a, b) => b.people - a.people);
}

function countFederations(users: readonly SourceUser[]): SurveyResult['federations'] {
  const people = new Map<string, number>();
  for (const { federationLink } of users) {
    if (federationLink !== undefined) people.set(federationLink, (people.get(federationLink) ?? 0) + 1);
  }
  return [...people].map(([id, count]) => ({ id, people: count }));
}
