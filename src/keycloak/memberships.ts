import type { SourceGroupId } from '../domain/identity';
import type { AdminApi } from './admin-api';
import { keepAttributes, type KeptAttributes } from './attributes';
import type { Pace } from './pace';
import type { Memberships } from './reading';
import { ownedPageSchema } from './wire';

interface Sides {
  readonly users: readonly Identified[];
  readonly groups: readonly { readonly id: SourceGroupId }[];
}

/**
 * The cheaper way to the memberships of so many users in so many groups: the members of a group cost at least one request for each
 * group, the groups of a user one for each user. Long lists cost more pages, which nobody knows before.
 */
export function startMemberships(users: number, groups: number): Memberships {
  return users < groups ? startLists('user', users) : startLists('group', groups);
}

export function startLists(by: Memberships['by'], length: number): Memberships {
  return { by, lists: Array.from({ length }, () => ({ found: [], next: 0 })) };
}

export function isComplete({ lists }: Memberships): boolean {
  return lists.every(({ next }) => next === null);
}

/** Whose lists are asked for, and the other side: it may still be read meanwhile; `undefined` when that did not come to its end. */
interface Ends {
  /** In full: the rows of this list are asked for with what they hold of attributes. */
  readonly owners: readonly (Identified & { readonly full?: boolean })[];
  readonly others: () => Promise<readonly Identified[] | undefined>;
}

interface Identified {
  readonly id: string;
}

interface ReadLists {
  readonly memberships: Memberships;
  /** Groups or users that Keycloak did not know any more. */
  readonly vanished: number;
  /** What the rows of full lists showed, by id. */
  readonly shown: ReadonlyMap<string, KeptAttributes>;
}

/**
 * Reads direct memberships, each list until a short page. Ids that are not in the other list are left out: service accounts
 * appear among the members of a group with nothing to tell them apart (measured).
 */
export async function readMemberships(
  api: AdminApi,
  memberships: Memberships,
  { owners, others }: Ends,
  pace: Pace,
  { pageSize, attributes = [] }: { readonly pageSize: number; readonly attributes?: readonly string[] | undefined },
): Promise<ReadLists> {
  const [resource, list] = memberships.by === 'group' ? ['groups', 'members'] : ['users', 'groups'];
  const lists = memberships.lists.map(({ found, next }) => ({ found: [...found], next, ids: [] as string[] }));
  let complete = lists.filter(({ next }) => next === null).length;
  const shown = new Map<string, KeptAttributes>();
  let vanished = 0;

  const open = lists.flatMap((each, index) => {
    const owner = owners[index];
    return each.next === null || owner === undefined ? [] : [{ each, owner }];
  });
  await pace.each(open, async ({ each, owner }) => {
    while (each.next !== null && pace.mayGoOn()) {
      const brief = owner.full !== true || attributes.length === 0;
      const query = `briefRepresentation=${brief}&first=${each.next}&max=${pageSize}`;
      const rows = await api.find(`/${resource}/${encodeURIComponent(owner.id)}/${list}?${query}`, ownedPageSchema);
      if (rows === undefined) vanished += 1;
      if (!brief) for (const row of rows ?? []) shown.set(row.id, keepAttributes(row.attributes, attributes));
      each.ids.push(...(rows ?? []).map(({ id }) => id));
      each.next = (rows?.length ?? 0) < pageSize ? null : each.next + pageSize;
    }
    if (each.next === null) complete += 1;
    await pace.report({ what: 'members of groups', done: complete, total: lists.length });
  });
  const known = await others();
  if (known === undefined) return { memberships, vanished: 0, shown: new Map() };
  const positions = new Map(known.map(({ id }, position) => [id, position]));
  const read = lists.map(({ found, next, ids }) => ({
    found: [...found, ...ids.flatMap((id) => positions.get(id) ?? [])],
    next,
  }));
  return { memberships: { by: memberships.by, lists: read }, vanished, shown };
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
