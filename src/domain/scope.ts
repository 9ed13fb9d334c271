import type { Scope } from './connector';
import { SourceError } from './errors';
import type { SourceGroupId, SourceUserId } from './identity';
import type { SourceGroup, SourceSnapshot } from './snapshot';

export interface ComputedScope {
  /** People that the connector provisions, disabled ones included. */
  readonly inScope: ReadonlySet<SourceUserId>;
  /** Chosen groups that the realm does not have (any more). */
  readonly missingGroups: readonly SourceGroupId[];
}

/**
 * The people in scope, for a run. A chosen group that is gone and a scope that matches nobody stop the run
 * (`SourceError` `scope-matches-nothing`): they never mean everybody or nobody. So `missingGroups` is empty here.
 */
export function computeScope(source: SourceSnapshot, scope: Scope): ComputedScope {
  const computed = measureScope(source, scope);
  if (computed.missingGroups.length > 0) {
    throw new SourceError(
      'scope-matches-nothing',
      `${describeMissing(computed.missingGroups)}; nothing is changed: choose the required groups again.`,
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
  if (scope.kind === 'realm') return { inScope: new Set(source.users.map((user) => user.id)), missingGroups: [] };
  const chosen = computeScopeGroups(source.groups, scope);
  const known = new Set(source.groups.map((group) => group.id));
  const inScope = new Set<SourceUserId>();
  for (const user of source.users) if (user.groupIds.some((id) => chosen.has(id))) inScope.add(user.id);
  return { inScope, missingGroups: scope.include.groupIds.filter((id) => !known.has(id)) };
}

/** The groups whose direct members are in scope: the chosen ones and, when asked for, everything below them. */
export function computeScopeGroups(groups: readonly SourceGroup[], scope: Scope): ReadonlySet<SourceGroupId> {
  if (scope.kind === 'realm') return new Set();
  const chosen = new Set(scope.include.groupIds);
  if (!scope.subGroups) return chosen;
  const children = new Map<SourceGroupId, SourceGroupId[]>();
  for (const group of groups) {
    if (group.parentId === undefined) continue;
    const siblings = children.get(group.parentId);
    if (siblings === undefined) children.set(group.parentId, [group.id]);
    else siblings.push(group.id);
  }
  const open = [...chosen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const child of children.get(id) ?? []) {
      if (chosen.has(child)) continue;
      chosen.add(child);
      open.push(child);
    }
  }
  return chosen;
}

function describeMissing(missing: readonly SourceGroupId[]): string {
  return missing.length === 1
    ? `A required group no longer exists in Keycloak (id ${missing.join('')})`
    : `${missing.length} required groups no longer exist in Keycloak (ids ${missing.join(', ')})`;
}
