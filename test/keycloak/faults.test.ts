import type { ServerResponse } from 'node:http';
import { SourceError } from '../../src/domain/errors';
import { sourceUserId } from '../../src/domain/identity';
import { openKeycloak } from '../../src/keycloak/source';
import type { AccessWishes } from './realm-access';
import { openAccess } from './realm-access';
import type { Interference, RealmOptions, RealmServer, RealmState } from './realm-server';
import { send, startRealm } from './realm-server';
import { peopleOf, smallRealm } from './small-realm';

let server: RealmServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function realm(state: RealmState = smallRealm(), options: RealmOptions = {}): Promise<RealmServer> {
  server = await startRealm(state, options);
  return server;
}

/** Ids and removals of the snapshot, or the code and fate of the error. */
async function read({ origin, fetch }: RealmServer, wishes: AccessWishes = {}): Promise<unknown> {
  try {
    const reading = await openKeycloak(openAccess(origin, fetch, wishes)).read(undefined, async () => undefined);
    if (reading.kind === 'reading') return reading;
    const { users, groups, removals } = reading.snapshot;
    return { users: users.length, groups: groups.length, removals };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { code: error.code, fate: error.fate };
  }
}

const fine = { users: 25, groups: 4, removals: { kind: 'allowed' } };
const pastEnd = 'first=30&';

/** Interferes with matching requests only, the first `times` of them. */
function disturb(matches: string, times: number, what: (response: ServerResponse) => void): Interference {
  let seen = 0;
  return (path, response) => {
    if (!path.includes(matches) || (seen += 1) > times) return false;
    what(response);
    return true;
  };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(code, headers).end('<html>sorry</html>');
  };
const reset = (response: ServerResponse) => void response.socket?.destroy();
const cutOff = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('[{"id":"id-u0001","username":"u0001","enabled":true,"createdTimestamp":"2020{"error":"unknown_error"}');
};
const fewer = (response: ServerResponse) => send(response, 200, [{ id: 'x', username: 'x' }]);

describe('faults that pass', () => {
  it.each<[string, string, number, (response: ServerResponse) => void]>([
    ['a connection that breaks', '/users?', 3, reset],
    ['a burst of 503', '/members', 3, status(503)],
    ['429 with a wait', '/groups?', 1, status(429, { 'retry-after': '2' })],
    ['a page that is cut off', '/users?', 2, cutOff],
    ['a page of a proxy in place of JSON', '/members', 2, status(200)],
    ['a row without what decides', '/users?', 1, fewer],
    ['502 for a token', '/token', 2, status(502)],
    ['a 500 past the end', pastEnd, 1, status(500)],
  ])('%s', async (_name, path, times, what) => {
    const acme = await realm();
    acme.interfere = disturb(path, times, what);
    expect(await read(acme)).toEqual(fine);
  });
});

it('finds Keycloak under /auth although the proxy answers 503 for everything else', async () => {
  const acme = await realm(smallRealm(), { prefix: '/auth' });
  acme.interfere = (path, response) => {
    if (path.startsWith('/auth/')) return false;
    response.writeHead(503).end();
    return true;
  };
  expect(await read(acme)).toEqual(fine);
});

describe('faults that stay end the reading', () => {
  it.each<[string, string, (response: ServerResponse) => void, string, string]>([
    ['connections break', '/users?', reset, 'unreachable', 'retry'],
    ['503 for members', '/members', status(503), 'server-error', 'retry'],
    ['429', '/groups?', status(429), 'server-error', 'retry'],
    ['500 past the end', pastEnd, status(500), 'server-error', 'retry'],
    ['400 past the end', pastEnd, status(400), 'server-error', 'stop'],
    ['broken JSON past the end', pastEnd, cutOff, 'unreadable-answer', 'stop'],
    ['a page that is cut off', 'first=10&', cutOff, 'unreadable-answer', 'stop'],
    ['rows without what decides', '/users?', fewer, 'unreadable-answer', 'stop'],
    [
      'a count that is no number',
      '/users/count',
      (response) => send(response, 200, 'many'),
      'unreadable-answer',
      'stop',
    ],
    ['a proxy that hides /admin', '/admin/', status(404), 'admin-api-not-here', 'stop'],
    ['a proxy that forbids /admin', '/admin/', status(403), 'admin-api-not-here', 'stop'],
    [
      'members that nobody may read',
      '/members',
      (response) => send(response, 403, { error: 'HTTP 403 Forbidden' }),
      'role-missing',
      'stop',
    ],
    ['a proxy that answers 404 for members', '/members', status(404), 'admin-api-not-here', 'stop'],
    ['a token that is no JSON', '/token', status(200), 'unreadable-answer', 'stop'],
    ['no Keycloak at all', '/', status(404), 'wrong-address', 'stop'],
    ['a redirect', '/', status(302, { location: 'https://elsewhere.example.test/' }), 'wrong-address', 'stop'],
    [
      'an address that Forge blocks',
      '/',
      status(403, { 'forge-proxy-error': 'BLOCKED' }),
      'address-not-approved',
      'stop',
    ],
    [
      'an approval that is revoked in the middle',
      '/members',
      status(403, { 'forge-proxy-error': 'BLOCKED' }),
      'address-not-approved',
      'stop',
    ],
  ])('%s', async (_name, path, what, code, fate) => {
    const acme = await realm();
    acme.interfere = disturb(path, Number.POSITIVE_INFINITY, what);
    expect(await read(acme)).toEqual({ code, fate });
  });

  it.each<[string, RealmOptions, AccessWishes, string]>([
    ['a wrong realm', {}, { settings: { realm: 'acme2' } }, 'wrong-realm'],
    ['a wrong login realm', {}, { settings: { loginRealm: 'nope' } }, 'wrong-realm'],
    ['a wrong secret', {}, { secret: 'guess' }, 'wrong-client-or-secret'],
    ['a wrong client', {}, { settings: { clientId: 'nobody' } }, 'wrong-client-or-secret'],
    ['a client without service account', {}, { settings: { clientId: 'no-service-account' } }, 'service-accounts-off'],
    ['a client without role', { roles: 'none' }, {}, 'role-missing'],
    ['a client that may only query', { roles: 'query' }, {}, 'role-too-small'],
    ['the same on an older server', { roles: 'query', hiddenCountIsZero: true }, {}, 'role-too-small'],
    ['an admin API on another host', { adminHost: 'elsewhere' }, {}, 'admin-api-not-here'],
    ['an address without https', {}, { settings: { url: 'http://server.example.test' } }, 'wrong-address'],
    ['an address that is none', {}, { settings: { url: '???' } }, 'wrong-address'],
  ])('%s', async (_name, options, wishes, code) => {
    expect(await read(await realm(smallRealm(), options), wishes)).toEqual({ code, fate: 'stop' });
  });

  it('a realm without people', async () => {
    expect(await read(await realm({ users: [], groups: [], members: {} }))).toEqual({
      code: 'empty-source',
      fate: 'stop',
    });
  });

  it('says nothing about secrets, tokens or bodies', async () => {
    const messages: string[] = [];
    for (const interfere of [
      disturb('/users?', 99, status(400)),
      disturb('/token', 99, status(401)),
      disturb('/groups', 99, cutOff),
    ]) {
      const acme = await realm();
      acme.interfere = interfere;
      await openKeycloak(openAccess(acme.origin, acme.fetch))
        .read(undefined, async () => undefined)
        .catch((error: unknown) =>
          messages.push(JSON.stringify(error) + String(error) + (error instanceof Error ? String(error.stack) : '')),
        );
      await acme.close();
    }
    expect([messages.length, messages.join().match(/pa:ss|token-\d|sorry|unknown_error/)]).toEqual([3, null]);
  });
});

describe('tokens', () => {
  it('asks for one token, however many requests wait for it', async () => {
    const acme = await realm();
    await read(acme);
    expect(acme.tokens()).toBe(1);
  });

  it('renews a token that runs out in the middle', async () => {
    const acme = await realm(smallRealm(), { tokenSeconds: 60 });
    // Each look at the clock takes two seconds; tokens of a minute are used for half of it.
    let clock = 0;
    expect(await read(acme, { now: () => (clock += 2_000) })).toEqual(fine);
    expect(acme.tokens()).toBeGreaterThan(1);
  });

  it('gets over a token that is refused once, with one new token for all requests in flight', async () => {
    const acme = await realm();
    let revoked = false;
    acme.interfere = (path) => {
      if (path.includes('/members') && !revoked) {
        revoked = true;
        acme.revokeTokens();
      }
      return false;
    };
    expect([await read(acme), acme.tokens()]).toEqual([fine, 2]);
  });

  it('stops when the new token is refused as well', async () => {
    const acme = await realm();
    acme.interfere = disturb('/members', 99, (response) => send(response, 401, { error: 'HTTP 401 Unauthorized' }));
    expect(await read(acme)).toEqual({ code: 'wrong-address', fate: 'stop' });
  });
});

describe('drift', () => {
  /** Changes the realm when a matching path is asked for, the first `times` of them. */
  const meanwhile = (
    acme: RealmServer,
    matches: string,
    times: number,
    change: (state: RealmState, turn: number) => void,
  ) => {
    let turn = 0;
    acme.interfere = (path) => {
      if (path.includes(matches) && turn < times) change(acme.state, (turn += 1));
      return false;
    };
  };
  const newcomer = (turn: number) => ({ id: `id-new${turn}`, username: `a${turn}` });

  it('reads again when a user is created meanwhile, and finds it', async () => {
    const acme = await realm();
    meanwhile(acme, pastEnd, 1, (state, turn) => state.users.unshift(newcomer(turn)));
    expect(await read(acme)).toEqual({ ...fine, users: 26 });
  });

  it('reads again when a user is deleted meanwhile', async () => {
    const acme = await realm();
    meanwhile(acme, '/members', 1, (state) => state.users.shift());
    expect(await read(acme)).toEqual({ ...fine, users: 24 });
  });

  it('reads again when a group is deleted while its members are read', async () => {
    const acme = await realm();
    meanwhile(acme, '/g-deep/members', 1, (state) => (state.groups = state.groups.filter(({ id }) => id !== 'g-deep')));
    expect(await read(acme)).toEqual({ ...fine, groups: 3 });
  });

  it('reads again when one group is deleted and another one made, although the counts agree', async () => {
    const acme = await realm();
    meanwhile(acme, '/g-deep/members', 1, (state) => {
      state.groups = [...state.groups.filter(({ id }) => id !== 'g-deep'), { id: 'g-new', name: 'new' }];
    });
    expect([await read(acme), acme.adminPaths().some((path) => path.includes('/g-new/members'))]).toEqual([fine, true]);
  });

  it('withholds removals when people come and go in each of three reads', async () => {
    const acme = await realm();
    meanwhile(acme, '/g-all/members?briefRepresentation=true&first=0', 99, (state, turn) =>
      state.users.unshift(newcomer(turn)),
    );
    expect(await read(acme)).toEqual({
      users: 27,
      groups: 4,
      removals: {
        kind: 'withheld',
        reasons: ['The number of users does not agree: 27 counted before, 27 read, 28 counted after.'],
      },
    });
  });

  it('withholds removals from pages that stay short', async () => {
    const acme = await realm();
    acme.interfere = disturb('first=10&', 99, (response) =>
      send(
        response,
        200,
        peopleOf(18)
          .slice(10)
          .map((user) => ({ ...user, enabled: true })),
      ),
    );
    expect(await read(acme)).toEqual({
      users: 23,
      groups: 4,
      removals: {
        kind: 'withheld',
        reasons: [
          'The number of users does not agree: 25 counted before, 23 read, 25 counted after.',
          'Keycloak answered 1 pages shorter than asked for.',
        ],
      },
    });
  });

  it('withholds removals from rows that come twice, and a person is then in it once', async () => {
    const acme = await realm();
    acme.interfere = disturb('first=10&', 99, (response) =>
      send(
        response,
        200,
        peopleOf(19)
          .slice(9)
          .map((user) => ({ ...user, enabled: true })),
      ),
    );
    expect(await read(acme)).toEqual({
      users: 24,
      groups: 4,
      removals: {
        kind: 'withheld',
        reasons: [
          'The number of users does not agree: 25 counted before, 24 read, 25 counted after.',
          'Keycloak listed 1 rows twice.',
        ],
      },
    });
  });
});

describe('whether somebody is gone', () => {
  it.each<[string, Interference, unknown]>([
    [
      'is not said by a cache that answers once more',
      disturb('/users/gone', 1, (response) => send(response, 200, { id: 'gone' })),
      false,
    ],
    [
      'nor by a second answer that finds the person',
      oddOnes('/users/gone', (response) => send(response, 200, { id: 'gone' })),
      false,
    ],
    ["nor by a proxy's 404", disturb('/users/gone', 99, status(404)), 'admin-api-not-here'],
    [
      'nor by a missing role',
      disturb('/users/gone', 99, (response) => send(response, 403, { error: 'HTTP 403 Forbidden' })),
      'role-missing',
    ],
    ['nor by an outage', disturb('/users/gone', 99, status(503)), 'server-error'],
    ['but by two answers of Keycloak', () => false, true],
  ])('%s', async (_name, interfere, expected) => {
    const acme = await realm();
    acme.interfere = interfere;
    const source = openKeycloak(openAccess(acme.origin, acme.fetch));
    const found = await source
      .confirmAbsent(sourceUserId('gone'))
      .catch((error: unknown) => (error instanceof SourceError ? error.code : error));
    expect(found).toEqual(expected);
  });
});

/** Interferes with the second, fourth … matching request. */
function oddOnes(matches: string, what: (response: ServerResponse) => void): Interference {
  let seen = 0;
  return (path, response) => {
    if (!path.includes(matches) || (seen += 1) % 2 === 1) return false;
    what(response);
    return true;
  };
}
