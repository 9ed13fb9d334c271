import { sourceUserId } from '../../src/domain/identity';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { openKeycloak } from '../../src/keycloak/source';
import type { Reading } from '../../src/sync/ports';
import type { AccessWishes } from './realm-access';
import { openAccess } from './realm-access';
import type { RealmOptions, RealmServer, RealmState } from './realm-server';
import { startRealm } from './realm-server';
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

/** One invocation after the other, each with its own budget and token, the state in between as stored text. */
async function readWhole({ origin, fetch }: RealmServer, wishes: AccessWishes = {}) {
  let reading: Reading<SourceSnapshot> | undefined;
  for (let invocations = 1; ; invocations += 1) {
    const source = openKeycloak(openAccess(origin, fetch, wishes));
    reading = await source.read(reading, async () => undefined);
    if (reading.kind === 'read') return { snapshot: reading.snapshot, invocations };
    // What is stored between two invocations is text; the cast says what `JSON.parse` cannot.
    reading = JSON.parse(JSON.stringify(reading)) as Reading<SourceSnapshot>;
    if (invocations > 500) throw new Error('the reading does not come to an end');
  }
}

const whole = (origin: string, base = '') => ({
  issuer: `${origin}${base}/realms/acme`,
  readAt: 1_000_000,
  users: peopleOf(25).map((user, index) => ({
    ...user,
    emailVerified: true,
    enabled: true,
    groupIds: index === 3 ? ['g-a', 'g-deep', 'g-all'] : index === 24 ? ['g-deep', 'g-all'] : ['g-all'],
  })),
  groups: [
    { id: 'g-rd', name: 'R&D / Labs', path: '/R&D / Labs' },
    { id: 'g-a', name: 'A', path: '/R&D / Labs/A', parentId: 'g-rd' },
    { id: 'g-deep', name: 'all', path: '/R&D / Labs/A/all', parentId: 'g-a' },
    { id: 'g-all', name: 'all', path: '/all' },
  ],
  memberships: 'all',
  removals: { kind: 'allowed' },
});

describe('the snapshot of a realm', () => {
  it.each<[string, RealmOptions, AccessWishes]>([
    ['of a present server', {}, {}],
    ['of a server before 23, which nests sub-groups', { nested: true }, {}],
    ['where the one query for groups does not bring all', { flatQueryBroken: true }, {}],
    ['where Keycloak lies under /auth', { prefix: '/auth' }, {}],
    ['with a base path that is known', { prefix: '/auth' }, { baseUrl: 'https://server.example.test/auth' }],
    ['with a base path that is outdated', {}, { baseUrl: 'https://server.example.test/auth' }],
    ['with a client that authenticates by header alone', { clientAuthentication: 'basic' }, {}],
    ['with tokens that name no end', { tokenSeconds: 0 }, {}],
    ['in pages of two', {}, { pageSize: 2 }],
    ['in overlapping pages of two before 23', { nested: true }, { pageSize: 2 }],
    ['in pages of one on a walk', { flatQueryBroken: true }, { pageSize: 1 }],
    ['in pages that the lists fill exactly', {}, { pageSize: 25 }],
    ['in one page', {}, { pageSize: 1_000 }],
    ['through the admin URL', {}, { settings: { adminUrl: 'https://server.example.test' } }],
  ])('%s', async (_name, options, wishes) => {
    const acme = await realm(smallRealm(), options);
    const { snapshot } = await readWhole(acme, wishes);
    expect(snapshot).toEqual(whole(acme.origin, options.prefix));
  });

  it('keeps what is absent absent, and says who belongs to a federation', async () => {
    const acme = await realm({
      users: [
        { id: 'f:1b:ann', username: 'ann', federationLink: '1b' },
        { id: 'b', username: 'bob', email: '', firstName: 'Bob', enabled: false },
      ],
      groups: [],
      members: {},
    });
    const { snapshot } = await readWhole(acme);
    expect(snapshot.users).toEqual([
      { id: 'f:1b:ann', username: 'ann', emailVerified: true, enabled: true, federationLink: '1b', groupIds: [] },
      { id: 'b', username: 'bob', firstName: 'Bob', emailVerified: true, enabled: false, groupIds: [] },
    ]);
  });

  it('shows an outage of a federation as it is: everybody disabled, nobody missing', async () => {
    const acme = await realm({
      users: peopleOf(12).map((user) => ({ ...user, enabled: false })),
      groups: [],
      members: {},
    });
    const { snapshot } = await readWhole(acme);
    expect([snapshot.users.filter(({ enabled }) => !enabled).length, snapshot.removals]).toEqual([
      12,
      { kind: 'allowed' },
    ]);
  });

  it('reads on past the count, for people of a federation that does not import', async () => {
    const acme = await realm({
      users: peopleOf(35)
        .map((user) => ({ ...user, id: `f:x:${user.username}` }))
        .concat(peopleOf(1).map((user) => ({ ...user, username: 'z' }))),
      groups: [],
      members: {},
    });
    const { snapshot } = await readWhole(acme);
    expect([snapshot.users.length, snapshot.removals]).toEqual([36, { kind: 'allowed' }]);
  });

  it('asks for the groups of each user where there are fewer users', async () => {
    const acme = await realm({
      users: peopleOf(2),
      groups: ['a', 'b', 'c'].map((name) => ({ id: `g-${name}`, name })),
      members: { 'g-a': ['id-u0000'], 'g-c': ['id-u0000', 'id-u0001'] },
    });
    const { snapshot } = await readWhole(acme);
    expect([
      snapshot.users.map(({ groupIds }) => groupIds),
      acme.adminPaths().filter((path) => path.includes('/members')),
    ]).toEqual([[['g-a', 'g-c'], ['g-c']], []]);
  });
});

describe('how many requests a reading takes', () => {
  it('is the minimum: token, discovery, counts twice, pages, the one past the end, and the members', async () => {
    const acme = await realm();
    await readWhole(acme);
    // Discovery and token, 4 counts, 3 + 1 pages of users, 1 page of groups, a page for each group and 2 more for the one with 26 members.
    expect(acme.seen.length).toBe(2 + 4 + (3 + 1) + 1 + (4 + 2));
  });

  it('sends no filter with the users listing', async () => {
    const acme = await realm();
    await readWhole(acme);
    const queries = acme.adminPaths().filter((path) => path.startsWith('/users?'));
    expect([...queries].sort()).toEqual(
      [0, 10, 20, 30].map((first) => `/users?briefRepresentation=true&first=${first}&max=10`),
    );
  });
});

describe('a reading over several invocations', () => {
  it('comes to the same snapshot, asking for nothing twice but token and what was cut off', async () => {
    const acme = await realm();
    // 16 calls are kept back, so that an invocation gets through two or three requests.
    const { snapshot, invocations } = await readWhole(acme, { calls: 20, pageSize: 5 });
    expect([snapshot, invocations > 5]).toEqual([whole(acme.origin), true]);
    const pages = acme.adminPaths().filter((path) => path.includes('first='));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('ends an invocation that runs out of calls between attempts, keeping what was read', async () => {
    const acme = await realm();
    let burst = 0;
    acme.interfere = (path, response) => {
      if (!/members|count|openid/.test(path) || (burst += 1) % 3 === 0) return false;
      response.writeHead(503).end();
      return true;
    };
    const { snapshot } = await readWhole(acme, { calls: 19 });
    expect(snapshot).toEqual({ ...whole(acme.origin), readAt: expect.any(Number) as number });
  });

  it('goes on in the next invocation when the last calls of one fail', async () => {
    const acme = await realm();
    let failures = 0;
    acme.interfere = (path, response) => {
      if (!path.includes('/users/count') || (failures += 1) > 4) return false;
      response.writeHead(503).end();
      return true;
    };
    const { snapshot, invocations } = await readWhole(acme, { calls: 19 });
    expect([snapshot, invocations > 1]).toEqual([whole(acme.origin), true]);
  });

  it('starts again with a state that is not its own', async () => {
    const acme = await realm();
    const source = openKeycloak(openAccess(acme.origin, acme.fetch));
    const foreign = { kind: 'reading' as const, state: { version: 0 }, progress: { what: 'users', done: 1 } };
    expect(await source.read(foreign, async () => undefined)).toEqual({ kind: 'read', snapshot: whole(acme.origin) });
  });

  it('reports what it is doing when it takes longer than a second', async () => {
    const acme = await realm();
    let clock = 0;
    const slow = openAccess(acme.origin, acme.fetch, { now: () => (clock += 1_000) });
    const reports = new Set<string>();
    await openKeycloak(slow).read(undefined, async ({ what }) => void reports.add(what));
    expect([...reports].sort()).toEqual(['groups', 'members of groups', 'users']);
  });

  it('reports nothing within the first second: whoever looks would not see it', async () => {
    const acme = await realm();
    const reports: string[] = [];
    const quick = openAccess(acme.origin, acme.fetch);
    await openKeycloak(quick).read(undefined, async ({ what }) => void reports.push(what));
    expect(reports).toEqual([]);
  });
});

describe('single reads', () => {
  it('confirms a person as absent after two answers, and nobody who exists', async () => {
    const acme = await realm();
    const source = openKeycloak(openAccess(acme.origin, acme.fetch));
    const absent = [];
    for (const id of ['gone', 'id-u0001']) absent.push(await source.confirmAbsent(sourceUserId(id)));
    expect([absent, acme.adminPaths()]).toEqual([
      [true, false],
      ['/users/gone', '/users/gone', '/users/id-u0001'],
    ]);
  });
});
