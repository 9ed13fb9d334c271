import type { ClientOptions } from '../../dev/keycloak/clients';
import { startKeycloakDouble, type KeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import type { RealmRepresentation } from '../../dev/keycloak/representation';
import { sampleRealm } from '../../dev/keycloak/sample';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { ask, askAs, askToken, type Answer } from '../dev/keycloak/ask';

const name = 'compared';
const secret = 'sesame';
const clients: readonly ClientOptions[] = [
  { clientId: 'reader', secret, groups: ['/Engineering'] },
  { clientId: 'manager', secret, access: 'manage-users' },
  { clientId: 'query', secret, access: 'query-only' },
  { clientId: 'query-users', secret, access: ['query-users'] },
  { clientId: 'events', secret, access: ['view-users', 'view-events'] },
  { clientId: 'nothing', secret, access: 'none' },
  { clientId: 'narrow', secret, fullScope: false },
  { clientId: 'plain', secret, serviceAccounts: false },
];

function comparedRealm(): RealmRepresentation {
  const sample = sampleRealm(secret, name);
  const own = makeRealm({ name, users: 0, groups: 0, membershipsPerUser: 0, clients });
  const open = { clientId: 'open', enabled: true, publicClient: true, secret };
  const odd = [
    { username: 'MiXeD', email: 'MiXeD@Example.com', enabled: true, id: '5a0f0c3e-1111-4111-8111-000000000001' },
    { username: 'bare', enabled: false, id: '5a0f0c3e-1111-4111-8111-000000000002' },
  ];
  return {
    ...sample,
    clients: [...sample.clients, ...own.clients, open],
    users: [...sample.users, ...own.users, ...odd],
  };
}

const realm = comparedRealm();
const server = sharedKeycloak();
let double: KeycloakDouble;

beforeAll(async () => {
  const master = doubleRealm(makeRealm({ name: 'master', users: 0, groups: 0, membershipsPerUser: 0, clients: [] }));
  double = await startKeycloakDouble({ realm: doubleRealm(realm), otherRealms: [master], version: server.version });
  await server.admin.createRealm(realm);
}, 120_000);

afterAll(async () => {
  await double.stop();
  await server.admin.deleteRealm(name);
});

/**
 * Without what the two cannot share: when a user was made (old servers do not say it of imported people), and where they
 * are reached.
 */
function comparable(answer: Answer, url: string): unknown {
  const text = JSON.stringify(answer.json).replaceAll(url, '');
  const shared = (key: string, value: unknown): unknown => (key === 'createdTimestamp' ? undefined : value);
  const [media, charset] = (answer.type ?? '').toLowerCase().split(/;\s*/);
  return { status: answer.status, media, charset, json: JSON.parse(text, shared) as unknown };
}

async function both(request: (url: string) => Promise<Answer>): Promise<[unknown, unknown]> {
  return [comparable(await request(double.url), double.url), comparable(await request(server.url), server.url)];
}

function idOfGroup(path: string): string {
  const names = path.split('>');
  let groups = realm.groups;
  let id = '';
  for (const wanted of names) {
    const found = groups.find((group) => group.name === wanted);
    id = found?.id ?? '';
    groups = found?.subGroups ?? [];
  }
  return id;
}

const person = realm.users[3]?.id ?? '';
const engineering = idOfGroup('Engineering');
const slashed = idOfGroup('R&D / Labs>A/B Tests');
const missing = '00000000-0000-4000-8000-000000000000';

const paths = [
  'users',
  'users?briefRepresentation=true',
  'users?first=0&max=50&briefRepresentation=true',
  'users?first=190&max=50&briefRepresentation=true',
  'users?first=202&max=50',
  'users?max=0',
  'users?first=-5&max=3',
  'users?first=abc',
  'users?search=an&briefRepresentation=true&max=300',
  'users?email=EXAMPLE.com&max=3',
  'users?username=bare&exact=true',
  'users?enabled=true&max=300&briefRepresentation=true',
  'users?emailVerified=false&max=300&briefRepresentation=true',
  'users/count',
  'users/count?enabled=true',
  `users/${person}`,
  `users/${person}/groups`,
  `users/${person}/groups?first=1&max=1`,
  `users/${missing}`,
  `users/${missing}/groups`,
  'groups',
  'groups?first=1&max=2',
  'groups?search=%20&populateHierarchy=false&briefRepresentation=true&subGroupsCount=false&first=0&max=500',
  'groups?search=%20&populateHierarchy=false&briefRepresentation=true&subGroupsCount=false&first=20&max=500',
  'groups?search=%20&populateHierarchy=false&first=25&max=500',
  'groups?search=&populateHierarchy=false',
  'groups?search=*&populateHierarchy=false',
  'groups?search=%25&populateHierarchy=false',
  'groups?search=Line&populateHierarchy=false&briefRepresentation=false',
  'groups?search=line',
  'groups?search=e&max=4',
  'groups?search=.&populateHierarchy=false',
  'groups/count',
  'groups/count?top=true',
  'groups/count?search=line',
  `groups/${engineering}`,
  `groups/${engineering}/children`,
  `groups/${engineering}/children?first=1&max=2&briefRepresentation=true`,
  `groups/${engineering}/members`,
  `groups/${engineering}/members?first=0&max=5&briefRepresentation=true`,
  `groups/${engineering}/members?first=500&max=5`,
  `groups/${slashed}/members?briefRepresentation=true`,
  `groups/${missing}`,
  `groups/${missing}/members`,
  'admin-events',
  'nowhere',
];

describe('the double answers as the real server', () => {
  it.each(paths)('to a client with view-users that asks for %s', async (path) => {
    const [own, real] = await both((url) => askAs(url, name, 'reader', secret, `${name}/${path}`));
    expect(own).toEqual(real);
  });

  const roles = ['manager', 'query', 'query-users', 'nothing', 'narrow'];
  const reads = [
    'users?max=5',
    'users/count',
    'users?first=abc',
    `users/${person}`,
    `users/${missing}`,
    `users/${person}/groups`,
    'groups?max=3',
    'groups/count',
    `groups/${engineering}`,
    `groups/${engineering}/members?max=3`,
    `groups/${missing}/members`,
    'admin-events',
    'events/config',
  ];
  it.each(roles.flatMap((client) => reads.map((path) => [client, path] as const)))(
    'to the client %s that asks for %s',
    async (client, path) => {
      const [own, real] = await both((url) => askAs(url, name, client, secret, `${name}/${path}`));
      expect(own).toEqual(real);
    },
  );

  it('to a client that may see events while none are recorded', async () => {
    const [own, real] = await both((url) => askAs(url, name, 'events', secret, `${name}/admin-events`));
    expect(own).toEqual(real);
  });

  it.each([
    ['an unknown realm', 'nowhere/users'],
    ["another realm's users", 'master/users'],
  ])('to a client that asks for %s', async (_, path) => {
    const [own, real] = await both((url) => askAs(url, name, 'reader', secret, path));
    expect(own).toEqual(real);
  });

  const grant = { grant_type: 'client_credentials' };
  it.each<[string, string, Record<string, string>]>([
    ['a wrong secret', name, { ...grant, client_id: 'reader', client_secret: 'wrong' }],
    ['no secret', name, { ...grant, client_id: 'reader' }],
    ['an unknown client', name, { ...grant, client_id: 'nobody', client_secret: secret }],
    ['no client', name, grant],
    ['a client without service account', name, { ...grant, client_id: 'plain', client_secret: secret }],
    ['a public client', name, { ...grant, client_id: 'open', client_secret: secret }],
    ['no grant', name, { client_id: 'reader', client_secret: secret }],
    ['an unknown grant', name, { grant_type: 'other', client_id: 'reader', client_secret: secret }],
    ['an unknown realm', 'nowhere', { ...grant, client_id: 'reader', client_secret: secret }],
  ])('to a request for a token with %s', async (_, where, form) => {
    const [own, real] = await both((url) => askToken(url, where, form));
    expect(own).toEqual(real);
  });

  it('to a request for a token that is right, but for the token itself and the order of its scopes', async () => {
    const form = { ...grant, client_id: 'reader', client_secret: secret };
    const [own, real] = await both(async (url) => {
      const answer = await askToken(url, name, form);
      const json = Object(answer.json) as Record<string, unknown>;
      return { ...answer, json: { ...json, access_token: '', scope: String(json.scope).split(' ').sort() } };
    });
    expect(own).toEqual(real);
  });

  it.each([
    ['without a token', {}],
    ['with a token that it did not give', { authorization: 'Bearer other' }],
  ])('to a reader %s', async (_, headers) => {
    const [own, real] = await both((url) => ask(`${url}/admin/realms/${name}/users`, { headers }));
    expect(own).toEqual(real);
  });

  it.each([
    '/realms/nowhere/.well-known/openid-configuration',
    `/auth/realms/${name}/.well-known/openid-configuration`,
  ])('to a request for %s', async (path) => {
    const [own, real] = await both((url) => ask(url + path));
    expect(own).toEqual(real);
  });

  it('to a request for the realm, with the same issuer and token endpoint', async () => {
    const document = `/realms/${name}/.well-known/openid-configuration`;
    const own = await ask(double.url + document);
    const real = await ask(server.url + document);
    expect(real.json).toMatchObject({
      issuer: `https://keycloak.example.test/realms/${name}`,
      token_endpoint: `https://keycloak.example.test/realms/${name}/protocol/openid-connect/token`,
    });
    const { issuer, token_endpoint } = Object(own.json) as Record<string, unknown>;
    expect(real.json).toMatchObject({ issuer, token_endpoint });
  });
});
