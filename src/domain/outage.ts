import type { SourceGroupId, SourceUserId } from './identity';
import type { AccountLink, GroupLink, Links } from './link';
import type { SourceSnapshot, SourceUser } from './snapshot';

/** Fewer people than this going together are daily life, not an outage. */
const fewest = 3;
const outageShare = 0.05;

/** What went away together with a whole federation (LDAP): no wish of anybody, so nothing is taken on the strength of it. */
export interface Outages {
  /** One sentence for each federation that is out. */
  readonly federations: ReadonlyMap<string, string>;
  /** One sentence for each group that lost all people of a federation: their memberships of it stay. */
  readonly groups: ReadonlyMap<SourceGroupId, ReadonlyMap<string, string>>;
}

/** The federation that holds a person; ids of federations that do not import name it (`f:<provider>:<name>`). */
export function federationOf(id: SourceUserId, federationLink: string | undefined): string | undefined {
  if (federationLink !== undefined) return federationLink;
  const [prefix, provider] = id.split(':');
  return prefix === 'f' ? provider : undefined;
}

/** Members of each group and federation; the realm's own people stand under `''`. */
export function countMembers(users: readonly SourceUser[]): ReadonlyMap<SourceGroupId, ReadonlyMap<string, number>> {
  const counts = new Map<SourceGroupId, Map<string, number>>();
  for (const user of users) {
    const federation = federationOf(user.id, user.federationLink) ?? '';
    for (const group of user.groupIds) {
      const members = counts.get(group) ?? new Map<string, number>();
      members.set(federation, (members.get(federation) ?? 0) + 1);
      counts.set(group, members);
    }
  }
  return counts;
}

/**
 * Judges each federation against the last accepted read (facts/keycloak.md 1b: an LDAP outage looks like a perfect read with
 * everyone disabled). Out is a federation of which more than 5 %, at least 3, of the linked people are newly disabled or
 * absent, or nobody is left, or all linked groups are empty together.
 */
export function findOutages(source: SourceSnapshot, links: Links): Outages {
  const federations = new Map<string, string>();
  judgePeople(source, links.accounts, federations);
  const groups = judgeGroups(source, links.groups, federations);
  return { federations, groups };
}

function judgePeople(source: SourceSnapshot, links: readonly AccountLink[], out: Map<string, string>): void {
  const users = new Map(source.users.map((user) => [user.id, user]));
  const left = new Set<string>();
  for (const user of source.users) {
    const federation = federationOf(user.id, user.federationLink);
    if (user.enabled && federation !== undefined) left.add(federation);
  }
  const tally = new Map<string, { known: number; gone: number }>();
  for (const { sourceUserId, lastSeen } of links) {
    const federation = federationOf(sourceUserId, lastSeen.federationLink);
    if (federation === undefined || !lastSeen.enabled || lastSeen.absentSince !== undefined) continue;
    const count = tally.get(federation) ?? { known: 0, gone: 0 };
    count.known += 1;
    if (users.get(sourceUserId)?.enabled !== true) count.gone += 1;
    tally.set(federation, count);
  }
  for (const [federation, { known, gone }] of tally) {
    if (!left.has(federation)) {
      out.set(federation, `${name(federation)} has no enabled person any more: treated as an outage. ${nothing}`);
    } else if (gone >= fewest && gone > known * outageShare) {
      const what = `${gone} of ${known} linked people of ${lowerName(federation)} are newly disabled or absent`;
      out.set(federation, `${what}: treated as an outage. ${nothing}`);
    }
  }
}

function judgeGroups(
  source: SourceSnapshot,
  links: readonly GroupLink[],
  out: Map<string, string>,
): ReadonlyMap<SourceGroupId, ReadonlyMap<string, string>> {
  const present = new Set(source.groups.map((group) => group.id));
  const now = countMembers(source.users);
  const tally = new Map<string, { groups: number; members: number; emptied: GroupLink[] }>();
  for (const link of links) {
    if (!present.has(link.sourceGroupId)) continue;
    for (const [federation, members] of Object.entries(link.lastMembers)) {
      if (federation === '' || members === 0) continue;
      const count = tally.get(federation) ?? { groups: 0, members: 0, emptied: [] };
      count.groups += 1;
      count.members += members;
      if ((now.get(link.sourceGroupId)?.get(federation) ?? 0) === 0) count.emptied.push(link);
      tally.set(federation, count);
    }
  }
  const held = new Map<SourceGroupId, Map<string, string>>();
  for (const [federation, { groups, members, emptied }] of tally) {
    if (groups > 1 && emptied.length === groups && members >= fewest && !out.has(federation)) {
      const what = `All ${groups} linked groups of ${lowerName(federation)} are empty together`;
      out.set(federation, `${what}: treated as an outage. ${nothing}`);
    }
    for (const link of emptied) {
      const before = link.lastMembers[federation] ?? 0;
      if (before < fewest) continue;
      const sentence = `Group "${link.name}" lost all ${before} members of ${lowerName(federation)} at once: their memberships stay until Keycloak shows members again.`;
      held.set(
        link.sourceGroupId,
        (held.get(link.sourceGroupId) ?? new Map<string, string>()).set(federation, sentence),
      );
    }
  }
  return held;
}

const nothing = 'Nothing is taken from anyone of it; check the federation in Keycloak.';

function name(federation: string): string {
  return `Federation ${federation}`;
}

function lowerName(federation: string): string {
  return `federation ${federation}`;
}
