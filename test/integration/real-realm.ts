import type { ClientOptions } from '../../dev/keycloak/clients';
import { idOf } from '../../dev/keycloak/random';
import { makeRealm } from '../../dev/keycloak/realms';
import type { GroupRepresentation, RealmRepresentation } from '../../dev/keycloak/representation';
import type { FetchLike } from '../../src/http/http';

export const secret = 'pa:ss %+&';

/** One client for each outcome of a connection test; the first is as the setup guide wants it, and a member of a group. */
const clients: readonly ClientOptions[] = [
  { clientId: 'sync', secret, groups: ['/Group 0001'] },
  { clientId: 'manage', secret, access: 'manage-users' },
  { clientId: 'query', secret, access: 'query-only' },
  { clientId: 'none', secret, access: 'none' },
  { clientId: 'no-scope', secret, fullScope: false },
  { clientId: 'no-accounts', secret, serviceAccounts: false },
];

/** 63 people and 15 groups on three levels: slashes and equal names among the groups, and people with less than most have. */
export function mixedRealm(name: string): RealmRepresentation {
  const made = makeRealm({ name, users: 60, groups: 11, membershipsPerUser: 3, twins: true, clients });
  const person = (username: string) => ({ id: idOf(`${name}/user/${username}`), username, enabled: true });
  return {
    ...made,
    groups: [
      ...made.groups,
      {
        id: idOf(`${name}/labs`),
        name: 'R&D / Labs',
        subGroups: [{ id: idOf(`${name}/tests`), name: 'A/B tests', subGroups: [] }],
      },
    ],
    users: [
      ...made.users,
      { ...person('dora'), enabled: false, firstName: 'Dora' },
      {
        ...person('mixed'),
        email: 'MiXeD@Example.com',
        emailVerified: true,
        groups: ['/Group 0001', '/R&D / Labs/A/B tests'],
      },
      { ...person('zoë'), email: 'zoe@elsewhere.example', lastName: 'Ågren', emailVerified: false, groups: [] },
    ],
  };
}

/** The snapshot that a realm file promises, in the source's order. */
export function snapshotOf(realm: RealmRepresentation, publicUrl: string) {
  const groups = realm.groups.flatMap((group) => groupsBelow(group)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const users = realm.users
    .filter(({ serviceAccountClientId }) => serviceAccountClientId === undefined)
    .sort((a, b) => (a.username < b.username ? -1 : 1))
    .map((user) => ({
      id: user.id,
      username: user.username,
      ...(user.email === undefined ? {} : { email: user.email.toLowerCase() }),
      emailVerified: user.emailVerified ?? false,
      ...(user.firstName === undefined ? {} : { firstName: user.firstName }),
      ...(user.lastName === undefined ? {} : { lastName: user.lastName }),
      enabled: user.enabled,
      groupIds: groups.filter(({ path }) => user.groups?.includes(path) === true).map(({ id }) => id),
    }));
  return {
    issuer: `${publicUrl}/realms/${realm.realm}`,
    readAt: 1_000_000,
    users,
    groups,
    memberships: 'all',
    removals: { kind: 'allowed' },
  };
}

interface PlacedGroup {
  readonly id: string | undefined;
  readonly name: string;
  readonly path: string;
  readonly parentId?: string | undefined;
}

function groupsBelow(group: GroupRepresentation, parent?: PlacedGroup): PlacedGroup[] {
  const placed = {
    id: group.id,
    name: group.name,
    path: `${parent?.path ?? ''}/${group.name}`,
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return [placed, ...(group.subGroups ?? []).flatMap((child) => groupsBelow(child, placed))];
}

/** Node's fetch with the server's public address mapped to the local one, and what was asked for. */
export function mapFetch(server: { readonly url: string; readonly publicUrl: string }) {
  const seen: string[] = [];
  const mapped: FetchLike = (url, init) => {
    seen.push(url);
    return fetch(url.replace(server.publicUrl, server.url), init);
  };
  return { fetch: mapped, seen };
}
