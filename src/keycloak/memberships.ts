import type { SourceGroupId } from '../domain/identity';
import type { SourceGroup } from '../domain/snapshot';
import type { AdminApi } from './admin-api';
import type { Pace } from './pace';
import type { Memberships } from './reading';
import { idPageSchema } from './wire';
import type { UserRow } from './wire';

interface Sides {
  readonly users: readonly UserRow[];
  readonly groups: readonly SourceGroup[];
}

/** The cheaper way: the members of a group cost at least one request for each group, the groups of a user one for each user. */
export function startMemberships({ users, groups }: Sides): Memberships {
  const by = users.length < groups.length ? 'user' : 'group';
  const length = by === 'user' ? users.length : groups.length;
  return { by, lists: Array.from({ length }, () => ({ found: [], next: 0 })) };
}

export function isComplete({ lists }: Memberships): boolean {
  return lists.every(({ next }) => next === null);
}

/**
 * Reads direct memberships, each list until a short page. Ids that are not in the other list are left out: service accounts
 * appear among the members of a group with nothing to tell them apart (measured).
 * `vanished` counts groups or users that Keycloak did not know any more.
 */
export async function readMemberships(
  api: AdminApi,
  memberships: Memberships,
  sides: Sides,
  pageSize: number,
  pace: Pace,
): Promise<{ readonly memberships: Memberships; readonly vanished: number }> {
  const byGroup = memberships.by === 'group';
  const owners: readonly { readonly id: string }[] = byGroup ? sides.groups : sides.users;
  const others: readonly { readonly id: string }[] = byGroup ? sides.users : sides.groups;
  const positions = new Map(others.map(({ id }, position) => [id, position]));
  const lists = memberships.lists.map(({ found, next }) => ({ found: [...found], next }));
  let complete = lists.filter(({ next }) => next === null).length;
  let vanished = 0;

  const open = lists.flatMap((list, index) => {
    const owner = owners[index];
    return list.next === null || owner === undefined ? [] : [{ list, owner }];
  });
  await pace.each(open, async ({ list, owner }) => {
    while (list.next !== null && pace.mayGoOn()) {
      const path = byGroup
        ? `/groups/${encodeURIComponent(owner.id)}/members`
        : `/users/${encodeURIComponent(owner.id)}/groups`;
      const query = `briefRepresentation=true&first=${list.next}&max=${pageSize}`;
      const rows = await api.find(`${path}?${query}`, idPageSchema);
      if (rows === undefined) vanished += 1;
      for (const { id } of rows ?? []) {
        const position = positions.get(id);
        if (position !== undefined) list.found.push(position);
      }
      list.next = (rows?.length ?? 0) < pageSize ? null : list.next + pageSize;
    }
    if (list.next === null) complete += 1;
    await pace.report({ what: 'members of groups', done: complete, total: lists.length });
  });
  return { memberships: { by: memberships.by, lists }, vanished };
}

/** For each user, in the order of the users: the groups the user is a direct member of, in the order of the groups. */
export function joinMemberships(
  { by, lists }: Memberships,
  { users, groups }: Sides,
): readonly (readonly SourceGroupId[])[] {
  const positions: Set<number>[] = users.map(() => new Set());
  lists.forEach(({ found }, owner) => {
    for (const other of found) {
      const [user, group] = by === 'group' ? [other, owner] : [owner, other];
      positions[user]?.add(group);
    }
  });
  return positions.map((mine) => [...mine].sort((a, b) => a - b).flatMap((position) => groups[position]?.id ?? []));
}
