import { idOf } from '../random';
import type { GroupRepresentation, RealmRepresentation, UserRepresentation } from '../representation';

// What the double knows. Everything may be changed while it runs; the next answer shows it.

export interface DoubleUser {
  readonly id: string;
  username: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  enabled: boolean;
  emailVerified: boolean;
  readonly createdTimestamp: number;
  /** The id of the LDAP provider that this person comes from. */
  federationLink?: string;
  attributes?: Readonly<Record<string, readonly string[]>>;
  readonly serviceAccountClientId?: string;
}

export interface DoubleGroup {
  readonly id: string;
  name: string;
  parentId?: string;
}

export interface DoubleClient {
  readonly clientId: string;
  secret: string;
  enabled: boolean;
  publicClient: boolean;
  serviceAccounts: boolean;
  fullScope: boolean;
  /** Roles of `realm-management`; for a client of the master realm its roles in every realm. */
  roles: readonly string[];
}

export interface Membership {
  readonly userId: string;
  readonly groupId: string;
}

export interface DoubleRealm {
  readonly name: string;
  users: DoubleUser[];
  groups: DoubleGroup[];
  memberships: Membership[];
  clients: DoubleClient[];
  /** Attributes that the user profile declares; new servers show no others. */
  declaredAttributes: readonly string[];
  /** Those of them that are declared for several values. */
  multivaluedAttributes: readonly string[];
  adminEventsEnabled: boolean;
}

// Import gives each user the time of the import; a fixed one keeps answers the same.
const created = Date.UTC(2026, 0, 5);

function flatten(realm: string, groups: readonly GroupRepresentation[], parent?: DoubleGroup): [string, DoubleGroup][] {
  return groups.flatMap((group) => {
    const id = group.id ?? idOf(`${realm}/group/${parent?.id ?? ''}/${group.name}`);
    const row: DoubleGroup = { id, name: group.name, ...(parent && { parentId: parent.id }) };
    const below = flatten(realm, group.subGroups ?? [], row);
    return [
      [`/${group.name}`, row] as [string, DoubleGroup],
      ...below.map(([path, child]) => under(group.name, path, child)),
    ];
  });
}

function under(name: string, path: string, group: DoubleGroup): [string, DoubleGroup] {
  return [`/${name}${path}`, group];
}

function userOf(realm: string, user: UserRepresentation): DoubleUser {
  const username = user.username.toLowerCase();
  return {
    id: user.id ?? idOf(`${realm}/user/${username}`),
    username,
    // Keycloak keeps e-mails and user names in lower case.
    ...(user.email !== undefined && { email: user.email.toLowerCase() }),
    ...(user.firstName !== undefined && { firstName: user.firstName }),
    ...(user.lastName !== undefined && { lastName: user.lastName }),
    ...(user.attributes !== undefined && { attributes: user.attributes }),
    ...(user.serviceAccountClientId !== undefined && { serviceAccountClientId: user.serviceAccountClientId }),
    enabled: user.enabled,
    emailVerified: user.emailVerified ?? false,
    createdTimestamp: created,
  };
}

/** The double's state for a realm as the real server would import it. Throws for a membership of an unknown path. */
export function doubleRealm(representation: RealmRepresentation): DoubleRealm {
  const name = representation.realm;
  const byPath = new Map(flatten(name, representation.groups));
  const users = representation.users.map((user) => userOf(name, user));
  const memberships = representation.users.flatMap((user, index) =>
    (user.groups ?? []).map((path): Membership => {
      const groupId = byPath.get(path)?.id;
      const userId = users[index]?.id;
      if (groupId === undefined || userId === undefined) throw new Error(`No group has the path ${path}.`);
      return { userId, groupId };
    }),
  );
  const clients = representation.clients.map((client): DoubleClient => {
    const account = representation.users.find((user) => user.serviceAccountClientId === client.clientId);
    return {
      clientId: client.clientId,
      secret: client.secret ?? '',
      enabled: client.enabled,
      publicClient: client.publicClient ?? false,
      serviceAccounts: client.serviceAccountsEnabled ?? false,
      fullScope: client.fullScopeAllowed ?? true,
      roles: account?.clientRoles?.['realm-management'] ?? [],
    };
  });
  return {
    name,
    users,
    groups: [...byPath.values()],
    memberships,
    clients,
    declaredAttributes: [],
    multivaluedAttributes: [],
    adminEventsEnabled: false,
  };
}

/** Turns everybody of a federation disabled, as a stopped LDAP server or a disabled provider does. */
export function disableFederation(realm: DoubleRealm, link: string): void {
  for (const user of realm.users) if (user.federationLink === link) user.enabled = false;
}

/** Removes everybody of a federation, as a removed provider or an empty base DN does. */
export function removeFederation(realm: DoubleRealm, link: string): void {
  const gone = new Set(realm.users.filter((user) => user.federationLink === link).map((user) => user.id));
  realm.users = realm.users.filter((user) => !gone.has(user.id));
  realm.memberships = realm.memberships.filter((membership) => !gone.has(membership.userId));
}

/** Removes one user with all memberships. */
export function removeUser(realm: DoubleRealm, userId: string): void {
  realm.users = realm.users.filter((user) => user.id !== userId);
  realm.memberships = realm.memberships.filter((membership) => membership.userId !== userId);
}

/** Removes a group, those below it, and their memberships. */
export function removeGroup(realm: DoubleRealm, groupId: string): void {
  for (const child of realm.groups.filter((group) => group.parentId === groupId)) removeGroup(realm, child.id);
  realm.groups = realm.groups.filter((group) => group.id !== groupId);
  realm.memberships = realm.memberships.filter((membership) => membership.groupId !== groupId);
}
