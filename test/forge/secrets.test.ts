import { installGlobals } from '../../dev/forge/globals';
import { connectorId } from '../../src/domain/identity';
import { Secret } from '../../src/domain/secret';
import { openInside, type Inside } from './inside';

let inside: Inside;
let loaded: Awaited<ReturnType<typeof loadSecrets>>;
beforeAll(async () => {
  loaded = await loadSecrets();
});
beforeEach(() => {
  inside = openInside();
});
afterEach(() => inside.platform.stop());

/** Behind the globals: the SDK keeps the platform that it finds when it is loaded. */
async function loadSecrets() {
  installGlobals();
  return { ...(await import('../../src/forge/secrets')), ...(await import('@forge/kvs')) };
}

const id = connectorId('c1');
const home = { url: 'https://keycloak.example.com', realm: 'staff', clientId: 'sync' };
const load = async (keycloak: typeof home & { readonly loginRealm?: string; readonly adminUrl?: string }) =>
  (await inside.run(() => loaded.secrets.loadClientSecret(id, keycloak)))?.reveal();

describe('a client secret is given out only for the client that it was entered for', () => {
  beforeEach(() => inside.run(() => loaded.secrets.saveClientSecret(id, home, new Secret('of home'))));

  it.each([
    ['the very same', home],
    ['another path of the same server', { ...home, url: 'https://keycloak.example.com/auth' }],
    ['the console of the same server', { ...home, url: 'keycloak.example.com/admin/master/console/' }],
    ['the realm named as login realm', { ...home, loginRealm: 'staff' }],
  ])('yes: %s', async (_name, keycloak) => {
    expect(await load(keycloak)).toBe('of home');
  });

  it.each([
    ['another server', { ...home, url: 'https://keycloak.example.net' }],
    ['another port', { ...home, url: 'https://keycloak.example.com:8443' }],
    ['another realm', { ...home, realm: 'Staff' }],
    ['another login realm', { ...home, loginRealm: 'master' }],
    ['another client', { ...home, clientId: 'sync2' }],
  ])('no: %s', async (_name, keycloak) => {
    expect(await load(keycloak)).toBeUndefined();
  });

  it('no: one that was replaced by that of another server', async () => {
    const away = { ...home, url: 'https://keycloak.example.net' };
    await inside.run(() => loaded.secrets.saveClientSecret(id, away, new Secret('of away')));
    expect([await load(home), await load(away)]).toEqual([undefined, 'of away']);
  });
});

it('a secret of which nobody knows where it belongs is asked for anew', async () => {
  await inside.run(() => loaded.kvs.setSecret(`keycloak-secret:${id}`, 'a bare text'));
  expect(await load(home)).toBeUndefined();
});
