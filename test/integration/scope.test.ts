import { generationOf } from '../../dev/keycloak/double/generation';
import { startKeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm } from '../../dev/keycloak/double/realm';
import { idOf } from '../../dev/keycloak/random';
import type { RealmRepresentation } from '../../dev/keycloak/representation';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import type { Scope } from '../../src/domain/connector';
import { noGroups, type GroupRule } from '../../src/domain/group-set';
import { sourceGroupId } from '../../src/domain/identity';
import { computeScope } from '../../src/domain/scope';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { openKeycloak } from '../../src/keycloak/source';
import { openAccess, type AccessWishes } from '../keycloak/realm-access';
import { mapFetch, mixedRealm, secret } from './real-realm';

// A busy machine is no fault of the source.
jest.setTimeout(5 * 60_000);

const server = sharedKeycloak();
const { showsUndeclaredAttributes, userProfile } = generationOf(server.version);
const name = 'scoped';
const id = (text: string): string => idOf(`${name}/${text}`);
// Before 24 a value has room for 255 characters.
const essay = 'e'.repeat(userProfile ? 2_000 : 200);

/** The mixed realm with people in branches of equal names, and attributes. */
function scopedRealm(): RealmRepresentation {
  const mixed = mixedRealm(name);
  const person = (username: string, groups: readonly string[], attributes = {}) => ({
    id: id(username),
    username,
    enabled: true,
    groups,
    attributes,
  });
  const twin = (branch: string) => ({
    id: id(branch),
    name: branch,
    subGroups: [{ id: id(`${branch}/Team`), name: 'Team', subGroups: [] }],
  });
  return {
    ...mixed,
    groups: [...mixed.groups, twin('East'), twin('West')],
    users: [
      ...mixed.users,
      person('ea', ['/East/Team'], { title: ['Dr.'], phone: ['2', '1', '3'], hidden: ['x'] }),
      person('eb', ['/East/Team', '/West/Team'], { title: ['Prof.'], essay: [essay] }),
      person('wa', ['/West/Team'], { title: ['Mag.'] }),
    ],
  };
}

const realm = scopedRealm();

beforeAll(async () => {
  await server.admin.createRealm(realm);
  if (!userProfile) return;
  const profile = await server.admin.request('GET', `/${name}/users/profile`);
  const { attributes } = profile as { readonly attributes: readonly object[] }; // Keycloak's own profile
  const permissions = { view: ['admin'], edit: ['admin'] };
  const declared = [
    { name: 'title', permissions },
    { name: 'phone', permissions, multivalued: true },
    { name: 'essay', permissions },
    // For the person's eyes alone.
    { name: 'diary', permissions: { view: ['user'], edit: ['user'] } },
  ];
  await server.admin.request('PUT', `/${name}/users/profile`, {
    ...(profile as object), // as above
    attributes: [...attributes, ...declared],
  });
});
afterAll(() => server.admin.deleteRealm(name));

async function read(wishes: AccessWishes = {}): Promise<SourceSnapshot> {
  const access = openAccess(server.publicUrl, mapFetch(server).fetch, {
    secret,
    pageSize: 1_000,
    ...wishes,
    settings: { realm: name },
  });
  const reading = await openKeycloak(access).read(undefined, async () => undefined);
  if (reading.kind !== 'read') throw new Error('the reading did not come to its end');
  return reading.snapshot;
}

type GroupsScope = Extract<Scope, { readonly kind: 'groups' }>;
const scopeOf = (groupIds: readonly string[], rules: readonly GroupRule[] = []): GroupsScope => ({
  kind: 'groups',
  include: { groupIds: groupIds.map(sourceGroupId), rules },
  exclude: noGroups,
  match: 'any',
  subGroups: false,
});

/** User names of the people in scope, as a run finds them. */
async function findPeople(scope: GroupsScope): Promise<readonly string[]> {
  const snapshot = await read({ scope });
  const { inScope } = computeScope(snapshot, scope);
  return snapshot.users.flatMap((user) => (inScope.has(user.id) ? [user.username] : []));
}

describe('required groups on a real server', () => {
  it.each<[string, GroupsScope, readonly string[]]>([
    ['one of two with equal names in two branches', scopeOf([id('East/Team')]), ['ea', 'eb']],
    ['both by their name', scopeOf([], [{ of: 'name', test: 'exact', text: 'Team' }]), ['ea', 'eb', 'wa']],
    ['one by its path', scopeOf([], [{ of: 'path', test: 'exact', text: '/West/Team' }]), ['eb', 'wa']],
    [
      'one with slashes in its name and above',
      scopeOf([], [{ of: 'path', test: 'exact', text: '/R&D / Labs/A/B tests' }]),
      ['mixed'],
    ],
    ['one with a slash, by its name', scopeOf([], [{ of: 'name', test: 'prefix', text: 'A/B' }]), ['mixed']],
    ['all below one', { ...scopeOf([id('East')]), subGroups: true }, ['ea', 'eb']],
    ['members of both', { ...scopeOf([id('East/Team'), id('West/Team')]), match: 'all' }, ['eb']],
    [
      'one without the members of another',
      { ...scopeOf([id('West/Team')]), exclude: { groupIds: [sourceGroupId(id('East/Team'))], rules: [] } },
      ['wa'],
    ],
  ])('are chosen as they are: %s', async (_name, scope, people) => {
    expect(await findPeople(scope)).toEqual(people);
  });

  it.each([1_000, 3])(
    'are read to the same data as the whole realm, of the people in scope (pages of %i)',
    async (pageSize) => {
      const scope = { ...scopeOf([id('East'), idOf(`${name}/labs`)]), subGroups: true };
      const [whole, limited] = [await read({ pageSize }), await read({ pageSize, scope })];
      const { inScope } = computeScope(whole, scope);
      const decides = new Set<string>([id('East'), id('East/Team'), idOf(`${name}/labs`), idOf(`${name}/tests`)]);
      expect(inScope.size).toBe(3);
      expect(limited).toEqual({
        ...whole,
        memberships: 'in-scope',
        users: whole.users.map((user) =>
          inScope.has(user.id) ? user : { ...user, groupIds: user.groupIds.filter((group) => decides.has(group)) },
        ),
      });
    },
  );

  it('stay chosen by id when they are renamed and moved, and show their new name and place', async () => {
    const scope = scopeOf([id('East/Team')]);
    await server.admin.renameGroup(name, id('East/Team'), 'Crew / East');
    await server.admin.moveGroup(name, id('East/Team'), id('West'));
    try {
      const { groups } = await read({ scope });
      expect(groups.find((group) => group.id === id('East/Team'))).toEqual({
        id: id('East/Team'),
        name: 'Crew / East',
        path: '/West/Crew / East',
        parentId: id('West'),
      });
      expect(await findPeople(scope)).toEqual(['ea', 'eb']);
      expect(await findPeople({ ...scopeOf([id('West')]), subGroups: true })).toEqual(['ea', 'eb', 'wa']);
      await expect(findPeople({ ...scopeOf([id('East')]), subGroups: true })).rejects.toThrow(/have no members/);
    } finally {
      await server.admin.moveGroup(name, id('East/Team'), id('East'));
      await server.admin.renameGroup(name, id('East/Team'), 'Team');
    }
  });

  it('that are deleted stop the run with a sentence, whoever is in the others', async () => {
    const gone = await server.admin.createGroup(name, 'Short-lived');
    const scope = scopeOf([id('East/Team'), gone]);
    expect(await findPeople(scope)).toEqual(['ea', 'eb']);
    await server.admin.deleteGroup(name, gone);
    await expect(findPeople(scope)).rejects.toThrow(
      `A required group no longer exists in Keycloak (id ${gone}); nothing is changed: choose the required groups again.`,
    );
  });
});

describe('custom attributes on a real server', () => {
  const names = ['title', 'phone', 'essay', 'hidden', 'diary', 'LDAP_ID'];
  const shown = ({ users }: SourceSnapshot) =>
    Object.fromEntries(users.flatMap(({ username, attributes }) => (attributes ? [[username, attributes]] : [])));
  const undeclared = showsUndeclaredAttributes ? { hidden: ['x'] } : {};
  const ea = { title: ['Dr.'], phone: ['2', '1', '3'], ...undeclared };
  const eb = { title: ['Prof.'], essay: [essay] };

  it('come with everybody where the whole realm is read: declared ones, several values in their order', async () => {
    expect(shown(await read({ attributes: names }))).toEqual({ ea, eb, wa: { title: ['Mag.'] } });
  });

  it('come with members of required groups where these limit the scope', async () => {
    expect(shown(await read({ attributes: names, scope: scopeOf([id('East/Team')]) }))).toEqual({ ea, eb });
  });

  it('come with nobody where none is named', async () => {
    expect(shown(await read())).toEqual({});
  });

  it('are told for a choice, by the stand-in as by the server', async () => {
    const told = async (at: { readonly url: string; readonly publicUrl: string }) => {
      const settings = { realm: name };
      const access = openAccess(at.publicUrl, mapFetch(at).fetch, { secret, settings });
      return openKeycloak(access).readAttributes();
    };
    const state = doubleRealm(realm);
    state.declaredAttributes = ['title', 'phone', 'essay'];
    state.multivaluedAttributes = ['phone'];
    const double = await startKeycloakDouble({ realm: state, version: server.version });
    try {
      const row = (attribute: string, people: number, multivalued = false, declared = userProfile) => ({
        name: attribute,
        declared,
        multivalued,
        people,
      });
      const expected = [
        row('essay', 1),
        ...(showsUndeclaredAttributes ? [row('hidden', 1, false, false)] : []),
        row('phone', 1, true),
        row('title', 3),
      ];
      expect(await told(server)).toEqual(expected);
      expect(await told(double)).toEqual(expected);
    } finally {
      await double.stop();
    }
  });
});
