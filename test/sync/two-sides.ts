import { createOrganization, type Organization } from '../../dev/atlassian/organization';
import { startAtlassian } from '../../dev/atlassian/server';
import { startKeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm, type DoubleRealm } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import { openOrganization } from '../../src/atlassian/organization/open-organization';
import { findAbsent } from '../../src/domain/absence';
import { changeKey, isDeprovision, type Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { defaultSettings, type Scope } from '../../src/domain/connector';
import { DirectoryError, SourceError } from '../../src/domain/errors';
import { accountId, groupId, sourceGroupId, sourceUserId } from '../../src/domain/identity';
import { countMembers } from '../../src/domain/member-counts';
import { describeDispute, findClaims, listAsked } from '../../src/domain/own-groups';
import type { DirectorySnapshot, SourceSnapshot } from '../../src/domain/snapshot';
import { Secret } from '../../src/domain/secret';
import { createHttpClient } from '../../src/http/client';
import type { FetchLike } from '../../src/http/http';
import { openKeycloak } from '../../src/keycloak/source';
import type { Directory, Reading, Source } from '../../src/sync/ports';
import { accountLink, groupLink, links, planInput, settings } from '../domain/model';
import { startBetween, type Disturbed } from '../http/between';
import { openAccess } from '../keycloak/realm-access';

export const ldap = 'ldap-1';
const secret = 'a secret';
const key = 'organization-key';

/** A realm and an organization that agree in everything, so that every removal in a plan is a wrong one. */
export interface TwoSides {
  readonly realm: DoubleRealm;
  readonly organization: Organization;
}

/**
 * 60 people, 20 of them of a federation that imports and 4 of one that does not, two groups each of six; a service account that
 * is a member. Everybody has an account with the same groups.
 */
export function agreeingSides(): TwoSides {
  const realm = doubleRealm(makeRealm({ name: 'staff', users: 60, groups: 6, membershipsPerUser: 2, secret }));
  const people = realm.users.filter((user) => user.serviceAccountClientId === undefined);
  for (const user of people.slice(0, 20)) user.federationLink = ldap;
  const [group] = realm.groups;
  const robot = realm.users.find((user) => user.serviceAccountClientId !== undefined);
  if (group === undefined || robot === undefined) throw new Error('the realm lacks a group or a service account');
  const unimported = ['ann', 'bob', 'cem', 'dee'].map((name) => ({
    id: `f:ldap-2:${name}`,
    username: `zz-${name}`,
    email: `${name}@example.com`,
    enabled: true,
    emailVerified: true,
    createdTimestamp: 0,
  }));
  realm.users.push(...unimported);
  realm.memberships.push(...[robot, ...unimported].map(({ id }) => ({ userId: id, groupId: group.id })));

  const organization = createOrganization({ key, verifiedDomains: ['example.com'] });
  for (const { name } of realm.groups) organization.addGroup({ name });
  for (const user of [...people, ...unimported]) {
    const ids = new Set(realm.memberships.flatMap((each) => (each.userId === user.id ? [each.groupId] : [])));
    const groups = realm.groups.flatMap(({ id, name }) => (ids.has(id) ? [name] : []));
    organization.addAccount({ email: user.email ?? '', groups });
  }
  return { realm, organization };
}

export interface Faults {
  /** Between the reader and Keycloak. */
  readonly keycloak?: readonly Disturbed[];
  /** Between the reader and Atlassian. */
  readonly atlassian?: readonly Disturbed[];
  /** Requests to Keycloak that never get an answer. */
  readonly silent?: RegExp;
  /** Everybody is in scope unless groups are required; then Keycloak is read as a run reads it. */
  readonly scope?: (realm: DoubleRealm) => Scope;
}

export type Ending =
  | { readonly kind: 'stopped'; readonly code: string; readonly told: readonly string[] }
  | {
      readonly kind: 'planned';
      readonly removals: 'allowed' | 'withheld';
      /** What a plan takes away that is approved as a whole, after people were asked for one by one. */
      readonly taken: readonly string[];
      /** How many removals of the plan people's own records keep from being made. */
      readonly disputed: number;
      /** Reasons and notes of the run, of everybody who is not as wished, and of removals that are left out. */
      readonly told: readonly string[];
    };

/** The whole way: reads both sides, proves, plans, and asks for each person; with links for everybody. */
export async function endOf({ realm, organization }: TwoSides, faults: Faults = {}): Promise<Ending> {
  const remembered = rememberLinks({ realm, organization });
  const double = await startKeycloakDouble({ realm });
  const atlassian = await startAtlassian({ organization });
  const keycloakSide = await startBetween(double.url, faults.keycloak ?? []);
  const atlassianSide = await startBetween(atlassian.url, faults.atlassian ?? []);
  const scope = faults.scope?.(realm);
  try {
    const access = openAccess(keycloakSide.origin, impatient(keycloakSide.fetch, faults.silent), {
      settings: { realm: 'staff', clientId: 'user-group-sync' },
      secret,
      pageSize: 25,
      ...(scope === undefined ? {} : { scope }),
    });
    const keycloak = openKeycloak(access);
    const source = await readAll(keycloak);
    const { sleep = () => Promise.resolve() } = access;
    const http = createHttpClient({
      fetch: (url, init) => atlassianSide.fetch(url.replace('https://api.atlassian.com', atlassianSide.origin), init),
      counter: { spend: () => undefined },
      sleep,
      random: () => 0.5,
      now: access.now,
    });
    const ref = { orgId: organization.id, directoryId: organization.directoryId() };
    const parts = { ref, key: new Secret(key), http, budget: access.budget, now: access.now, sleep };
    const directory = await readAll(openOrganization(parts));
    return await plan(keycloak, source, directory, { ...remembered, issuer: source.issuer }, scope);
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof DirectoryError)) throw error;
    return { kind: 'stopped', code: error.code, told: [error.message] };
  } finally {
    await Promise.all([keycloakSide.close(), atlassianSide.close(), double.stop(), atlassian.stop()]);
  }
}

async function plan(
  keycloak: Source,
  source: SourceSnapshot,
  directory: DirectorySnapshot,
  known: ReturnType<typeof links>,
  scope: Scope | undefined,
): Promise<Ending> {
  const input = planInput({
    source,
    directory,
    links: known,
    now: source.readAt,
    settings: settings({ ...(scope && { scope }) }),
  });
  const confirmedAbsent = new Set<ReturnType<typeof sourceUserId>>();
  for (const user of findAbsent(source, known, source.readAt, input.settings.cleanup).toConfirm) {
    if (await keycloak.confirmAbsent(user)) confirmedAbsent.add(user);
  }
  const { changes, removals, notes, people } = computePlan({ ...input, confirmedAbsent });
  const wanted = changes.filter(isDeprovision).filter(isConfirmed);
  const disputes = new Map<string, string>();
  for (const claim of findClaims(wanted, source, input.settings.scope, input.settings.groups.subGroups)) {
    const own: Record<string, readonly string[] | null> = {};
    for (const user of listAsked([claim])) own[user] = (await keycloak.readGroupsOf(user)) ?? null;
    const why = describeDispute(claim, own);
    if (why !== undefined) disputes.set(claim.key, why);
  }
  const odd = people.filter(({ operation }) => operation === 'held-back' || operation === 'waiting');
  return {
    kind: 'planned',
    removals: removals.kind,
    taken: wanted.map(changeKey).filter((each) => !disputes.has(each)),
    disputed: disputes.size,
    told: [
      ...(removals.kind === 'withheld' ? removals.reasons : []),
      ...notes,
      ...odd.map(({ reason }) => reason),
      ...disputes.values(),
    ],
  };
}

const isConfirmed = (change: Change): boolean => !('evidence' in change) || change.evidence !== 'unconfirmed';

/** Links for all people and groups of the realm as it is now, seen enabled and with their members. */
function rememberLinks({ realm, organization }: TwoSides): ReturnType<typeof links> {
  const people = realm.users.filter((user) => user.serviceAccountClientId === undefined);
  const groupsOf = Map.groupBy(realm.memberships, ({ userId }) => userId);
  const users = people.map((user) => ({
    id: sourceUserId(user.id),
    username: user.username,
    emailVerified: true,
    enabled: true,
    ...(user.federationLink === undefined ? {} : { federationLink: user.federationLink }),
    groupIds: (groupsOf.get(user.id) ?? []).map((each) => sourceGroupId(each.groupId)),
  }));
  const members = countMembers({ users, groups: [] }, defaultSettings);
  return links(
    users.map(({ id, username, federationLink }, index) => {
      const email = people[index]?.email ?? '';
      const lastSeen = { enabled: true, ...(federationLink === undefined ? {} : { federationLink }) };
      const account = accountId(organization.account(email)?.id ?? '');
      return { ...accountLink(username), sourceUserId: id, accountId: account, email, lastSeen };
    }),
    realm.groups.map(({ id, name }) => {
      const sourceId = sourceGroupId(id);
      const lastMembers = Object.fromEntries(members.get(sourceId) ?? []);
      const group = groupId(organization.group(name)?.id ?? '');
      return { ...groupLink(name), sourceGroupId: sourceId, groupId: group, lastMembers };
    }),
  );
}

async function readAll(side: Source): Promise<SourceSnapshot>;
async function readAll(side: Directory): Promise<DirectorySnapshot>;
async function readAll(side: Source | Directory): Promise<SourceSnapshot | DirectorySnapshot> {
  let reading: Reading<SourceSnapshot> | Reading<DirectorySnapshot> | undefined;
  // An interrupted reading goes on where it was; one that never comes further ends in an error of the side itself.
  for (let invocation = 0; invocation < 9; invocation += 1) {
    const { kind, state } = { kind: 'none', state: undefined, ...reading };
    reading = await side.read(kind === 'reading' ? { kind: 'reading', state, progress: nothingYet } : undefined, () =>
      Promise.resolve(),
    );
    if (reading.kind === 'read') return reading.snapshot;
  }
  throw new Error('the reading did not come to its end');
}

const nothingYet = { what: 'nothing', done: 0 };

/** Gives up on answers that never come sooner than the reader would; what then happens is the same. */
function impatient(fetch: FetchLike, silent: RegExp | undefined): FetchLike {
  return (url, init) => {
    const never = silent !== undefined && silent.test(url);
    return fetch(url, never ? { ...init, signal: AbortSignal.timeout(100) } : init);
  };
}
