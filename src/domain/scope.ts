import type { Scope } from './connector';
import { SourceError } from './errors';
import { describeRule, nameGroups } from './group-matching';
import type { GroupRule } from './group-set';
import type { SourceGroupId, SourceUserId } from './identity';
import type { SourceGroup, SourceSnapshot } from './snapshot';

export interface ComputedScope {
  /** People that the connector provisions, disabled ones included. */
  readonly inScope: ReadonlySet<SourceUserId>;
  /** Chosen groups that the realm does not have (any more), excluded ones among them. */
  readonly missingGroups: readonly SourceGroupId[];
  /** Rules for required groups that match no group. */
  readonly emptyRules: readonly GroupRule[];
}

/**
 * The people in scope, for a run. A chosen group that is gone, a rule that matches nothing and a scope that holds nobody stop the
 * run (`SourceError` `scope-matches-nothing`): they never mean everybody or nobody, and an excluded group that is gone lets nobody in.
 */
export function computeScope(source: SourceSnapshot, scope: Scope): ComputedScope {
  const computed = measureScope(source, scope);
  const missing = [...describeMissing(computed.missingGroups), ...computed.emptyRules.map(describeEmpty)];
  const [first] = missing;
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

/** The same without stopping, for showing in an editor how many people a choice would match. */
export function measureScope(source: SourceSnapshot, scope: Scope): ComputedScope {
  if (scope.kind === 'realm') {
    return { inScope: new Set(source.users.map((user) => user.id)), missingGroups: [], emptyRules: [] };
  }
  const { required, excluded, named } = resolveScope(source.groups, scope);
  const inScope = new Set<SourceUserId>();
  for (const user of source.users) {
    const isMember = (groups: ReadonlySet<SourceGroupId>) => user.groupIds.some((id) => groups.has(id));
    const isRequired = scope.match === 'any' ? required.some(isMember) : required.every(isMember);
    if (isRequired && !isMember(excluded)) inScope.add(user.id);
  }
  const missing = named.flatMap((entry) => entry.missing ?? []);
  return {
    inScope,
    missingGroups: missing.filter((entry) => typeof entry === 'string'),
    emptyRules: scope.include.rules.filter((rule) => missing.includes(rule)),
  };
}

/** The groups whose direct members may be in scope: the required ones and, when asked for, everything below them. */
export function computeScopeGroups(groups: readonly SourceGroup[], scope: Scope): ReadonlySet<SourceGroupId> {
  if (scope.kind === 'realm') return new Set();
  return new Set(resolveScope(groups, scope).required.flatMap((each) => [...each]));
}

/** The required groups by entry, and the excluded ones, each with what lies below where that counts. */
function resolveScope(groups: readonly SourceGroup[], scope: Extract<Scope, { readonly kind: 'groups' }>) {
  const include = nameGroups(groups, scope.include);
  const exclude = nameGroups(groups, scope.exclude);
  const extend = scope.subGroups ? createDescent(groups) : (chosen: ReadonlySet<SourceGroupId>) => chosen;
  return {
    required: include.map((entry) => extend(entry.groups)),
    excluded: extend(new Set(exclude.flatMap((entry) => [...entry.groups]))),
    named: [...include, ...exclude],
  };
}

/** Adds to groups everything that lies below them. */
function createDescent(groups: readonly SourceGroup[]) {
  const children = new Map<SourceGroupId, SourceGroupId[]>();
  for (const group of groups) {
    if (group.parentId === undefined) continue;
    const siblings = children.get(group.parentId);
    if (siblings === undefined) children.set(group.parentId, [group.id]);
    else siblings.push(group.id);
  }
  return (chosen: ReadonlySet<SourceGroupId>): ReadonlySet<SourceGroupId> => {
    const all = new Set(chosen);
    const open = [...chosen];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const child of children.get(id) ?? []) {
        if (all.has(child)) continue;
        all.add(child);
        open.push(child);
      }
    }
    return all;
  };
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
