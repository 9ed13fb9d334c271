import type { Scope } from '../domain/connector';
import type { SourceGroupId } from '../domain/identity';
import { sourceUserId } from '../domain/identity';
import { findDecisiveGroups, measureScope } from '../domain/scope';
import type { SourceGroup } from '../domain/snapshot';
import type { KeycloakAccess } from './access';
import { joinMemberships, startLists } from './memberships';
import type { KeptUser, Memberships, ReadingState } from './reading';

/** Both sides of memberships, each in its order. */
export interface Sides {
  readonly users: readonly KeptUser[];
  readonly groups: readonly SourceGroup[];
}

/** A reading that groups limit: the scope, and the members of the groups that decide it, as far as they are read. */
export interface Limit {
  readonly scope: Scope;
  readonly deciding: Memberships;
}

function isLimited({ scope }: Pick<KeycloakAccess, 'scope'>): boolean {
  return scope?.kind === 'groups';
}

/** Where the reading stands with the groups that decide the scope; `undefined` where it is not limited. */
export function findLimit(
  { scope }: Pick<KeycloakAccess, 'scope'>,
  groups: readonly SourceGroup[],
  { deciding }: Pick<ReadingState, 'deciding'>,
): Limit | undefined {
  if (scope?.kind !== 'groups') return undefined;
  return { scope, deciding: deciding ?? startLists('group', listDeciding(groups, scope).length) };
}

/** The attributes that the list of users is read with: where groups limit the scope, the lists of members bring them. */
export function attributesOfList(access: KeycloakAccess): readonly string[] {
  return isLimited(access) ? [] : (access.attributes ?? []);
}

/** A group whose members are asked for; in full where their attributes count. */
export interface DecidingGroup extends SourceGroup {
  readonly full: boolean;
}

/** The groups that decide who is in scope, in the order of all groups: their members are read first, those of required ones in full. */
export function listDeciding(groups: readonly SourceGroup[], scope: Scope): readonly DecidingGroup[] {
  const { required, excluded } = findDecisiveGroups(groups, scope);
  return groups.flatMap((group) => {
    const full = required.has(group.id);
    return full || excluded.has(group.id) ? [{ ...group, full }] : [];
  });
}

/**
 * Whose other memberships are needed, and of which groups: of everybody in all, or where groups limit the scope, of the people in scope
 * in the groups that have not been asked for.
 */
export function findRest(sides: Sides, limit: Limit | undefined): Sides {
  if (limit === undefined) return sides;
  const asked = listDeciding(sides.groups, limit.scope);
  const known = joinMemberships(limit.deciding, { users: sides.users, groups: asked });
  const users = sides.users.map(({ id }, position) => ({ id: sourceUserId(id), groupIds: known[position] ?? [] }));
  const { inScope } = measureScope({ groups: sides.groups, users }, limit.scope);
  const ids = new Set(asked.map(({ id }) => id));
  return {
    users: sides.users.filter(({ id }) => inScope.has(sourceUserId(id))),
    groups: sides.groups.filter(({ id }) => !ids.has(id)),
  };
}

/** Everything that was read, for each user in the order of the users: groups in the order of the groups. */
export function joinAll(
  sides: Sides,
  limit: Limit | undefined,
  memberships: Memberships,
): readonly (readonly SourceGroupId[])[] {
  if (limit === undefined) return joinMemberships(memberships, sides);
  const rest = findRest(sides, limit);
  const others = joinMemberships(memberships, rest);
  const othersOf = new Map(rest.users.map(({ id }, position) => [id, others[position] ?? []]));
  const order = new Map(sides.groups.map(({ id }, position) => [id, position]));
  const first = joinMemberships(limit.deciding, {
    users: sides.users,
    groups: listDeciding(sides.groups, limit.scope),
  });
  return sides.users.map(({ id }, position) =>
    [...(first[position] ?? []), ...(othersOf.get(id) ?? [])].sort(
      (one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0),
    ),
  );
}
