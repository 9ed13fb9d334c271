import type { Evidence } from './change';
import type { Cleanup, ConnectorSettings } from './connector';
import { createRequiredMark } from './emptied-groups';
import { describeGrace, isRemovable, leftSince } from './grace';
import { keepImmutable, readImmutable } from './immutable';
import type { SourceUserId } from './identity';
import type { AccountLink, GroupLink, LastSeen, LinkEntry, Links } from './link';
import { findInScope, mapPeople } from './map-people';
import { countMembers, createCountingMark, type Counting } from './member-counts';
import { federationOf, findOutages, withoutAccepted, type Outages } from './outage';
import { recentMs } from './recent';
import type { DirectorySnapshot, SourceSnapshot, SourceUser } from './snapshot';

/** So far apart are the two complete reads that must both lack a person of a federation, or show them disabled without their groups. */
const confirmationMs = 12 * 3_600_000;

/**
 * Linked people of the realm itself whom a complete read does not have: single reads shall confirm that they are gone.
 * People of a federation are not asked for (a cached dead person answers; facts/keycloak.md 1b): time confirms them.
 * People whose grace period is not over are left out, and those whose account this connector suspended already, unless it may be
 * removed now.
 */
export function findAbsent(
  source: SourceSnapshot,
  links: Links,
  now: number,
  { behaviour, graceDays }: Pick<Cleanup, 'behaviour' | 'graceDays'>,
): { readonly toConfirm: readonly SourceUserId[] } {
  if (source.removals.kind === 'withheld' || source.readAt > now) return { toConfirm: [] };
  const present = new Set(source.users.map((user) => user.id));
  const absent = links.accounts.filter((link) => !present.has(link.sourceUserId) && !isFederated(link));
  const asked = absent.filter(
    ({ suspendedAt, lastSeen }) =>
      describeGrace(graceDays, lastSeen, now) === undefined &&
      (suspendedAt === undefined || (behaviour === 'remove' && isRemovable(suspendedAt, now))),
  );
  return { toConfirm: asked.map((link) => link.sourceUserId) };
}

/** What the absence of a linked person rests on. */
export function judgeAbsence(
  link: AccountLink,
  source: SourceSnapshot,
  confirmedAbsent: ReadonlySet<SourceUserId>,
): Evidence {
  if (!isFederated(link)) return confirmedAbsent.has(link.sourceUserId) ? 'confirmed-absent' : 'unconfirmed';
  const { absentSince, absentUntil } = link.lastSeen;
  if (absentSince === undefined) return 'unconfirmed';
  const latest = source.removals.kind === 'allowed' ? source.readAt : absentUntil;
  return latest !== undefined && latest - absentSince >= confirmationMs ? 'confirmed-absent' : 'unconfirmed';
}

/**
 * Whether somebody of a federation is disabled on purpose: one who keeps their groups is (measured: when LDAP does not answer,
 * the groups of LDAP are gone as well), else a second complete read must say the same. Whose memberships were not all read has too few
 * here, and waits for the second one.
 */
export function isSurelyDisabled(user: SourceUser, before: LastSeen, source: SourceSnapshot): boolean {
  if (!before.enabled || federationOf(user.id, user.federationLink) === undefined) return true;
  if (user.groupIds.length > 0 && user.groupIds.length >= (before.groups ?? 0)) return true;
  const { disabledSince } = before;
  if (disabledSince === undefined || source.removals.kind === 'withheld') return false;
  return source.readAt - disabledSince >= confirmationMs;
}

/** Whether somebody of a federation has another user name and fewer groups: groups in LDAP that name the old entry do not find them. */
export function isLostByRename(user: SourceUser, before: LastSeen): boolean {
  if (federationOf(user.id, user.federationLink) === undefined || !user.enabled) return false;
  if (before.username === undefined || before.username === user.username) return false;
  return user.groupIds.length < (before.groups ?? 0);
}

/**
 * What a finished full run saw, as link entries to append: how each linked person was seen, which accounts have become visible,
 * how many members each group has. Only links that change. `links` are those after the run, `directory` is the snapshot as read
 * (without recent writes). A federation or group that is out keeps what was seen before, so that it stays an outage until it heals
 * or an administrator accepts that it is real.
 */
export function computeObservations(
  source: SourceSnapshot,
  links: Links,
  directory: DirectorySnapshot,
  now: number,
  settings: Pick<ConnectorSettings, 'scope' | 'users' | 'groups'>,
  acceptedOutages: ReadonlySet<string> = new Set(),
): readonly LinkEntry[] {
  const { relinkAttribute } = settings.users;
  const users = new Map(source.users.map((user) => [user.id, user]));
  const accounts = new Map(directory.accounts.map((account) => [account.id, account]));
  const outages = withoutAccepted(findOutages(source, links, settings), acceptedOutages);
  const accepted = source.removals.kind === 'allowed' && links.issuer === source.issuer;
  const entries: LinkEntry[] = [];
  const inScope = findInScope(mapPeople(source, settings));
  const markOf = createRequiredMark(source.groups, settings.scope);
  for (const link of links.accounts) {
    const user = users.get(link.sourceUserId);
    const lastSeen = accepted ? observe(link, user, source, { outages, inScope, markOf }) : link.lastSeen;
    const known = accepted && user !== undefined ? keepImmutable(link, readImmutable(user, relinkAttribute)) : link;
    const status = accounts.get(link.accountId)?.status;
    const visible = link.visible || (status !== undefined && status !== 'not-invited');
    // Somebody took our suspension back; a list read shortly after it may not show the suspension yet.
    const over =
      link.suspendedAt !== undefined &&
      status === 'active' &&
      Math.min(directory.readAt, now) - link.suspendedAt >= recentMs;
    if (known === link && lastSeen === link.lastSeen && visible === link.visible && !over) continue;
    const { suspendedAt, ...rest } = known;
    const kept = over || suspendedAt === undefined ? {} : { suspendedAt };
    entries.push({ kind: 'account', link: { ...rest, ...kept, visible, lastSeen } });
  }
  // Where nobody is in scope the scope itself is broken, and the members of no group were read.
  if (!accepted || inScope.size === 0) return entries;
  return [...entries, ...observeGroups(source, links.groups, outages, settings)];
}

function isFederated(link: AccountLink): boolean {
  return federationOf(link.sourceUserId, link.lastSeen.federationLink) !== undefined;
}

interface Observing {
  readonly outages: Outages;
  readonly inScope: ReadonlySet<SourceUserId>;
  /** What of the scope is remembered of somebody. */
  readonly markOf: (user: SourceUser) => string | undefined;
}

function observe(
  link: AccountLink,
  user: SourceUser | undefined,
  source: SourceSnapshot,
  { outages, inScope, markOf }: Observing,
): LastSeen {
  const before = link.lastSeen;
  const federations = [
    federationOf(link.sourceUserId, before.federationLink),
    user === undefined ? undefined : federationOf(user.id, user.federationLink),
  ];
  const out = federations.some((federation) => federation !== undefined && outages.federations.has(federation));
  if (user === undefined) return out ? before : observeAbsent(before, source.readAt);
  const held = federations.some((federation) => federation !== undefined && outages.memberships.has(federation));
  // Whoever seems to have left together with others of a federation has not: another reading tells.
  if (held && before.required !== undefined && !inScope.has(user.id)) return describeUnsure(before, {});
  const since = leftSince(before) ?? (out ? undefined : source.readAt);
  const left = inScope.has(user.id) || since === undefined ? {} : { leftSince: since };
  if (out) return describeUnsure(before, left);
  if (!user.enabled && !isSurelyDisabled(user, before, source)) {
    return describeUnsure(
      before.disabledSince === undefined ? { ...before, disabledSince: source.readAt } : before,
      left,
    );
  }
  if (isLostByRename(user, before)) return describeUnsure(before, left);
  const isUnknown = source.memberships === 'in-scope' && !inScope.has(user.id);
  const leastGroups = held || isUnknown ? (before.groups ?? 0) : 0;
  // An emptied group stays remembered until it shows members again, of those too who are in scope by another one.
  const required = held ? (before.required ?? markOf(user)) : markOf(user);
  const seen = { ...describeSeen(user, leastGroups, required), ...left };
  return isEqual(before, seen) ? before : seen;
}

/** What was seen before stays, but whoever is listed is not absent: another absence begins anew. */
function describeUnsure(before: LastSeen, left: Pick<LastSeen, 'leftSince'>): LastSeen {
  if (before.absentSince === undefined && before.leftSince === left.leftSince) return before;
  const absence: readonly string[] = ['absentSince', 'absentUntil', 'leftSince'] satisfies readonly (keyof LastSeen)[];
  const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !absence.includes(key)));
  return { ...kept, ...left, enabled: before.enabled };
}

function describeSeen(user: SourceUser, leastGroups: number, required: string | undefined): LastSeen {
  const { id, enabled, federationLink, username, groupIds } = user;
  const link = federationLink === undefined ? {} : { federationLink };
  const federated =
    federationOf(id, federationLink) === undefined
      ? {}
      : { username, groups: Math.max(groupIds.length, leastGroups), ...(required === undefined ? {} : { required }) };
  return { enabled, ...link, ...federated };
}

function isEqual(one: LastSeen, other: LastSeen): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as ReadonlySet<keyof LastSeen>; // of these two
  return [...keys].every((key) => one[key] === other[key]);
}

function observeAbsent(before: LastSeen, readAt: number): LastSeen {
  const { absentSince = readAt, absentUntil } = before;
  // Confirmed already: nothing more to remember, and no entry every night for everybody who ever left.
  if (absentUntil !== undefined && absentUntil - absentSince >= confirmationMs) return before;
  if (absentUntil === readAt) return before;
  return { ...before, absentSince, absentUntil: readAt };
}

function observeGroups(
  source: SourceSnapshot,
  links: readonly GroupLink[],
  outages: Outages,
  counting: Counting,
): LinkEntry[] {
  const present = new Set(source.groups.map((group) => group.id));
  const members = countMembers(source, counting);
  const markOf = createCountingMark(source.groups, counting);
  return links.flatMap((link): LinkEntry[] => {
    if (!present.has(link.sourceGroupId)) return [];
    const { countedFor: before, ...rest } = link;
    const countedFor = markOf(link.sourceGroupId);
    const lastMembers = new Map(members.get(link.sourceGroupId) ?? []);
    for (const [federation, count] of Object.entries(link.lastMembers)) {
      const out =
        outages.federations.has(federation) || outages.groups.get(link.sourceGroupId)?.has(federation) === true;
      // What stays remembered was counted in its own way.
      if (out && countedFor !== before) return [];
      if (out) lastMembers.set(federation, count);
    }
    if (isSame(lastMembers, link.lastMembers) && countedFor === before) return [];
    const counted = {
      lastMembers: Object.fromEntries(lastMembers),
      ...(countedFor === undefined ? {} : { countedFor }),
    };
    return [{ kind: 'group', link: { ...rest, ...counted } }];
  });
}

function isSame(counts: ReadonlyMap<string, number>, record: Readonly<Record<string, number>>): boolean {
  return counts.size === Object.keys(record).length && [...counts].every(([key, count]) => record[key] === count);
}
