import fc from 'fast-check';
import { makeRealm, type RealmOptions } from '../../../dev/keycloak/realms';
import type { GroupRepresentation, RealmRepresentation } from '../../../dev/keycloak/representation';
import { sampleRealm } from '../../../dev/keycloak/sample';
import { sampleOrganizationSeed } from '../../../dev/keycloak/sample-organization';

interface Found {
  readonly id: string | undefined;
  readonly name: string;
  readonly path: string;
}

function flatten(groups: readonly GroupRepresentation[], above = ''): Found[] {
  return groups.flatMap(({ id, name, subGroups = [] }) => {
    const path = `${above}/${name}`;
    return [{ id, name, path }, ...flatten(subGroups, path)];
  });
}

function peopleOf(realm: RealmRepresentation) {
  return realm.users.filter((user) => user.serviceAccountClientId === undefined);
}

const sizes: fc.Arbitrary<RealmOptions> = fc.record({
  name: fc.constantFrom('one', 'two'),
  users: fc.nat(60),
  groups: fc.nat(30),
  membershipsPerUser: fc.nat(12),
  seed: fc.nat(),
});

describe('a realm of any size', () => {
  it('holds as many users, groups and different memberships as asked for, all of groups that exist', () => {
    fc.assert(
      fc.property(sizes, (options) => {
        const realm = makeRealm(options);
        const paths = flatten(realm.groups).map((group) => group.path);
        const people = peopleOf(realm);
        expect([people.length, paths.length]).toEqual([options.users, options.groups]);
        for (const { groups = [] } of people) {
          expect(new Set(groups).size).toBe(Math.min(options.membershipsPerUser, options.groups));
          expect(groups.every((path) => paths.includes(path))).toBe(true);
        }
      }),
    );
  });

  it('uses no id, user name, e-mail or path twice', () => {
    fc.assert(
      fc.property(sizes, (options) => {
        const realm = makeRealm(options);
        const groups = flatten(realm.groups);
        const lists = [
          [...realm.users, ...groups].map((row) => row.id),
          realm.users.map((user) => user.username),
          peopleOf(realm).map((user) => user.email),
          groups.map((group) => group.path),
        ];
        for (const list of lists) expect(new Set(list).size).toBe(list.length);
      }),
    );
  });

  it('is the same for the same seed and differs with the seed', () => {
    const options = { name: 'one', users: 50, groups: 10, membershipsPerUser: 3 };
    expect(makeRealm({ ...options, seed: 7 })).toEqual(makeRealm({ ...options, seed: 7 }));
    expect(makeRealm({ ...options, seed: 7 }).users).not.toEqual(makeRealm({ ...options, seed: 8 }).users);
  });

  it('shares no id with a realm of another name, so that both fit one server', () => {
    const options = { users: 20, groups: 5, membershipsPerUser: 2 };
    const ids = ['one', 'two'].map((name) => {
      const realm = makeRealm({ name, ...options });
      return [...realm.users, ...flatten(realm.groups)].map((row) => row.id);
    });
    expect(new Set(ids.flat()).size).toBe(ids.flat().length);
  });

  it('of ten thousand users keeps its numbers', () => {
    const realm = makeRealm({ name: 'large', users: 10_000, groups: 500, membershipsPerUser: 8 });
    const memberships = realm.users.reduce((sum, user) => sum + (user.groups?.length ?? 0), 0);
    expect([peopleOf(realm).length, flatten(realm.groups).length, memberships]).toEqual([10_000, 500, 80_000]);
    expect(flatten(realm.groups).some((group) => group.path.split('/').length === 4)).toBe(true);
  });

  it('gives no passwords', () => {
    expect(JSON.stringify(makeRealm({ name: 'one', users: 5, groups: 1, membershipsPerUser: 1 }))).not.toMatch(
      /credentials|password/,
    );
  });

  it('puts the same name into two branches when told to', () => {
    const realm = makeRealm({ name: 'one', users: 0, groups: 4, membershipsPerUser: 0, topGroups: 2, twins: true });
    const twins = flatten(realm.groups).filter((group) => group.name === 'Twins');
    expect(new Set(twins.map((group) => group.path)).size).toBe(2);
  });
});

describe('the clients of a realm', () => {
  it.each([
    ['view-users', ['view-users']],
    ['manage-users', ['manage-users']],
    ['query-only', ['query-users', 'query-groups']],
    ['none', []],
    [
      ['view-users', 'view-events'],
      ['view-users', 'view-events'],
    ],
  ] as const)('may do %s', (access, roles) => {
    const clients = [{ clientId: 'reader', secret: 'sesame', access }];
    const realm = makeRealm({ name: 'one', users: 0, groups: 0, membershipsPerUser: 0, clients });
    expect(realm.users).toMatchObject([
      {
        username: 'service-account-reader',
        serviceAccountClientId: 'reader',
        clientRoles: { 'realm-management': roles },
      },
    ]);
  });

  it('can lack full scope or a service account', () => {
    const clients = [
      { clientId: 'narrow', secret: 'sesame', fullScope: false },
      { clientId: 'plain', secret: 'sesame', serviceAccounts: false },
    ];
    const realm = makeRealm({ name: 'one', users: 0, groups: 0, membershipsPerUser: 0, clients });
    expect(realm.clients).toMatchObject([
      { clientId: 'narrow', secret: 'sesame', fullScopeAllowed: false, serviceAccountsEnabled: true },
      { clientId: 'plain', secret: 'sesame', fullScopeAllowed: true, serviceAccountsEnabled: false },
    ]);
    expect(realm.users.map((user) => user.username)).toEqual(['service-account-narrow']);
  });
});

describe('the sample realm', () => {
  const realm = sampleRealm();
  const people = peopleOf(realm);
  const groups = flatten(realm.groups);
  const count = (match: (user: (typeof people)[number]) => boolean): number => people.filter(match).length;

  it('has 200 people in 25 groups, some of them below others, and no group name twice', () => {
    expect([people.length, groups.length]).toEqual([200, 25]);
    expect(new Set(groups.map((group) => group.name)).size).toBe(25);
    expect(realm.groups.length).toBeLessThan(25);
  });

  it.each([
    ['without e-mail', count((user) => user.email === undefined)],
    [
      'with an unverified e-mail of the own domain',
      count((user) => /@example\.com$/.test(user.email ?? '') && !user.emailVerified),
    ],
    ['with a foreign e-mail', count((user) => /@(?!example\.com$)/.test(user.email ?? ''))],
    ['disabled', count((user) => !user.enabled)],
    ['without a name', count((user) => user.firstName === undefined && user.lastName === undefined)],
    ['with an accent in the name', count((user) => /[^ -~]/.test(`${user.firstName ?? ''}${user.lastName ?? ''}`))],
    ['in the group named like administrators', count((user) => user.groups?.includes('/site-admins') ?? false)],
    ['in the group with a slash in its name', count((user) => user.groups?.includes('/R&D / Labs/A/B Tests') ?? false)],
  ])('has a few people %s', (_, found) => {
    expect(found).toBeGreaterThan(1);
    expect(found).toBeLessThan(people.length / 2);
  });

  it('has people in every group', () => {
    const used = new Set(people.flatMap((user) => user.groups ?? []));
    expect(groups.map((group) => group.path).filter((path) => !used.has(path))).toEqual([]);
  });

  it('has a service account that is a member of a group, and uses no id or user name twice', () => {
    expect(realm.users.find((user) => user.username === 'service-account-nightly-report')?.groups).toContain(
      '/Engineering/Operations',
    );
    const ids = [...realm.users, ...groups].map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(realm.users.map((user) => user.username)).size).toBe(realm.users.length);
  });
});

describe('the organization of the demo', () => {
  const seed = sampleOrganizationSeed();
  const people = peopleOf(sampleRealm());
  const known = seed.accounts.filter((account) => people.some((user) => user.email === account.email));

  it('knows a part of the people already, and some whom no realm knows', () => {
    expect(known.length).toBeGreaterThan(30);
    expect(known.length).toBeLessThan(70);
    expect(seed.accounts.length - known.length).toBe(3);
    expect(new Set(seed.accounts.map((account) => account.email)).size).toBe(seed.accounts.length);
  });

  it.each([
    ['disabled', people.filter((user) => !user.enabled)],
    ['with an unverified e-mail', people.filter((user) => user.emailVerified === false)],
    ['of a foreign domain', people.filter((user) => user.email?.endsWith('@partner.example.net'))],
  ])('knows somebody %s', (_, some) => {
    expect(known.some((account) => some.some((user) => user.email === account.email))).toBe(true);
  });

  it('manages the accounts of its domain and no others', () => {
    for (const { email, managed } of seed.accounts) expect(managed).toBe(email.endsWith('@example.com'));
  });

  it('has one account suspended by hand, and groups with and without the name of a group of the realm', () => {
    expect(known.filter((account) => account.status === 'suspended')).toHaveLength(1);
    const names = new Set(flatten(sampleRealm().groups).map((group) => group.name));
    expect(seed.groups.filter((group) => names.has(group.name)).map((group) => group.name)).toEqual([
      'site-admins',
      'Marketing',
      'Finance',
    ]);
  });

  it('names only groups that it has, and makes nobody of the realm an administrator', () => {
    const names = new Set(seed.groups.map((group) => group.name));
    expect(seed.accounts.flatMap((account) => account.groups).filter((group) => !names.has(group))).toEqual([]);
    expect(known.some((account) => account.groups.includes('site-admins'))).toBe(false);
  });
});
