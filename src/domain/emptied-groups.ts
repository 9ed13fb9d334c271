import type { Scope } from './connector';
import { describeFederation } from './federation-name';
import { federationOf } from './federation-of';
import type { SourceGroupId } from './identity';
import type { AccountLink } from './link';
import { findDecisiveGroups } from './scope';
import type { SourceGroup, SourceSnapshot, SourceUser } from './snapshot';

/** So many required groups a link remembers of somebody: an outage shows in each of them. */
const mostRemembered = 50;

/** The required groups that somebody is a direct member of, as a link remembers them; none where there are none. */
export function createRequiredMark(
  groups: readonly SourceGroup[],
  scope: Scope,
): (user: Pick<SourceUser, 'groupIds'>) => string | undefined {
  const { required } = findDecisiveGroups(groups, scope);
  return ({ groupIds }) => {
    const own = groupIds.filter((id) => required.has(id)).sort();
    return own.length === 0 ? undefined : own.slice(0, mostRemembered).join(' ');
  };
}

/**
 * One sentence for each federation of which a required group lost everybody at once, whether or not the group is linked: an LDAP
 * server that does not answer shows its groups empty, in lists and in each person's own record alike (measured). `fewest`: as many
 * linked people must have been in it who are still listed; who is gone has left the group with everything else.
 */
export function findEmptiedGroups(
  source: SourceSnapshot,
  links: readonly AccountLink[],
  scope: Scope,
  fewest: number,
): ReadonlyMap<string, string> {
  const { required } = findDecisiveGroups(source.groups, scope);
  const present = new Set(source.users.map(({ id }) => id));
  const now = new Set(
    source.users.flatMap((user) => {
      const federation = federationOf(user.id, user.federationLink);
      return federation === undefined ? [] : user.groupIds.map((id) => `${federation} ${id}`);
    }),
  );
  const found = new Map<string, string>();
  for (const [federation, groups] of countBefore(links.filter(({ sourceUserId }) => present.has(sourceUserId)))) {
    const emptied = source.groups.find(
      ({ id }) => required.has(id) && (groups.get(id) ?? 0) >= fewest && !now.has(`${federation} ${id}`),
    );
    if (emptied === undefined) continue;
    const count = groups.get(emptied.id) ?? 0;
    const described = describeFederation(federation, source.federations);
    found.set(
      federation,
      `The required group ${emptied.path} lost all ${count} linked people of ${described} at once, as when its LDAP server does not answer for groups: nobody of it is taken for having left.`,
    );
  }
  return found;
}

/** By federation: how many linked people each required group had at the last accepted read. */
function countBefore(links: readonly AccountLink[]): ReadonlyMap<string, ReadonlyMap<SourceGroupId, number>> {
  const counts = new Map<string, Map<SourceGroupId, number>>();
  for (const { sourceUserId, lastSeen } of links) {
    const federation = federationOf(sourceUserId, lastSeen.federationLink);
    if (federation === undefined || lastSeen.required === undefined) continue;
    const groups = counts.get(federation) ?? new Map<SourceGroupId, number>();
    // As `createRequiredMark` wrote them.
    for (const id of lastSeen.required.split(' ') as SourceGroupId[]) groups.set(id, (groups.get(id) ?? 0) + 1);
    counts.set(federation, groups);
  }
  return counts;
}
