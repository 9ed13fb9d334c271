import type { ProbeAccess } from '../../src/keycloak/probes';
import { probeKeycloak } from '../../src/keycloak/probes';
import type { AccessWishes } from './realm-access';
import { openAccess } from './realm-access';
import type { Interference, RealmOptions, RealmServer, RealmState } from './realm-server';
import { startRealm } from './realm-server';
import { smallRealm } from './small-realm';

let server: RealmServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function realm(options: RealmOptions = {}, state: RealmState = smallRealm()): Promise<RealmServer> {
  server = await startRealm(state, options);
  return server;
}

/** What did not pass, by id, with its state; and the address that was found. */
async function probe(acme: RealmServer, wishes: AccessWishes = {}, more: Pick<ProbeAccess, 'canFetch'> = {}) {
  const { probes, baseUrl } = await probeKeycloak({ ...openAccess(acme.origin, acme.fetch, wishes), ...more });
  const others = probes.filter(({ state }) => state !== 'passed');
  return { ...Object.fromEntries(others.map(({ id, state }) => [id, state])), baseUrl };
}

const afterClient = {
  'admin-api': 'skipped',
  users: 'skipped',
  'user-count': 'skipped',
  groups: 'skipped',
  'group-count': 'skipped',
  members: 'skipped',
  rights: 'skipped',
};
const afterRealm = { client: 'skipped', ...afterClient };
const here = { baseUrl: 'https://server.example.test' };
const noUser = { users: 'failed', 'user-count': 'skipped', rights: 'skipped' };
const noGroup = { groups: 'failed', 'group-count': 'skipped', members: 'skipped' };
const never: Interference = () => false;
const all =
  (status: number, headers: Record<string, string> = {}): Interference =>
  (_path, response) => {
    response.writeHead(status, headers).end();
    return true;
  };

describe('what a connection test says', () => {
  it.each<[string, RealmOptions, AccessWishes, Interference, unknown]>([
    ['fine', {}, {}, never, here],
    ['fine under /auth', { prefix: '/auth' }, {}, never, { baseUrl: 'https://server.example.test/auth' }],
    [
      'the address is not approved',
      {},
      {},
      all(403, { 'forge-proxy-error': 'X' }),
      { address: 'failed', reachable: 'skipped', tls: 'skipped', realm: 'skipped', ...afterRealm },
    ],
    [
      'the address is no public one',
      {},
      { settings: { url: 'https://10.0.0.1' } },
      never,
      { address: 'failed', reachable: 'skipped', tls: 'skipped', realm: 'skipped', ...afterRealm },
    ],
    ['the server is down', {}, {}, all(503), { reachable: 'failed', tls: 'skipped', realm: 'skipped', ...afterRealm }],
    [
      'there is no Keycloak',
      {},
      {},
      all(404),
      { reachable: 'failed', tls: 'skipped', realm: 'skipped', ...afterRealm },
    ],
    ['a wrong realm', {}, { settings: { realm: 'Acme' } }, never, { realm: 'failed', ...afterRealm }],
    ['a wrong secret', {}, { secret: 'guess' }, never, { client: 'failed', ...afterClient, ...here }],
    [
      'service accounts off',
      {},
      { settings: { clientId: 'no-service-account' } },
      never,
      { client: 'failed', ...afterClient, ...here },
    ],
    [
      'the admin API is elsewhere',
      { adminHost: 'elsewhere' },
      {},
      never,
      { ...afterClient, 'admin-api': 'failed', ...here },
    ],
    ['no role', { roles: 'none' }, {}, never, { ...noUser, ...noGroup, ...here }],
    ['roles to query alone', { roles: 'query' }, {}, never, { ...noUser, ...noGroup, ...here }],
    [
      'the same where hidden people are counted 0',
      { roles: 'query', hiddenCountIsZero: true },
      {},
      never,
      { ...noUser, ...noGroup, ...here },
    ],
    ['the client may write', { manages: true }, {}, never, { rights: 'warning', ...here }],
  ])('%s', async (_name, options, wishes, interfere, expected) => {
    const acme = await realm(options);
    acme.interfere = interfere;
    expect(await probe(acme, wishes)).toEqual(expected);
  });

  it('a certificate that nobody trusts', async () => {
    const acme = await realm();
    const broken = {
      ...acme,
      fetch: async () => Promise.reject(Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })),
    };
    expect(await probe(broken)).toEqual({ tls: 'failed', realm: 'skipped', ...afterRealm });
  });

  it('a host that cannot be reached and that the platform does not let through', async () => {
    const acme = await realm();
    const broken = { ...acme, fetch: async () => Promise.reject(new Error('fetch failed')) };
    const afterAddress = { reachable: 'skipped', tls: 'skipped', realm: 'skipped', ...afterRealm };
    expect([
      await probe(broken, {}, { canFetch: () => false }),
      await probe(broken, {}, { canFetch: () => true }),
    ]).toEqual([
      { address: 'failed', ...afterAddress },
      { ...afterAddress, reachable: 'failed' },
    ]);
  });

  it('the platform knows nothing of the host, and it answers all the same', async () => {
    expect(await probe(await realm(), {}, { canFetch: () => false })).toEqual(here);
  });

  it('a realm without groups is a warning, one without people a failure', async () => {
    const { users } = smallRealm();
    const none = { members: 'skipped', groups: 'warning', ...here };
    expect(await probe(await realm({}, { users, groups: [], members: {} }))).toEqual(none);
    await server?.close();
    expect(await probe(await realm({}, { users: [], groups: [], members: {} }))).toEqual({ ...none, ...noUser });
  });

  it('names the titles in their order, with the counts, in at most twelve requests', async () => {
    const acme = await realm({ prefix: '/auth' });
    const { probes } = await probeKeycloak(openAccess(acme.origin, acme.fetch));
    expect([probes.map(({ title, message }) => `${title}: ${message}`), acme.seen.length <= 12]).toEqual([
      [
        'Address allowed: Atlassian lets the app call server.example.test.',
        'Reachable: Keycloak answers at https://server.example.test/auth.',
        'TLS certificate: The certificate is trusted.',
        'Realm found: Realm "acme" exists.',
        'Client accepted: Keycloak accepts the client "sync".',
        'Admin API reachable: The admin API answers.',
        'Users readable: Users can be read.',
        'User count: 25 users.',
        'Groups readable: Groups can be read.',
        'Group count: 4 groups.',
        'Members readable: Members can be read.',
        'No more rights than needed: The client can only read.',
      ],
      true,
    ]);
  });
});
