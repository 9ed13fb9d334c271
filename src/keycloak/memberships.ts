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
export function startMemberships(users: number, groups: number): Memberships {
  const by = users < groups ? 'user' : 'group';
  const length = by === 'user' ? users : groups;
  return { by, lists: Array.from({ length }, () => ({ found: [], next: 0 })) };
}

export function isComplete({ lists }: Memberships): boolean {
  return lists.every(({ next }) => next === null);
}

/** Whose lists are asked for, and the other side: it may still be read meanwhile; `undefined` when that did not come to its end. */
interface Ends {
  readonly owners: readonly Identified[];
  readonly others: () => Promise<readonly Identified[] | undefined>;
}

interface Identified {
  readonly id: string;
}

/**
 * Reads direct memberships, each list until a short page. Ids that are not in the other list are left out: service accounts
 * appear among the members of a group with nothing to tell them apart (measured).
 * `vanished` counts groups or users that Keycloak did not know any more.
 */
export async function readMemberships(
  api: AdminApi,
  memberships: Memberships,
  { owners, others }: Ends,
  pageSize: number,
  pace: Pace,
): Promise<{ readonly memberships: Memberships; readonly vanished: number }> {
  const [resource, list] = memberships.by === 'group' ? ['groups', 'members'] : ['users', 'groups'];
  const lists = memberships.lists.map(({ found, next }) => ({ found: [...found], next, ids: [] as string[] }));
  let complete = lists.filter(({ next }) => next === null).length;
  let vanished = 0;

  const open = lists.flatMap((each, index) => {
    const owner = owners[index];
    return each.next === null || owner === undefined ? [] : [{ each, owner }];
  });
  await pace.each(open, async ({ each, owner }) => {
    while (each.next !== null && pace.mayGoOn()) {
      const query = `briefRepresentation=true&first=${each.next}&max=${pageSize}`;
      const rows = await api.find(`/${resource}/${encodeURIComponent(owner.id)}/${list}?${query}`, idPageSchema);
      if (rows === undefined) vanished += 1;
      each.ids.push(...(rows ?? []).map(({ id }) => id));
      each.next = (rows?.length ?? 0) < pageSize ? null : each.next + pageSize;
    }
    if (each.next === null) complete += 1;
    await pace.report({ what: 'members of groups', done: complete, total: lists.length });
  });
  const known = await others();
  if (known === undefined) return { memberships, vanished: 0 };
  const positions = new Map(known.map(({ id }, position) => [id, position]));
  const read = lists.map(({ found, next, ids }) => ({
    found: [...found, ...ids.flatMap((id) => positions.get(id) ?? [])],
    next,
  }));
  return { memberships: { by: memberships.by, lists: read }, vanished };
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
