import type { SharedKeycloak } from '../../dev/keycloak/shared-server';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { openKeycloak } from '../../src/keycloak/source';
import { probeKeycloak } from '../../src/keycloak/probes';
import type { AccessWishes } from '../keycloak/realm-access';
import { openAccess } from '../keycloak/realm-access';
import { mapFetch, mixedRealm, secret } from './real-realm';

// A busy machine is no fault of the source.
jest.setTimeout(5 * 60_000);

let server: SharedKeycloak;

beforeAll(async () => {
  server = sharedKeycloak();
  await server.admin.createRealm(mixedRealm('probes'));
});

afterAll(async () => {
  await server.admin.deleteRealm('probes');
});

function access(wishes: AccessWishes) {
  const { fetch, seen } = mapFetch(server);
  const settings = { realm: 'probes', ...wishes.settings };
  return { ...openAccess(server.publicUrl, fetch, { secret, ...wishes, settings }), seen };
}

const noUser = { users: 'failed', 'user-count': 'skipped', rights: 'skipped' };
const noGroup = { groups: 'failed', 'group-count': 'skipped', members: 'skipped' };
const afterClient = { ...noUser, users: 'skipped', ...noGroup, groups: 'skipped', 'admin-api': 'skipped' };
const afterRealm = { client: 'skipped', ...afterClient };

describe('a connection test on a real server', () => {
  it.each<[string, AccessWishes, Readonly<Record<string, string>>, string]>([
    ['the role view-users alone', {}, {}, 'fine'],
    [
      'an address with /auth where there is none',
      { settings: { url: 'https://keycloak.example.test/auth' } },
      {},
      'fine',
    ],
    ['a client that may write', { settings: { clientId: 'manage' } }, { rights: 'warning' }, 'fine'],
    ['roles to query alone', { settings: { clientId: 'query' } }, { ...noUser, ...noGroup }, 'role-too-small'],
    ['no role', { settings: { clientId: 'none' } }, { ...noUser, ...noGroup }, 'role-missing'],
    ['full scope off', { settings: { clientId: 'no-scope' } }, { ...noUser, ...noGroup }, 'role-missing'],
    [
      'service accounts off',
      { settings: { clientId: 'no-accounts' } },
      { client: 'failed', ...afterClient },
      'service-accounts-off',
    ],
    ['a wrong secret', { secret: 'guess' }, { client: 'failed', ...afterClient }, 'wrong-client-or-secret'],
    [
      'an unknown client',
      { settings: { clientId: 'nobody' } },
      { client: 'failed', ...afterClient },
      'wrong-client-or-secret',
    ],
    ['an unknown realm', { settings: { realm: 'nowhere' } }, { realm: 'failed', ...afterRealm }, 'wrong-realm'],
    [
      'a wrong login realm',
      { settings: { loginRealm: 'nowhere' } },
      { client: 'failed', ...afterClient },
      'wrong-realm',
    ],
    [
      'a path where there is no Keycloak',
      { settings: { url: 'https://keycloak.example.test/somewhere' } },
      { reachable: 'failed', tls: 'skipped', realm: 'skipped', ...afterRealm },
      'wrong-address',
    ],
  ])('%s', async (_name, wishes, others, code) => {
    const test = access(wishes);
    const { probes } = await probeKeycloak(test);
    const found = Object.fromEntries(
      probes.filter(({ state }) => state !== 'passed').map(({ id, state }) => [id, state]),
    );
    expect([found, test.seen.length <= 12]).toEqual([others, true]);
    const outcome = await openKeycloak(access(wishes))
      .read(undefined, async () => undefined)
      .then(() => 'fine')
      .catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error));
    expect(outcome).toBe(code);
  });

  it('finds the base address and counts people and groups', async () => {
    const { probes, baseUrl } = await probeKeycloak(access({}));
    const counts = probes.filter(({ id }) => id.endsWith('-count')).map(({ message }) => message);
    expect([baseUrl, counts]).toEqual(['https://keycloak.example.test', ['63 users.', '15 groups.']]);
  });

  it('names the roles that a client has too many', async () => {
    const { probes } = await probeKeycloak(access({ settings: { clientId: 'manage' } }));
    expect(probes.find(({ id }) => id === 'rights')?.message).toContain('manage-users');
  });
});
