import { findEmptiedGroups } from './emptied-groups';
import { SourceError, type SourceErrorCode } from './errors';
import { describeFederation, listFederations, type FederationNames } from './federation-name';
import { federationOf } from './federation-of';
import type { SourceGroupId } from './identity';
import type { AccountLink, GroupLink, Links } from './link';
import { countMembers, createCountingMark, isComparable, type Counting } from './member-counts';
import type { SourceSnapshot } from './snapshot';

export { federationOf };

/** Fewer people than this going together are daily life, not an outage. */
const fewest = 3;
const outageShare = 0.05;

/** What went away together with a whole federation (LDAP): no wish of anybody, so nothing is taken on the strength of it. */
export interface Outages {
  /** One sentence for each federation that is out. */
  readonly federations: ReadonlyMap<string, string>;
  /** One sentence for each group that lost all people of a federation: their memberships of it stay. */
  readonly groups: ReadonlyMap<SourceGroupId, ReadonlyMap<string, string>>;
  /** One sentence for each federation of which a group lost everybody: LDAP may have stopped while others were read. */
  readonly memberships: ReadonlyMap<string, string>;
}

/** An administrator's word that what looks like an outage of a federation is real. */
export interface AcceptedOutage {
  readonly federation: string;
  /** Account id of the administrator. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** How long an administrator's word waits for a run. */
const acceptanceMs = 7 * 24 * 3_600_000;

/**
 * The acceptances with one more. The next full run that ends still takes nothing on the strength of it: it remembers who is gone and
 * forgets the acceptance. Later runs judge these people one by one, by the usual evidence and under the usual limits.
 */
export function acceptOutage(
  accepted: readonly AcceptedOutage[] | undefined,
  outage: AcceptedOutage,
): readonly AcceptedOutage[] {
  return [...(accepted ?? []).filter(({ federation }) => federation !== outage.federation), outage];
}

/** The federations whose outage an administrator accepted in the last seven days. */
export function findAccepted(accepted: readonly AcceptedOutage[] | undefined, now: number): ReadonlySet<string> {
  return new Set((accepted ?? []).filter(({ at }) => now - at < acceptanceMs).map(({ federation }) => federation));
}

/** One sentence for each federation that is out in whole or in part: what an administrator may call real. */
export function listOutages({
  federations,
  memberships,
}: Outages): readonly { readonly federation: string; readonly message: string }[] {
  return [...new Map([...memberships, ...federations])].map(([federation, message]) => ({ federation, message }));
}

/** The outages without those of accepted federations. */
export function withoutAccepted(outages: Outages, accepted: ReadonlySet<string>): Outages {
  if (accepted.size === 0) return outages;
  const others = (sentences: ReadonlyMap<string, string>) =>
    new Map([...sentences].filter(([federation]) => !accepted.has(federation)));
  return {
    federations: others(outages.federations),
    memberships: others(outages.memberships),
    groups: new Map([...outages.groups].map(([group, sentences]) => [group, others(sentences)])),
  };
}

const federationFaults: ReadonlySet<SourceErrorCode> = new Set(['server-error', 'unreadable-answer', 'unreachable']);

/** The same failure of a read, with the federations that linked people come from where one of them may be the cause (measured). */
export function nameFederations(error: SourceError, links: Links, names: FederationNames = {}): SourceError {
  const federations = new Set(
    links.accounts.flatMap((link) => federationOf(link.sourceUserId, link.lastSeen.federationLink) ?? []),
  );
  if (federations.size === 0 || !federationFaults.has(error.code)) return error;
  const people = `People of this realm come from ${listFederations(federations, names)}`;
  const message = `${error.message} ${people}: an LDAP server or its settings that fail look like this, so look there first.`;
  const { code, fate, cause, retryAfterMs } = error;
  return new SourceError(code, message, fate, { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/**
 * Judges each federation against the last accepted read (facts/keycloak.md 1b: an LDAP outage looks like a perfect read with
 * everyone disabled). Out is a federation of which more than 5 %, at least 3, of the linked people are newly disabled or
 * absent, or all of them, or all linked groups are empty together. In doubt are the memberships of one of which a required
 * group lost everybody. A group whose members were counted for another scope is not judged:
 * a change of scope needs an approval for whatever it takes.
 */
export function findOutages(source: SourceSnapshot, links: Links, counting: Counting): Outages {
  const federations = judgePeople(source, links.accounts);
  const { groups, memberships } = judgeGroups(source, links.groups, federations, counting);
  const emptied = findEmptiedGroups(source, links.accounts, counting.scope, fewest);
  return { federations, groups, memberships: new Map([...emptied, ...memberships]) };
}

interface Tally {
  known: number;
  disabled: number;
  absent: number;
}

function judgePeople(source: SourceSnapshot, links: readonly AccountLink[]): Map<string, string> {
  const users = new Map(source.users.map((user) => [user.id, user]));
  const left = new Set<string>();
  for (const user of source.users) {
    const federation = federationOf(user.id, user.federationLink);
    if (user.enabled && federation !== undefined) left.add(federation);
  }
  const tally = new Map<string, Tally>();
  for (const { sourceUserId, lastSeen } of links) {
    const federation = federationOf(sourceUserId, lastSeen.federationLink);
    if (federation === undefined || !lastSeen.enabled || lastSeen.absentSince !== undefined) continue;
    const count = tally.get(federation) ?? { known: 0, disabled: 0, absent: 0 };
    const user = users.get(sourceUserId);
    count.known += 1;
    if (user === undefined) count.absent += 1;
    else if (!user.enabled) count.disabled += 1;
    tally.set(federation, count);
  }
  const out = new Map<string, string>();
  for (const [federation, count] of tally) {
    const gone = count.disabled + count.absent;
    // Where nobody is gone and nobody left, people were unlinked from the federation: they are the realm's own now.
    const nobodyLeft = !left.has(federation) && gone > 0;
    if (nobodyLeft || tooManyOf(gone, count.known)) {
      const who = gone === count.known ? `All ${gone}` : `${gone} of ${count.known}`;
      out.set(
        federation,
        `${who} linked people of ${describeFederation(federation, source.federations)} are ${describeGone(count)}. ${nothing}`,
      );
    }
  }
  return out;
}

/** Whether so many of a federation going together are more than daily life. */
export function tooManyOf(gone: number, known: number): boolean {
  return gone >= fewest && gone > known * outageShare;
}

function describeGone({ disabled, absent }: Tally): string {
  if (absent === 0) {
    return 'newly disabled, as when its LDAP server does not answer, refuses the password, or the provider is disabled';
  }
  if (disabled === 0) return 'newly absent, as when its base DN or filter is another one or the provider was removed';
  return `newly disabled (${disabled}) or absent (${absent}), as when its LDAP server or its settings fail`;
}

function judgeGroups(
  source: SourceSnapshot,
  links: readonly GroupLink[],
  out: Map<string, string>,
  counting: Counting,
): Outages {
  const present = new Set(source.groups.map((group) => group.id));
  const now = countMembers(source, counting);
  const markOf = createCountingMark(source.groups, counting);
  const tally = new Map<string, { groups: number; members: number; emptied: GroupLink[] }>();
  for (const link of links) {
    if (!present.has(link.sourceGroupId) || !isComparable(link, markOf(link.sourceGroupId))) continue;
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
  const memberships = new Map<string, string>();
  for (const [federation, { groups, members, emptied }] of tally) {
    const described = describeFederation(federation, source.federations);
    if (groups > 1 && emptied.length === groups && members >= fewest && !out.has(federation)) {
      const cause = 'as when its LDAP server does not answer or the base DN of its groups is another one';
      out.set(federation, `All ${groups} linked groups of ${described} are empty together, ${cause}. ${nothing}`);
    }
    for (const link of emptied) {
      const before = link.lastMembers[federation] ?? 0;
      if (before < fewest) continue;
      const sentence = `Group "${link.name}" lost all ${before} members of ${described} at once: their memberships stay until Keycloak shows members again or the group is gone.`;
      held.set(
        link.sourceGroupId,
        (held.get(link.sourceGroupId) ?? new Map<string, string>()).set(federation, sentence),
      );
      const others = `Group "${link.name}" shows nobody of ${described} any more, so no membership of its people is taken: its LDAP server may have stopped in the middle.`;
      memberships.set(federation, others);
    }
  }
  return { federations: out, groups: held, memberships };
}

const nothing =
  'This is treated as an outage and nothing is taken from anyone of it: look at the provider under User federation in Keycloak (the id is part of the address of its page).';
