import { makeRealm, sampleClientId } from '../../dev/keycloak/realms';
import { sampleRealm } from '../../dev/keycloak/sample';
import { startKeycloak } from '../../dev/keycloak/server';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { askAs, askToken } from '../dev/keycloak/ask';

const server = sharedKeycloak();
const { admin } = server;
const startPatience = 10 * 60_000;
jest.setTimeout(120_000);

async function read(
  realm: string,
  path: string,
  clientId = sampleClientId,
  secret = 'sample-secret',
): Promise<unknown> {
  return (await askAs(server.url, realm, clientId, secret, `${realm}/${path}`)).json;
}

async function statusOf(realm: string, path: string, secret = 'sample-secret'): Promise<number> {
  return (await askAs(server.url, realm, sampleClientId, secret, `${realm}/${path}`)).status;
}

describe('a generated realm on the real server', () => {
  const name = 'generated';
  const options = { name, users: 120, groups: 30, membershipsPerUser: 4, seed: 3 };
  const realm = makeRealm(options);
  beforeAll(() => admin.createRealm(realm));
  afterAll(() => admin.deleteRealm(name));

  it('holds its users and groups, seen with view-users alone', async () => {
    expect([await read(name, 'users/count'), await read(name, 'groups/count')]).toEqual([120, { count: 30 }]);
  });

  it('keeps the ids of users and the paths of their groups', async () => {
    for (const user of realm.users.slice(0, 5)) {
      const groups = await read(name, `users/${user.id ?? ''}/groups`);
      const paths = Array.isArray(groups) ? groups.map((group: { readonly path: string }) => group.path) : [];
      expect(paths.sort()).toEqual([...(user.groups ?? [])].sort());
    }
  });

  it('is issued under the public address although it is reached locally', async () => {
    const form = { grant_type: 'client_credentials', client_id: sampleClientId, client_secret: 'sample-secret' };
    const { json } = await askToken(server.url, name, form);
    const [, payload = ''] = String(Object.entries(Object(json) as object)[0]?.[1]).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: `${server.publicUrl}/realms/${name}`,
    });
  });
});

describe('the sample realm on the real server', () => {
  const name = 'sampled';
  const realm = sampleRealm('sample-secret', name);
  beforeAll(() => admin.createRealm(realm));
  afterAll(() => admin.deleteRealm(name));

  it('holds its 200 people and 25 groups', async () => {
    expect([await read(name, 'users/count'), await read(name, 'groups/count')]).toEqual([200, { count: 25 }]);
  });

  it('has every membership, in groups with slashes and accents too', async () => {
    const wanted = realm.users.flatMap((user) => (user.groups ?? []).map((path) => `${path} ${user.username}`));
    const rows = await read(name, 'groups?search=%20&populateHierarchy=false&max=500');
    // Before 23 the rows are nested.
    const flat = (list: unknown): { readonly id: string; readonly path: string }[] =>
      Array.isArray(list)
        ? list.flatMap((row: { id: string; path: string; subGroups?: unknown }) => [row, ...flat(row.subGroups)])
        : [];
    const found: string[] = [];
    for (const { id, path } of flat(rows)) {
      const members = await read(name, `groups/${id}/members?max=500&briefRepresentation=true`);
      if (Array.isArray(members)) found.push(...members.map((row: { username: string }) => `${path} ${row.username}`));
    }
    expect(found.sort()).toEqual(wanted.sort());
  });
});

describe('the administrator of the real server', () => {
  const name = 'administered';
  const clients = [{ clientId: sampleClientId, secret: 'sample-secret' }];
  beforeAll(() =>
    admin.createRealm(makeRealm({ name, users: 2, groups: 2, membershipsPerUser: 0, topGroups: 2, clients })),
  );
  afterAll(() => admin.deleteRealm(name));

  it('makes, changes and removes a user', async () => {
    const ann = await admin.createUser(name, {
      username: 'ann',
      email: 'ann@example.com',
      firstName: 'Ann',
      enabled: true,
    });
    expect(await admin.findUser(name, 'ann')).toBe(ann);
    await admin.updateUser(name, ann, { enabled: false, email: 'lee@example.com', lastName: 'Lee' });
    expect(await read(name, `users/${ann}`)).toMatchObject({
      enabled: false,
      email: 'lee@example.com',
      firstName: 'Ann',
      lastName: 'Lee',
    });
    await admin.updateUser(name, ann, { email: null });
    expect(await read(name, `users/${ann}`)).not.toHaveProperty('email');
    await admin.deleteUser(name, ann);
    expect(await statusOf(name, `users/${ann}`)).toBe(404);
    expect(await admin.findUser(name, 'ann')).toBeUndefined();
  });

  it('makes, renames, moves and removes groups, and lets users join and leave', async () => {
    const user = await admin.createUser(name, { username: 'bob', enabled: true });
    const top = await admin.createGroup(name, 'Top');
    const below = await admin.createGroup(name, 'Below', top);
    await admin.joinGroup(name, user, below);
    expect(await read(name, `users/${user}/groups`)).toMatchObject([{ id: below, path: '/Top/Below' }]);
    await admin.renameGroup(name, top, 'Renamed');
    expect(await read(name, `users/${user}/groups`)).toMatchObject([{ id: below, path: '/Renamed/Below' }]);
    await admin.moveGroup(name, below);
    expect(await read(name, `users/${user}/groups`)).toMatchObject([{ id: below, path: '/Below' }]);
    await admin.moveGroup(name, below, top);
    expect(await read(name, `users/${user}/groups`)).toMatchObject([{ id: below, path: '/Renamed/Below' }]);
    await admin.leaveGroup(name, user, below);
    expect(await read(name, `users/${user}/groups`)).toEqual([]);
    await admin.deleteGroup(name, top);
    expect(await statusOf(name, `groups/${below}`)).toBe(404);
  });

  it('changes what a client may do', async () => {
    expect(await statusOf(name, 'users')).toBe(200);
    await admin.setFullScope(name, sampleClientId, false);
    expect(await statusOf(name, 'users')).toBe(403);
    await admin.setFullScope(name, sampleClientId, true);
    await admin.removeServiceAccountRoles(name, sampleClientId, ['view-users']);
    expect(await statusOf(name, 'users')).toBe(403);
    await admin.addServiceAccountRoles(name, sampleClientId, ['query-users']);
    expect(await read(name, 'users')).toEqual([]);
    await admin.addServiceAccountRoles(name, sampleClientId, ['view-users']);
    expect(await read(name, 'users')).not.toEqual([]);
  });

  it("changes a client's secret, the lifetime of its tokens and whether it has a service account", async () => {
    const ask = (secret: string) =>
      askToken(server.url, name, {
        grant_type: 'client_credentials',
        client_id: sampleClientId,
        client_secret: secret,
      });
    await admin.setClientSecret(name, sampleClientId, 'other-secret');
    expect((await ask('sample-secret')).status).toBe(401);
    await admin.setTokenLifetime(name, sampleClientId, 7);
    expect((await ask('other-secret')).json).toMatchObject({ expires_in: 7 });
    await admin.setServiceAccounts(name, sampleClientId, false);
    expect([400, 401]).toContain((await ask('other-secret')).status);
    await admin.setServiceAccounts(name, sampleClientId, true);
    await admin.setClientSecret(name, sampleClientId, 'sample-secret');
    expect((await ask('sample-secret')).status).toBe(200);
  });

  it('says what Keycloak answers when it is refused', async () => {
    await expect(admin.deleteRealm('nowhere')).rejects.toThrow(/^DELETE \/nowhere answers 404: .*Realm not found/);
  });
});

it(
  'another server beside the shared one has an address and data of its own, and ends without a trace',
  async () => {
    const other = await startKeycloak({ version: server.version, hostname: 'https://other.example.test' });
    try {
      const answer = await fetch(`${other.url}/realms/master/.well-known/openid-configuration`);
      expect(await answer.json()).toMatchObject({ issuer: 'https://other.example.test/realms/master' });
      const realms = await other.admin.request('GET', '');
      expect(realms).toMatchObject([{ realm: 'master' }]);
    } finally {
      await other.stop();
    }
    expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
    await expect(fetch(other.url)).rejects.toThrow();
  },
  startPatience,
);
