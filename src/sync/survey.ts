import { listAccessGroups } from '../domain/access-groups';
import { computeAdoptable } from '../domain/adoptable';
import type { ConnectorSettings } from '../domain/connector';
import { domainOf } from '../domain/identity';
import { applyLinkEntries, findReleased } from '../domain/link';
import { addressOf, findInScope, mapPeople, type MappedPeople } from '../domain/map-people';
import { describeUnproven } from '../domain/match-reasons';
import type { Run } from '../domain/run';
import { describeProblems, measureScope, type ComputedScope } from '../domain/scope';
import type { DirectorySnapshot, SourceSnapshot, SourceUser } from '../domain/snapshot';
import type { SurveyResult } from '../domain/survey';
import { surveyChoices } from '../domain/survey-choices';
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
  const mapped = mapPeople(source, settings);
  const scope = measureScope(source, settings.scope);
  const result: SurveyResult = {
    readAt: source.readAt,
    users: source.users.length,
    inScope: scope.inScope.size,
    scopeProblems: describeScope(scope),
    choices: surveyChoices(source, settings, findInScope(mapped)),
    groups: countMembers(source),
    domains: countDomains(source, settings, mapped),
    federations: countFederations(source.users),
    attributes: await (await step.source()).readAttributes(),
    adoptable:
      directory === undefined ? [] : computeAdoptable({ source, directory, links, adoptions, foreign, settings }),
    ...(directory === undefined
      ? {}
      : {
          access: listAccessGroups({ source, directory, links, adoptions, foreign, settings, mapped }),
          directoryGroups: listGroups(directory),
        }),
  };
  await world.work.save(work.survey, result, fence);
  return enter(run, 'finished', { endedAt: world.now(), progress: undefined });
}

/** A scope that stops a run is an answer here, not the end: the editor says why. */
function describeScope(scope: ComputedScope): readonly string[] {
  const problems = describeProblems(scope).map((problem) => `${problem}.`);
  return problems.length > 0 || scope.inScope.size > 0 ? problems : ['Nobody is in scope.'];
}

function countMembers(source: SourceSnapshot): SurveyResult['groups'] {
  const members = new Map<string, number>();
  for (const user of source.users) for (const group of user.groupIds) members.set(group, (members.get(group) ?? 0) + 1);
  return source.groups
    .map(({ id, path }) => ({ id, path, members: members.get(id) ?? 0 }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function listGroups({ accounts, groups }: DirectorySnapshot): NonNullable<SurveyResult['directoryGroups']> {
  const members = new Map<string, number>();
  for (const { groupIds } of accounts) for (const id of groupIds) members.set(id, (members.get(id) ?? 0) + 1);
  return groups
    .map(({ id, name, grantsAccess, protectedBecause }) => ({
      id,
      name,
      members: members.get(id) ?? 0,
      grantsAccess,
      ...(protectedBecause === undefined ? {} : { protectedBecause }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function countDomains(
  source: SourceSnapshot,
  { users }: ConnectorSettings,
  mapped: MappedPeople,
): SurveyResult['domains'] {
  const domains = new Map<string, { people: number; proven: number }>();
  for (const user of source.users) {
    const email = addressOf(user, mapped);
    if (email === undefined) continue;
    const count = domains.get(domainOf(email)) ?? { people: 0, proven: 0 };
    const isProven = describeUnproven(users, user, email) === undefined;
    domains.set(domainOf(email), { people: count.people + 1, proven: count.proven + (isProven ? 1 : 0) });
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
