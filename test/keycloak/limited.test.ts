import fc from 'fast-check';
import { startKeycloakDouble, type KeycloakDouble } from '../../dev/keycloak/double';
import { isPastLastUser } from '../../dev/keycloak/double/faults';
import { doubleRealm, removeGroup, type DoubleRealm } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import type { Scope } from '../../src/domain/connector';
import { noGroups, type GroupRule, type GroupSet } from '../../src/domain/group-set';
import { sourceGroupId } from '../../src/domain/identity';
import { computeScope, findDecisiveGroups, measureScope } from '../../src/domain/scope';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { startMemberships } from '../../src/keycloak/memberships';
import { openKeycloak } from '../../src/keycloak/source';
import type { Reading } from '../../src/sync/ports';
import { mapFetch } from '../integration/real-realm';
import { openAccess, type AccessWishes } from './realm-access';

const secret = 'a secret';
const settings = { realm: 'staff', clientId: 'user-group-sync' };
const pageSize = 5;

let double: KeycloakDouble | undefined;
afterEach(async () => {
  await double?.stop();
  double = undefined;
});

function realmOf(users: number, groups: number, membershipsPerUser: number, seed = 1): DoubleRealm {
  const realm = doubleRealm(makeRealm({ name: 'staff', users, groups, membershipsPerUser, seed, secret }));
  realm.declaredAttributes = ['title'];
  for (const [index, user] of realm.users.entries()) user.attributes = { title: [`Title ${index}`] };
  const robot = realm.users.find((user) => user.serviceAccountClientId !== undefined);
  if (robot !== undefined) realm.memberships.push(...realm.groups.map(({ id }) => ({ userId: robot.id, groupId: id })));
  return realm;
}

/** One invocation after the other until the snapshot, and the paths below the realm that were asked for. */
async function read(server: KeycloakDouble, wishes: AccessWishes) {
  const from = server.requests.length;
  let reading: Reading<SourceSnapshot> | undefined;
  for (let invocation = 0; invocation < 200; invocation += 1) {
    const access = openAccess(server.publicUrl, mapFetch(server).fetch, { secret, settings, pageSize, ...wishes });
    reading = await openKeycloak(access).read(reading, async () => undefined);
    if (reading.kind === 'read') {
      const paths = server.requests.slice(from).map(({ url }) => url.replace('/admin/realms/staff', ''));
      return { snapshot: reading.snapshot, paths };
    }
    // What is stored between two invocations is text; the cast says what `JSON.parse` cannot.
    reading = JSON.parse(JSON.stringify(reading)) as typeof reading;
  }
  throw new Error('the reading does not come to its end');
}

const groupsOfPeople = (paths: readonly string[]) =>
  paths.flatMap((path) => /^\/users\/([^/?]+)\/groups\?/.exec(path)?.[1] ?? []);
const askedGroups = (paths: readonly string[]) =>
  new Set(paths.flatMap((path) => /^\/groups\/([^/?]+)\/members\?/.exec(path)?.[1] ?? []));

function scopeOf(include: readonly string[], more: Partial<Extract<Scope, { readonly kind: 'groups' }>> = {}) {
  const groupIds = include.map(sourceGroupId);
  return {
    kind: 'groups' as const,
    include: { groupIds, rules: [] },
    exclude: noGroups,
    match: 'any' as const,
    subGroups: false,
    ...more,
  };
}

const cases = fc.record({
  users: fc.integer({ min: 1, max: 14 }),
  groups: fc.integer({ min: 1, max: 9 }),
  membershipsPerUser: fc.integer({ min: 0, max: 4 }),
  seed: fc.integer({ min: 1, max: 50 }),
  include: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
  exclude: fc.array(fc.nat(8), { maxLength: 1 }),
  rule: fc.constantFrom<GroupRule | undefined>(
    undefined,
    undefined,
    { of: 'name', test: 'prefix', text: 'Group 000' },
    { of: 'path', test: 'regex', text: '/Group 0002' },
    { of: 'name', test: 'exact', text: 'nobody knows this' },
  ),
  match: fc.constantFrom('any' as const, 'all' as const),
  subGroups: fc.boolean(),
  attributes: fc.constantFrom<readonly string[]>([], ['title']),
  calls: fc.constantFrom(19, 10_000),
});

describe('a reading that groups limit', () => {
  it('brings what the whole reading brings of the people in scope, and of the others what decides the scope', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ users, groups, membershipsPerUser, seed, calls, attributes, ...given }) => {
        const realm = realmOf(users, groups, membershipsPerUser, seed);
        const idAt = (index: number) => sourceGroupId(realm.groups[index % realm.groups.length]?.id ?? '');
        const include: GroupSet = {
          groupIds: given.include.map(idAt),
          rules: given.rule === undefined ? [] : [given.rule],
        };
        const exclude: GroupSet = { groupIds: given.exclude.map(idAt), rules: [] };
        const { match, subGroups } = given;
        const scope: Scope = { kind: 'groups', include, exclude, match, subGroups };
        const server = await startKeycloakDouble({ realm });
        try {
          const { snapshot: whole } = await read(server, { attributes });
          const { snapshot: limited, paths } = await read(server, { attributes, scope, calls });
          const { inScope } = measureScope(whole, scope);
          const decisive = findDecisiveGroups(whole.groups, scope);
          const isDecisive = (id: SourceSnapshot['groups'][number]['id']) =>
            decisive.required.has(id) || decisive.excluded.has(id);
          const isBroken = decisive.required.size === 0;
          const expected = whole.users.map((user) => {
            if (!isBroken && inScope.has(user.id)) return user;
            const { attributes: shown, ...rest } = user;
            // Members of a required group are read in full, whatever else keeps them out.
            const isShown = shown !== undefined && user.groupIds.some((id) => decisive.required.has(id));
            return { ...rest, ...(isShown ? { attributes: shown } : {}), groupIds: user.groupIds.filter(isDecisive) };
          });
          expect(limited).toEqual({ ...whole, readAt: limited.readAt, memberships: 'in-scope', users: expected });
          const scopes = [limited, whole].map((source) => attempt(() => computeScope(source, scope)));
          expect(scopes[0]).toEqual(scopes[1]);
          expect(
            groupsOfPeople(paths).filter((id) => !inScope.has(id as SourceSnapshot['users'][number]['id'])),
          ).toEqual([]);
        } finally {
          await server.stop();
        }
      }),
      { numRuns: 60 },
    );
  });

  const attempt = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  };

  it.each<[string, number, number, number, 'user' | 'group', number]>([
    // name, members of the required group, groups, people in all, way, requests for memberships
    ['the groups of the few people in scope', 3, 12, 30, 'user', 1 + 3],
    ['the members of the few other groups', 9, 4, 30, 'group', 2 + 3],
    ['the members of the other groups where it is the same', 4, 5, 30, 'group', 1 + 4],
    ['nothing more where nobody is in scope', 0, 12, 30, 'user', 1],
    ['nothing more where the required group is the only one', 4, 1, 30, 'group', 1],
  ])('asks for %s', async (_name, members, groups, users, way, requests) => {
    const realm = realmOf(users, groups, 0);
    const robots = realm.memberships.splice(0);
    const [required] = realm.groups;
    realm.memberships = realm.users.slice(0, members).map(({ id }) => ({ userId: id, groupId: required?.id ?? '' }));
    expect(robots.length).toBe(groups);
    double = await startKeycloakDouble({ realm });
    const { snapshot, paths } = await read(double, { scope: scopeOf([required?.id ?? '']) });
    const people = groupsOfPeople(paths);
    const lists = paths.filter((path) => path.includes('/members?'));
    expect({
      inScope: snapshot.users.filter(({ groupIds }) => groupIds.length > 0).length,
      requests: people.length + lists.length,
    }).toEqual({ inScope: members, requests });
    if (way === 'user') expect([people.length, askedGroups(paths).size]).toEqual([members, 1]);
    else expect([people.length, askedGroups(paths).size]).toEqual([0, groups]);
  });

  it.each<[number, number, 'user' | 'group', number]>([
    [0, 0, 'group', 0],
    [0, 7, 'user', 0],
    [7, 0, 'group', 0],
    [3, 4, 'user', 3],
    [4, 4, 'group', 4],
    [5, 4, 'group', 4],
  ])('%i people and %i groups: the way is by %s, for %i lists', (users, groups, by, lists) => {
    const started = startMemberships(users, groups);
    expect([started.by, started.lists.length]).toEqual([by, lists]);
  });

  it('reads people in brief, and in full the members of required groups alone', async () => {
    const realm = realmOf(12, 4, 2);
    const [required, excluded] = realm.groups;
    double = await startKeycloakDouble({ realm });
    const exclude = { groupIds: [sourceGroupId(excluded?.id ?? '')], rules: [] };
    const scope = scopeOf([required?.id ?? ''], { exclude });
    const { paths } = await read(double, { scope, attributes: ['title'] });
    const full = paths.filter((path) => path.includes('briefRepresentation=false'));
    expect([...askedGroups(full)]).toEqual([required?.id]);
    expect(full.every((path) => path.includes('/members?'))).toBe(true);
  });

  it.each<[string, (realm: DoubleRealm) => Scope]>([
    ['a required group is gone', ({ groups }) => scopeOf([groups[0]?.id ?? '', 'gone'])],
    [
      'an excluded group is gone',
      ({ groups }) => scopeOf([groups[0]?.id ?? ''], { exclude: { groupIds: [sourceGroupId('gone')], rules: [] } }),
    ],
    [
      'a rule matches no group',
      () => ({ ...scopeOf([]), include: { groupIds: [], rules: [{ of: 'name', test: 'exact', text: 'x' }] } }),
    ],
  ])("ends in a snapshot without asking for anybody's memberships where %s", async (_name, choose) => {
    const realm = realmOf(12, 6, 2);
    const scope = choose(realm);
    double = await startKeycloakDouble({ realm });
    const { snapshot, paths } = await read(double, { scope, attributes: ['title'] });
    expect([groupsOfPeople(paths), askedGroups(paths).size, snapshot.users.length]).toEqual([[], 0, 12]);
    expect(() => computeScope(snapshot, scope)).toThrow(/no longer exists|fits the rule/);
  });

  it('reads again when a required group is deleted meanwhile, and then stops by its sentence', async () => {
    const realm = realmOf(12, 6, 2);
    const leaf = realm.groups.find(({ id }) => realm.groups.every(({ parentId }) => parentId !== id));
    const scope = scopeOf([leaf?.id ?? '']);
    const gone = {
      kind: 'change' as const,
      when: 'after' as const,
      change: (now: DoubleRealm) => removeGroup(now, leaf?.id ?? ''),
    };
    double = await startKeycloakDouble({ realm, faults: [{ match: /\/groups\?search/, times: 1, then: gone }] });
    const { snapshot, paths } = await read(double, { scope, pageSize: 100 });
    expect(paths.filter((path) => path.startsWith('/users/count')).length).toBe(4);
    expect(() => computeScope(snapshot, scope)).toThrow(/no longer exists/);
  });

  it('proves the list of users past its end as any reading does', async () => {
    const realm = realmOf(12, 6, 2);
    const fault = { match: isPastLastUser, then: { kind: 'truncated' as const } };
    double = await startKeycloakDouble({ realm, faults: [fault] });
    await expect(read(double, { scope: scopeOf([realm.groups[0]?.id ?? '']) })).rejects.toMatchObject({
      code: 'unreadable-answer',
    });
  });
});
