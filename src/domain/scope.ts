import type { Scope } from './connector';
import { SourceError } from './errors';
import { describeRule, isUnusable, nameGroups, type GroupSetEntry, type NamedGroups } from './group-matching';
import type { GroupRule, GroupSet } from './group-set';
import { createDescent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import type { SourceGroup, SourceSnapshot, SourceUser } from './snapshot';

export interface ComputedScope {
  /** People that the connector provisions, disabled ones included. */
  readonly inScope: ReadonlySet<SourceUserId>;
  /** Chosen groups that the realm does not have (any more), excluded ones among them. */
  readonly missingGroups: readonly SourceGroupId[];
  /** Rules for required groups that match no group, and exceptions whose expression is none. */
  readonly emptyRules: readonly GroupRule[];
}

/**
 * The people in scope, for a run. A chosen group that is gone, a rule that matches nothing and a scope that holds nobody stop the
 * run (`SourceError` `scope-matches-nothing`): they never mean everybody or nobody, and an excluded group that is gone lets nobody in.
 */
export function computeScope(source: SourceSnapshot, scope: Scope): ComputedScope {
  const computed = measureScope(source, scope);
  const [first] = describeProblems(computed);
  if (first !== undefined) {
    throw new SourceError(
      'scope-matches-nothing',
      `${first}; nothing is changed: choose the required groups again.`,
      'stop',
    );
  }
  if (computed.inScope.size === 0) {
    throw new SourceError(
      'scope-matches-nothing',
      'The required groups have no members, so nothing is changed: check the groups in Keycloak or choose others.',
      'stop',
    );
  }
  return computed;
}

/** Groups and users, as far as a scope asks for them. */
export interface Realm {
  readonly groups: readonly SourceGroup[];
  readonly users: readonly Pick<SourceUser, 'id' | 'groupIds'>[];
}

/** The same without stopping, for showing in an editor how many people a choice would match. */
export function measureScope(source: Realm, scope: Scope): ComputedScope {
  const { isIn, missingGroups, emptyRules } = openScope(source.groups, scope);
  return { inScope: new Set(source.users.filter(isIn).map(({ id }) => id)), missingGroups, emptyRules };
}

/** A scope in one realm, ready to be asked: its rules looked at every group once. */
export interface OpenScope extends Omit<ComputedScope, 'inScope'> {
  readonly isIn: (user: Pick<SourceUser, 'groupIds'>) => boolean;
  /**
   * Everything that the scope names, with what lies below where that counts. Nothing for the whole realm, and nothing where a chosen
   * group is gone or a rule matches none: `computeScope` stops a run of such a scope, whoever is a member of the rest.
   */
  readonly decisive: DecisiveGroups;
}

export function openScope(groups: readonly SourceGroup[], scope: Scope): OpenScope {
  if (scope.kind === 'realm') return { isIn: () => true, missingGroups: [], emptyRules: [], decisive: noneDecides };
  const { required, excluded, named, judge } = resolveScope(groups, scope);
  const { missingGroups, emptyRules } = findLost(named, scope);
  const isBroken = missingGroups.length + emptyRules.length > 0;
  const decisive = isBroken ? noneDecides : { required: unite(required), excluded: unite(excluded) };
  return { isIn: (user) => judge(user) === 'in scope', missingGroups, emptyRules, decisive };
}

/** Chosen groups that are gone, rules for required groups that match none, and exceptions that would let everybody in. */
function findLost(
  named: readonly ScopeEntry[],
  { include, exclude }: Extract<Scope, { readonly kind: 'groups' }>,
): Pick<ComputedScope, 'missingGroups' | 'emptyRules'> {
  const missing = named.flatMap(({ entry, groups }) => (groups.size === 0 ? [entry] : []));
  return {
    missingGroups: missing.filter((entry) => typeof entry === 'string'),
    emptyRules: [...include.rules, ...exclude.rules.filter(isUnusable)].filter((rule) => missing.includes(rule)),
  };
}

/** The groups whose direct members may be in scope: the required ones and, when asked for, everything below them. */
export function computeScopeGroups(groups: readonly SourceGroup[], scope: Scope): ReadonlySet<SourceGroupId> {
  if (scope.kind === 'realm') return new Set();
  return unite(resolveScope(groups, scope).required);
}

/** Whether a snapshot holds all memberships of somebody; of the others nothing follows from a group that is not there. */
export function createKnownTest(source: SourceSnapshot, scope: Scope): (user: Pick<SourceUser, 'id'>) => boolean {
  if (source.memberships === 'all') return () => true;
  const { inScope } = measureScope(source, scope);
  return ({ id }) => inScope.has(id);
}

/** The groups whose direct members decide who is in scope. */
export interface DecisiveGroups {
  readonly required: ReadonlySet<SourceGroupId>;
  readonly excluded: ReadonlySet<SourceGroupId>;
}

const noneDecides: DecisiveGroups = { required: new Set(), excluded: new Set() };

export function findDecisiveGroups(groups: readonly SourceGroup[], scope: Scope): DecisiveGroups {
  return openScope(groups, scope).decisive;
}

/** Where somebody stands to the required groups. */
export type Standing = 'in scope' | 'excluded' | 'in none' | 'not in all';

/** A membership that speaks for or against the person: the group, and the entry of the settings that names it or one above it. */
export interface ScopeWay extends NamedGroups {
  readonly group: SourceGroupId;
  readonly excludes: boolean;
}

/** Where one person stands, by the same test that decides the scope, and through which groups; `lacks`: what more would be needed. */
export function explainStanding(
  groups: readonly SourceGroup[],
  scope: Extract<Scope, { readonly kind: 'groups' }>,
  user: Pick<SourceUser, 'groupIds'>,
): {
  readonly standing: Standing;
  readonly ways: readonly ScopeWay[];
  readonly lacks: readonly GroupSetEntry[];
} {
  const { required, excluded, judge } = resolveScope(groups, scope);
  const standing = judge(user);
  const ways = user.groupIds.flatMap((group): readonly ScopeWay[] => {
    const against = excluded.find(({ with: all }) => all.has(group));
    const way = against ?? required.find(({ with: all }) => all.has(group));
    if (way === undefined) return [];
    return [{ group, entry: way.entry, groups: way.groups, excludes: against !== undefined }];
  });
  const lacking = required.filter(({ with: all }) => !user.groupIds.some((id) => all.has(id)));
  return { standing, ways, lacks: standing === 'not in all' ? lacking.map(({ entry }) => entry) : [] };
}

/** What an entry of the scope names, and what lies below where that counts. */
interface ScopeEntry extends NamedGroups {
  readonly with: ReadonlySet<SourceGroupId>;
}

/** The groups of all entries, with what lies below where that counts. */
function unite(entries: readonly ScopeEntry[]): ReadonlySet<SourceGroupId> {
  const all = new Set<SourceGroupId>();
  for (const entry of entries) for (const id of entry.with) all.add(id);
  return all;
}

/**
 * The required and excluded groups by entry, and the test that every person passes or not: for one of many groups it looks no longer
 * than for one of few.
 */
function resolveScope(groups: readonly SourceGroup[], scope: Extract<Scope, { readonly kind: 'groups' }>) {
  const extend = scope.subGroups ? createDescent(groups) : (chosen: ReadonlySet<SourceGroupId>) => chosen;
  const resolve = (set: GroupSet) =>
    nameGroups(groups, set).map((named): ScopeEntry => ({ ...named, with: extend(named.groups) }));
  const required = resolve(scope.include);
  const excluded = resolve(scope.exclude);
  const inside = unite(required);
  const outside = unite(excluded);
  const judge = ({ groupIds }: Pick<SourceUser, 'groupIds'>): Standing => {
    const isMember = (those: ReadonlySet<SourceGroupId>) => groupIds.some((id) => those.has(id));
    if (isMember(outside)) return 'excluded';
    if (!isMember(inside)) return 'in none';
    return scope.match === 'any' || required.every(({ with: all }) => isMember(all)) ? 'in scope' : 'not in all';
  };
  return { required, excluded, named: [...required, ...excluded], judge };
}

/** What keeps a scope from meaning what was chosen, each a sentence without its end. */
export function describeProblems({ missingGroups, emptyRules }: ComputedScope): readonly string[] {
  return [...describeMissing(missingGroups), ...emptyRules.map(describeEmpty)];
}

function describeMissing(missing: readonly SourceGroupId[]): readonly string[] {
  if (missing.length === 0) return [];
  return missing.length === 1
    ? [`A required group no longer exists in Keycloak (id ${missing.join('')})`]
    : [`${missing.length} required groups no longer exist in Keycloak (ids ${missing.join(', ')})`];
}

function describeEmpty(rule: GroupRule): string {
  return `No group of Keycloak fits the rule for required groups "${describeRule(rule)}"`;
}
