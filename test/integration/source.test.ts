import { makeRealm } from '../../dev/keycloak/realms';
import type { SharedKeycloak } from '../../dev/keycloak/shared-server';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { sourceUserId } from '../../src/domain/identity';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { openKeycloak } from '../../src/keycloak/source';
import type { Reading } from '../../src/sync/ports';
import type { AccessWishes } from '../keycloak/realm-access';
import { openAccess } from '../keycloak/realm-access';
import { mapFetch, mixedRealm, secret, snapshotOf } from './real-realm';

const realm = mixedRealm('source');
const expected = (server: SharedKeycloak) => snapshotOf(realm, server.publicUrl);
// A busy machine is no fault of the source.
jest.setTimeout(5 * 60_000);

let server: SharedKeycloak;

beforeAll(async () => {
  server = sharedKeycloak();
  await server.admin.createRealm(realm);
});

afterAll(async () => {
  await server.admin.deleteRealm('source');
});

async function readWhole(wishes: AccessWishes = {}) {
  const { fetch, seen } = mapFetch(server);
  let reading: Reading<SourceSnapshot> | undefined;
  for (let invocations = 1; invocations < 200; invocations += 1) {
    const access = openAccess(server.publicUrl, fetch, {
      secret,
      pageSize: 1_000,
      ...wishes,
      settings: { realm: 'source', ...wishes.settings },
    });
    reading = await openKeycloak(access).read(reading, async () => undefined);
    if (reading.kind === 'read') return { snapshot: reading.snapshot, seen, invocations };
    // What is stored between two invocations is text; the cast says what `JSON.parse` cannot.
    reading = JSON.parse(JSON.stringify(reading)) as Reading<SourceSnapshot>;
  }
  throw new Error('the reading does not come to an end');
}

describe('the snapshot of a real realm', () => {
  it.each<[string, AccessWishes]>([
    ['in one page', {}],
    ['in pages of seven', { pageSize: 7 }],
    ['in pages that the list of users fills exactly', { pageSize: 21 }],
    ['typed with /auth', { settings: { url: 'https://keycloak.example.test/auth' } }],
    [
      'typed with the path of the console',
      { settings: { url: 'https://keycloak.example.test/admin/source/console/' } },
    ],
  ])('%s', async (_name, wishes) => {
    const { snapshot } = await readWhole(wishes);
    expect(snapshot).toEqual(expected(server));
  });

  it('over several invocations', async () => {
    const { snapshot, invocations } = await readWhole({ calls: 22, pageSize: 7 });
    expect([snapshot, invocations > 3]).toEqual([expected(server), true]);
  });

  it('in the least number of requests', async () => {
    const { seen } = await readWhole();
    // Discovery, token, four counts, a page of users and the one past the end, a page of groups, one request a group.
    expect(seen.length).toBe(2 + 4 + 2 + 1 + expected(server).groups.length);
  });

  it('with tokens that live for a second', async () => {
    await server.admin.setTokenLifetime('source', 'manage', 1);
    const { snapshot } = await readWhole({ settings: { clientId: 'manage' }, pageSize: 7, now: Date.now });
    expect(snapshot).toEqual({ ...expected(server), readAt: expect.any(Number) as number });
  });

  it('of fewer people than groups, by the groups of each person', async () => {
    const small = makeRealm({
      name: 'small',
      users: 4,
      groups: 9,
      membershipsPerUser: 4,
      clients: [{ clientId: 'sync', secret }],
    });
    await server.admin.createRealm(small);
    try {
      const { snapshot, seen } = await readWhole({ settings: { realm: 'small' } });
      expect(snapshot).toEqual(snapshotOf(small, server.publicUrl));
      expect(seen.length).toBe(2 + 4 + 2 + 1 + 4);
    } finally {
      await server.admin.deleteRealm('small');
    }
  });

  it('through a walk of the tree, where the one query does not bring all groups', async () => {
    const { fetch } = mapFetch(server);
    // An older or newer server may understand the search otherwise; then it shows the top level alone.
    const topOnly: typeof fetch = (url, init) => fetch(url.replace('search=%20&populateHierarchy=false&', ''), init);
    const access = openAccess(server.publicUrl, topOnly, { secret, pageSize: 3, settings: { realm: 'source' } });
    const reading = await openKeycloak(access).read(undefined, async () => undefined);
    expect(reading).toEqual({ kind: 'read', snapshot: expected(server) });
  });
});

it('a deleted person is confirmed as absent, a disabled one is not', async () => {
  const deleted = await server.admin.createUser('source', { username: 'leaver', enabled: true });
  const disabled = realm.users.find(({ username }) => username === 'dora')?.id ?? '';
  await server.admin.deleteUser('source', deleted);
  const { fetch } = mapFetch(server);
  const source = openKeycloak(openAccess(server.publicUrl, fetch, { secret, settings: { realm: 'source' } }));
  expect([
    await source.confirmAbsent(sourceUserId(deleted)),
    await source.confirmAbsent(sourceUserId(disabled)),
  ]).toEqual([true, false]);
});
