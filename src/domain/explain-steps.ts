import type { PlanSides } from './compute-plan';
import type { Change } from './change';
import type { ExplainedAccount, ExplainStep, Fact, ScopeGroup } from './explanation';
import type { AccountId, SourceGroupId, SourceUserId } from './identity';
import type { Match } from './matching';
import type { PersonRow } from './plan';
import type { PlanInput } from './planning';
import { describeRule, type GroupSetEntry } from './group-matching';
import { computeScope, explainStanding, type ScopeWay } from './scope';
import type { DirectoryAccount, SourceGroup, SourceUser } from './snapshot';

/** What the steps of one explanation are told from: the plan of everybody, and this person's part in it. */
export interface Subject {
  readonly input: PlanInput;
  readonly sides: PlanSides;
  readonly user: SourceUserId;
  /** Absent for somebody who is neither in scope nor linked. */
  readonly row: PersonRow | undefined;
  readonly changes: readonly Change[];
}

type StepOf<Kind extends ExplainStep['kind']> = Extract<ExplainStep, { readonly kind: Kind }>;

export function findUser({ input, user }: Subject): SourceUser | undefined {
  return input.source.users.find((each) => each.id === user);
}

/** The account as the directory shows it with our recent writes, or as the organization knows it outside. */
export function findAccount({ input, sides }: Subject, id: AccountId | undefined): DirectoryAccount | undefined {
  if (id === undefined) return undefined;
  return sides.directory.account.get(id) ?? input.elsewhere.find((each) => each.id === id);
}

export function explainFound(subject: Subject): StepOf<'found'> {
  const user = findUser(subject);
  if (user === undefined) {
    const sentence = 'Is not among the people in Keycloak any more; this connector remembers a link.';
    return { kind: 'found', mark: 'stopped', sentence, facts: [{ label: 'Keycloak id', value: subject.user }] };
  }
  const facts: Fact[] = [
    { label: 'User name', value: user.username },
    { label: 'Keycloak id', value: user.id },
    { label: 'E-mail verified', value: user.emailVerified ? 'yes' : 'no' },
    ...(user.federationLink === undefined ? [] : [{ label: 'Federation', value: user.federationLink }]),
  ];
  if (user.enabled) return { kind: 'found', mark: 'passed', sentence: 'Is in Keycloak and enabled.', facts };
  return { kind: 'found', mark: 'attention', sentence: 'Is in Keycloak and disabled.', facts };
}

export function explainScope(subject: Subject): StepOf<'scope'> {
  const { source, settings } = subject.input;
  const { scope } = settings;
  const user = findUser(subject);
  if (user === undefined) {
    return { kind: 'scope', mark: 'stopped', sentence: 'Who is gone from Keycloak is not in scope.', through: [] };
  }
  computeScope(source, scope);
  if (scope.kind === 'realm') {
    return { kind: 'scope', mark: 'passed', sentence: 'The whole realm is in scope.', through: [] };
  }
  const below = scope.subGroups ? ' or of a group below it' : '';
  const { standing, ways, lacks } = explainStanding(source.groups, scope, user);
  const lacking = describeLacking(lacks, source.groups);
  const sentences = {
    'in scope': `Is a member of ${scope.match === 'all' ? 'every' : 'a'} required group${below}.`,
    'in none': `Is not a direct member of a required group${below}.`,
    'not in all': `Is a member of some required groups, and all of them are needed.`,
    excluded: `Is a member of an excluded group${below}.`,
  } as const;
  const mark = standing === 'in scope' ? 'passed' : 'stopped';
  const through = describeWays(ways, source.groups);
  return { kind: 'scope', mark, sentence: sentences[standing], through, ...(lacking.length === 0 ? {} : { lacking }) };
}

/** The person's groups that speak for or against the scope, each with the chosen group that it lies below. */
function describeWays(ways: readonly ScopeWay[], groups: readonly SourceGroup[]): readonly ScopeGroup[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return ways.flatMap(({ group: id, entry, groups: named, excludes }): readonly ScopeGroup[] => {
    const nearest = (from: SourceGroupId | undefined): SourceGroup | undefined => {
      const group = from === undefined ? undefined : byId.get(from);
      return group === undefined || named.has(group.id) ? group : nearest(group.parentId);
    };
    const group = byId.get(id);
    if (group === undefined) return [];
    const above = named.has(id) ? undefined : nearest(group.parentId);
    return [
      {
        path: group.path,
        ...(above === undefined ? {} : { below: above.path }),
        ...(typeof entry === 'string' ? {} : { rule: describeRule(entry) }),
        ...(excludes ? { excludes } : {}),
      },
    ];
  });
}

/** What more is needed where the person has to be in all required groups. */
function describeLacking(lacks: readonly GroupSetEntry[], groups: readonly SourceGroup[]): readonly string[] {
  const paths = new Map(groups.map(({ id, path }) => [id, path]));
  return lacks.map((entry) => (typeof entry === 'string' ? (paths.get(entry) ?? entry) : describeRule(entry)));
}

export function explainMatch(subject: Subject): StepOf<'match'> {
  const { sides, user, row, input } = subject;
  const match = sides.matches.get(user);
  const id = row?.accountId;
  const found = findAccount(subject, id);
  const link = input.links.accounts.find((each) => each.sourceUserId === user && each.accountId === id);
  const account: ExplainedAccount | undefined =
    id === undefined
      ? undefined
      : {
          id,
          ...(found === undefined ? {} : { name: found.name, status: found.status }),
          ...(found?.email === undefined ? {} : { email: found.email }),
          ...(link === undefined ? {} : { link: { origin: link.origin, at: link.linkedAt } }),
        };
  return { kind: 'match', ...describeMatch(match), ...(account === undefined ? {} : { account }) };
}

function describeMatch(match: Match | undefined): Pick<StepOf<'match'>, 'mark' | 'sentence'> {
  if (match === undefined) return { mark: 'idle', sentence: 'Nobody is matched who is neither in scope nor linked.' };
  switch (match.kind) {
    case 'linked':
      return match.account === undefined
        ? { mark: 'attention', sentence: 'Is linked to an account that the directory does not show.' }
        : { mark: 'passed', sentence: 'Is linked to this Atlassian account.' };
    case 'adopt':
    case 'invite':
      return { mark: 'passed', sentence: match.reason };
    case 'none':
      return { mark: match.operation === 'waiting' ? 'attention' : 'stopped', sentence: match.reason };
  }
}
