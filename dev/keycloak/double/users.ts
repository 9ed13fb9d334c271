import type { Generation } from './generation';
import { compareTexts, flagOf, integerOf, pageOf } from './query';
import type { DoubleRealm, DoubleUser } from './realm';

const defaultPage = 100;
const criteria = ['username', 'email', 'firstName', 'lastName', 'enabled', 'emailVerified', 'exact', 'q'] as const;

type Row = Readonly<Record<string, unknown>>;

function shownAttributes(realm: DoubleRealm, user: DoubleUser, generation: Generation): Row {
  const shown = Object.entries(user.attributes ?? {}).filter(
    ([name]) => generation.showsUndeclaredAttributes || realm.declaredAttributes.includes(name),
  );
  return shown.length === 0 ? {} : { attributes: Object.fromEntries(shown) };
}

/** One user as Keycloak writes it: absent e-mail and names are left out, not null. */
export function userRow(realm: DoubleRealm, user: DoubleUser, brief: boolean, generation: Generation): Row {
  const { id, username, firstName, lastName, email, emailVerified, enabled, createdTimestamp, federationLink } = user;
  return {
    id,
    username,
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
    emailVerified,
    ...(brief ? {} : shownAttributes(realm, user, generation)),
    enabled,
    createdTimestamp,
    ...(federationLink !== undefined && { federationLink }),
    ...(brief ? {} : { totp: false, disableableCredentialTypes: [], requiredActions: [], notBefore: 0 }),
  };
}

function matchesSearch(user: DoubleUser, search: string): boolean {
  const texts = [user.username, user.email, user.firstName, user.lastName].map((text) => text?.toLowerCase() ?? '');
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => {
      if (word.startsWith('"')) return texts.includes(word.replaceAll('"', ''));
      if (word.startsWith('*')) return texts.some((text) => text.includes(word.replaceAll('*', '')));
      return texts.some((text) => text.startsWith(word.replaceAll('*', '')));
    });
}

function matchesField(wanted: string | null, actual: string | undefined, exact: boolean): boolean {
  if (wanted === null) return true;
  const text = actual?.toLowerCase() ?? '';
  return exact ? text === wanted.toLowerCase() : text.includes(wanted.toLowerCase());
}

/** The users that a query finds, in Keycloak's order. Any filter but `search` brings service accounts in. */
function findUsers(realm: DoubleRealm, query: URLSearchParams): DoubleUser[] {
  const search = query.get('search');
  const filtered = search === null && criteria.some((name) => query.has(name));
  const exact = flagOf(query, 'exact', false);
  const found = realm.users.filter((user) => {
    if (!filtered && user.serviceAccountClientId !== undefined) return false;
    if (search !== null) return matchesSearch(user, search.trim());
    return (
      matchesField(query.get('username'), user.username, exact) &&
      matchesField(query.get('email'), user.email, exact) &&
      matchesField(query.get('firstName'), user.firstName, exact) &&
      matchesField(query.get('lastName'), user.lastName, exact) &&
      user.enabled === flagOf(query, 'enabled', user.enabled) &&
      user.emailVerified === flagOf(query, 'emailVerified', user.emailVerified)
    );
  });
  return found.sort((one, other) => compareTexts(one.username, other.username));
}

/** What a caller may do with a user, as a single read tells it. */
export function accessRow(manages: boolean, generation: Generation): Row {
  return {
    manageGroupMembership: manages,
    ...(generation.fullAccessInLists ? {} : { resetPassword: manages }),
    view: true,
    mapRoles: manages,
    impersonate: false,
    manage: manages,
  };
}

export function listUsers(realm: DoubleRealm, query: URLSearchParams, manages: boolean, generation: Generation): Row[] {
  const brief = flagOf(query, 'briefRepresentation', false);
  const page = pageOf(findUsers(realm, query), query, defaultPage);
  const access = generation.fullAccessInLists ? accessRow(manages, generation) : { manage: manages };
  return page.map((user) => ({ ...userRow(realm, user, brief, generation), access }));
}

/** The user profile as an administrator may view it: standard attributes, then those that the realm declares. */
export function describeProfile(realm: DoubleRealm): Row {
  const standard = ['username', 'email', 'firstName', 'lastName'];
  const attributes = [...standard, ...realm.declaredAttributes].map((name) => ({
    name,
    displayName: standard.includes(name) ? '${' + name + '}' : name,
    required: name === 'username',
    readOnly: false,
    validators: {},
    multivalued: realm.multivaluedAttributes.includes(name),
  }));
  return { attributes, groups: [] };
}

/** The count sees local people only: those of a federation without import (ids `f:...`) are in no count. */
export function countUsers(realm: DoubleRealm, query: URLSearchParams): number {
  return findUsers(realm, query).filter((user) => !user.id.startsWith('f:')).length;
}

/** Direct members, service accounts included, without `access`. */
export function listMembers(
  realm: DoubleRealm,
  groupId: string,
  query: URLSearchParams,
  generation: Generation,
): Row[] {
  integerOf(query, 'first');
  const brief = flagOf(query, 'briefRepresentation', false);
  const ids = new Set(realm.memberships.filter((row) => row.groupId === groupId).map((row) => row.userId));
  const members = realm.users.filter((user) => ids.has(user.id));
  const sorted = members.sort((one, other) => compareTexts(one.username, other.username));
  return pageOf(sorted, query, defaultPage).map((user) => userRow(realm, user, brief, generation));
}
