import { startKeycloakDouble, type DoubleOptions, type KeycloakDouble } from '../../../dev/keycloak/double';
import { isPastLastUser, type Fault } from '../../../dev/keycloak/double/faults';
import {
  disableFederation,
  doubleRealm,
  removeFederation,
  removeGroup,
  removeUser,
} from '../../../dev/keycloak/double/realm';
import { makeRealm } from '../../../dev/keycloak/realms';
import { ask, askAs, askToken, type Answer } from './ask';

const name = 'double';
const clients = [
  { clientId: 'reader', secret: 'sesame', groups: ['/Group 0001'] },
  { clientId: 'query', secret: 'sesame', access: 'query-only' },
] as const;
const representation = makeRealm({ name, users: 12, groups: 8, membershipsPerUser: 2, clients });

let doubles: KeycloakDouble[] = [];

async function start(options: Partial<DoubleOptions> = {}): Promise<KeycloakDouble> {
  const double = await startKeycloakDouble({ realm: doubleRealm(representation), ...options });
  doubles.push(double);
  return double;
}

afterEach(async () => {
  await Promise.all(doubles.map((double) => double.stop()));
  doubles = [];
});

function read(double: KeycloakDouble, path: string, clientId = 'reader'): Promise<Answer> {
  return askAs(double.url, name, clientId, 'sesame', `${name}/${path}`);
}

function startWith(then: Fault, times?: number): Promise<KeycloakDouble> {
  return start({ faults: [{ match: /\/users/, then, ...(times !== undefined && { times }) }] });
}

function rows(answer: Answer): { readonly id: string; readonly username: string; readonly enabled: boolean }[] {
  if (!Array.isArray(answer.json)) throw new Error(`No list: ${answer.status} ${answer.text}`);
  // Array.isArray narrows to any[]; the double writes these three fields into every user row.
  return answer.json as { id: string; username: string; enabled: boolean }[];
}

describe('faults', () => {
  it.each([
    ['a reset connection', { kind: 'reset' }],
    ['a connection cut in the middle of the body', { kind: 'cut' }],
  ] as const)('show %s to the reader as a network error', async (_, fault) => {
    const double = await startWith(fault);
    await expect(read(double, 'users')).rejects.toThrow();
  });

  it.each([
    ['truncated JSON', { kind: 'truncated' }],
    ['rows that end in an error', { kind: 'error-in-body' }],
  ] as const)('show %s with status 200', async (_, fault) => {
    const double = await startWith(fault);
    const answer = await read(double, 'users');
    expect([answer.status, answer.json]).toEqual([200, undefined]);
    expect(answer.text).toMatch(/^\[\{"id"/);
  });

  it('show a status with its headers for as many requests as they say, and then the truth', async () => {
    const double = await startWith({ kind: 'status', status: 503, retryAfter: '2' }, 2);
    const answers = [await read(double, 'users'), await read(double, 'users'), await read(double, 'users')];
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 200]);
    const again = await startWith({ kind: 'status', status: 429, retryAfter: '2' });
    expect((await fetch(`${again.url}/admin/realms/double/users`)).headers.get('retry-after')).toBe('2');
  });

  it('leave requests alone until their turn comes', async () => {
    const double = await start({
      faults: [{ match: /GET .*first=/, after: 1, times: 1, then: { kind: 'status', status: 502 } }],
    });
    const statuses: number[] = [];
    for (const first of [0, 5, 10]) statuses.push((await read(double, `users?first=${first}&max=5`)).status);
    expect(statuses).toEqual([200, 502, 200]);
  });

  it('show the page of a proxy', async () => {
    const double = await startWith({ kind: 'html', status: 200 });
    const answer = await read(double, 'users');
    expect([answer.status, answer.type, answer.text.slice(0, 6)]).toEqual([200, 'text/html', '<html>']);
  });

  it('let the reader wait until it gives up', async () => {
    const double = await startWith({ kind: 'hang' });
    const asking = ask(`${double.url}/admin/realms/double/users`, { signal: AbortSignal.timeout(50) });
    await expect(asking).rejects.toThrow(/timeout|aborted/i);
  });

  it('shorten a page, move a count and change rows', async () => {
    const double = await start({
      faults: [
        { match: /users\/count/, then: { kind: 'count', by: -3 } },
        { match: /groups\/count/, then: { kind: 'count', by: 2 } },
        { match: /users\?first=0/, then: { kind: 'short', by: 2 } },
        { match: /users\?first=5/, then: { kind: 'rows', change: (page) => [...page, ...page.slice(0, 1)] } },
      ],
    });
    expect((await read(double, 'users/count')).json).toBe(9);
    expect((await read(double, 'groups/count')).json).toEqual({ count: 10 });
    expect(rows(await read(double, 'users?first=0&max=5'))).toHaveLength(3);
    const page = rows(await read(double, 'users?first=5&max=5'));
    expect([page.length, page[5]?.id]).toEqual([6, page[0]?.id]);
  });

  it('change the realm while it is read: a deleted user makes the next page miss one', async () => {
    const double = await start();
    const all = rows(await read(double, 'users'));
    double.faults.push({
      match: /users\?first=0/,
      then: { kind: 'change', when: 'after', change: (realm) => removeUser(realm, all[0]?.id ?? '') },
    });
    const pages = [await read(double, 'users?first=0&max=6'), await read(double, 'users?first=6&max=6')];
    const seen = pages.flatMap(rows).map((row) => row.id);
    expect(all.map((row) => row.id).filter((id) => !seen.includes(id))).toEqual([all[6]?.id]);
  });

  it('strike the page past the last user alone', async () => {
    const double = await start({ faults: [{ match: isPastLastUser, then: { kind: 'status', status: 500 } }] });
    const paths = ['users?first=0&max=12', 'users?first=12&max=12', 'groups?first=12&max=12'];
    const answers = await Promise.all(paths.map((path) => read(double, path)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 500, 200]);
  });
});

describe('federations', () => {
  const link = 'f0000000-0000-4000-8000-000000000000';
  async function startFederated(): Promise<KeycloakDouble> {
    const realm = doubleRealm(representation);
    for (const user of realm.users.slice(0, 5)) user.federationLink = link;
    return start({ realm });
  }

  it('turn disabled together with a full page and the same count', async () => {
    const double = await startFederated();
    disableFederation(double.realm, link);
    expect(rows(await read(double, 'users')).filter((row) => !row.enabled)).toHaveLength(5);
    expect((await read(double, 'users/count')).json).toBe(12);
  });

  it('vanish together with a count that agrees', async () => {
    const double = await startFederated();
    removeFederation(double.realm, link);
    expect(rows(await read(double, 'users'))).toHaveLength(7);
    expect((await read(double, 'users/count')).json).toBe(7);
  });

  it('without import are in the list and in no count', async () => {
    const double = await startFederated();
    double.realm.users.push({
      id: `f:${link}:ann`,
      username: 'ann',
      enabled: true,
      emailVerified: false,
      createdTimestamp: 0,
    });
    expect(rows(await read(double, 'users'))).toHaveLength(13);
    expect((await read(double, 'users/count')).json).toBe(12);
  });
});

describe('tokens', () => {
  const form = { grant_type: 'client_credentials', client_id: 'reader', client_secret: 'sesame' };

  it.each([60, 1, 0])('of %d seconds are answered with that lifetime', async (tokenLifetime) => {
    const double = await start({ tokenLifetime });
    expect((await askToken(double.url, name, form)).json).toMatchObject({ expires_in: tokenLifetime });
  });

  it('end when their time is over, but not when they were given for 0 seconds', async () => {
    let now = 0;
    const short = await start({ tokenLifetime: 1, now: () => now });
    const zero = await start({ tokenLifetime: 0, now: () => now });
    const tokens = await Promise.all([short, zero].map((double) => askToken(double.url, name, form)));
    now = 1_000;
    const statuses = [short, zero].map(async (double, index) => {
      const { json } = tokens[index] ?? {};
      const token = String(Object.entries(Object(json) as object).find(([key]) => key === 'access_token')?.[1]);
      return (await ask(`${double.url}/admin/realms/${name}/users`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    });
    expect(await Promise.all(statuses)).toEqual([401, 200]);
  });

  it('can be made to end all at once', async () => {
    const double = await start();
    const { json } = await askToken(double.url, name, form);
    double.expireTokens();
    const token = String(Object.entries(Object(json) as object).find(([key]) => key === 'access_token')?.[1]);
    const url = `${double.url}/admin/realms/${name}/users`;
    expect((await ask(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  });

  it('are given for a Basic header with form-encoded parts too', async () => {
    const double = await start();
    const [client] = double.realm.clients;
    if (client !== undefined) client.secret = 'a:b%c+d';
    const basic = Buffer.from('reader:a%3Ab%25c%2Bd').toString('base64');
    const answer = await ask(`${double.url}/realms/${name}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(answer.status).toBe(200);
  });

  it('of the master realm open every realm, others only their own', async () => {
    const master = doubleRealm(
      makeRealm({
        name: 'master',
        users: 0,
        groups: 0,
        membershipsPerUser: 0,
        clients: [clients[1], { clientId: 'root', secret: 'sesame' }],
      }),
    );
    const other = doubleRealm(
      makeRealm({
        name: 'other',
        users: 0,
        groups: 0,
        membershipsPerUser: 0,
        clients: [{ clientId: 'stranger', secret: 'sesame' }],
      }),
    );
    const double = await start({ otherRealms: [master, other] });
    expect((await askAs(double.url, 'master', 'root', 'sesame', 'double/users')).status).toBe(200);
    expect((await askAs(double.url, 'other', 'stranger', 'sesame', 'double/users')).status).toBe(403);
  });
});

describe('versions (rows as they come, and with those inside them)', () => {
  function sizes({ json }: Answer): [number, number] {
    const deep = (list: unknown): number =>
      Array.isArray(list)
        ? list.reduce<number>(
            (sum, row) =>
              sum + 1 + deep(Object(row) instanceof Object ? Reflect.get(Object(row) as object, 'subGroups') : []),
            0,
          )
        : 0;
    return [Array.isArray(json) ? json.length : 0, deep(json)];
  }
  // As measured, here with 8 groups: 2 at the top, and one group below them that is no leaf.
  it.each([
    ['22.0.5', '%20', [2, 8]],
    ['22.0.5', '', [2, 8]],
    ['22.0.5', '*', [0, 0]],
    ['22.0.5', '%25', [2, 3]],
    ['24.0.5', '%20', [8, 8]],
    ['24.0.5', '', [8, 8]],
    ['24.0.5', '*', [0, 0]],
    ['24.0.5', '%25', [8, 8]],
    ['26.0.8', '%20', [8, 8]],
    ['26.7.3', '%20', [8, 8]],
    ['26.7.3', '', [2, 2]],
    ['26.7.3', '*', [8, 8]],
    ['26.7.3', '%25', [0, 0]],
  ] as const)('%s finds groups by "%s"', async (version, search, expected) => {
    const double = await start({ version });
    expect(sizes(await read(double, `groups?search=${search}&populateHierarchy=false`))).toEqual(expected);
  });

  it.each([
    ['22.0.5', [2, 8]],
    ['26.7.3', [2, 2]],
  ] as const)('%s lists groups without a search', async (version, expected) => {
    expect(sizes(await read(await start({ version }), 'groups'))).toEqual(expected);
  });

  it.each([
    ['22.0.5', 0],
    ['26.0.8', 0],
    ['26.7.3', 12],
  ])('%s tells a client that may see nobody that there are %d users', async (version, expected) => {
    const double = await start({ version });
    expect((await read(double, 'users', 'query')).json).toEqual([]);
    expect((await read(double, 'users/count', 'query')).json).toBe(expected);
    expect((await read(double, 'groups/count', 'query')).json).toEqual({ count: 8 });
  });

  it('22.0.5 has no children to list and no count of sub-groups', async () => {
    const double = await start({ version: '22.0.5' });
    const [group] = double.realm.groups;
    expect((await read(double, `groups/${group?.id ?? ''}/children`)).status).toBe(405);
    expect((await read(double, 'groups')).text).not.toContain('subGroupCount');
  });
});

it('a group that is removed takes those below it along and is not found any more', async () => {
  const double = await start();
  const top = double.realm.groups.find((group) => group.parentId === undefined);
  removeGroup(double.realm, top?.id ?? '');
  expect((await read(double, `groups/${top?.id ?? ''}/members`)).status).toBe(404);
  const left = double.realm.groups.map((group) => group.id);
  expect(double.realm.groups.every(({ parentId }) => parentId === undefined || left.includes(parentId))).toBe(true);
});

it('the prefix /auth is a part of every address, and nothing is found without it', async () => {
  const double = await start({ relativePath: '/auth' });
  const document = 'realms/double/.well-known/openid-configuration';
  expect((await ask(`${double.url}/${document}`)).json).toMatchObject({
    issuer: 'https://keycloak.example.test/auth/realms/double',
  });
  expect(await ask(`${new URL(double.url).origin}/${document}`)).toMatchObject({
    status: 404,
    json: { error: 'Unable to find matching target resource method' },
  });
  expect((await read(double, 'users/count')).json).toBe(12);
});

it('every request is recorded as it arrived', async () => {
  const double = await start();
  await read(double, 'users?first=0&max=5');
  expect(double.requests).toMatchObject([
    { method: 'POST', body: 'grant_type=client_credentials&client_id=reader&client_secret=sesame' },
    {
      method: 'GET',
      url: '/admin/realms/double/users?first=0&max=5',
      path: '/admin/realms/double/users',
      query: { first: '0', max: '5' },
      headers: { authorization: 'Bearer double-token-1' },
    },
  ]);
});
