import fc from 'fast-check';
import { computePlan } from '../../src/domain/compute-plan';
import { defaultSettings, type GroupNaming } from '../../src/domain/connector';
import { createSelection, renameGroups } from '../../src/domain/group-selection';
import { noGroups, type GroupRule, type GroupSet } from '../../src/domain/group-set';
import { measureScope } from '../../src/domain/scope';
import {
  chosenGroups,
  directory,
  groupScope,
  keycloakGroupId,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const world = [
  sourceGroup('staff'),
  sourceGroup('berlin', { parentId: keycloakGroupId('staff') }),
  sourceGroup('r&d/ops', { parentId: keycloakGroupId('berlin') }),
];
const naming = (more: Partial<GroupNaming>): GroupNaming => ({ ...defaultSettings.groups.naming, ...more });

/** An expression that was taken once and is too large today. */
const tooLarge = { of: 'name', test: 'regex', text: '(?:st.ff){1000}|staff' } as const satisfies GroupRule;

describe('the groups that are synced', () => {
  const selected = (given: Parameters<typeof createSelection>[1]) =>
    world
      .map(({ id }) => id)
      .filter(createSelection(world, given))
      .map((id) => id.replace('k-', ''));
  const berlin = { groupIds: [keycloakGroupId('berlin')], rules: [] };
  const slashed = { groupIds: [], rules: [{ of: 'name', test: 'regex', text: '/' }] } as const;

  it.each([
    ['all of the realm', { selection: { kind: 'all' as const }, exclude: noGroups }, ['staff', 'berlin', 'r&d/ops']],
    ['all but an excluded one', { selection: { kind: 'all' as const }, exclude: berlin }, ['staff', 'r&d/ops']],
    ['the chosen ones', { selection: chosenGroups([keycloakGroupId('berlin')]), exclude: noGroups }, ['berlin']],
    [
      'those that a rule names',
      { selection: { kind: 'chosen' as const, include: slashed }, exclude: noGroups },
      ['r&d/ops'],
    ],
    [
      'none that is chosen and excluded',
      { selection: { kind: 'chosen' as const, include: berlin }, exclude: berlin },
      [],
    ],
    [
      'none where an exception of older settings is no expression',
      { selection: { kind: 'all' as const }, exclude: { groupIds: [], rules: [tooLarge] } },
      [],
    ],
  ])('are %s', (_, given, expected) => {
    expect(selected(given)).toEqual(expected);
  });
});

const rule = fc.record<GroupRule>({
  of: fc.constantFrom('name', 'path'),
  test: fc.constantFrom('exact', 'prefix', 'regex'),
  text: fc.constantFrom('staff', '/staff', 'berlin', 'b', 's', '^r', '/', 'nobody'),
});
const anySet = fc.record<GroupSet>({
  groupIds: fc.subarray(world.map(({ id }) => id)),
  rules: fc.array(rule, { maxLength: 5 }),
});
const shuffled = (set: GroupSet): fc.Arbitrary<GroupSet> =>
  fc.record({
    groupIds: fc.shuffledSubarray([...set.groupIds], { minLength: set.groupIds.length }),
    rules: fc.shuffledSubarray([...set.rules], { minLength: set.rules.length }),
  });
const twice = anySet.chain((set) => fc.tuple(fc.constant(set), shuffled(set)));

it('stops a run where an exception of the scope is no expression: everybody whom it kept out would come in', () => {
  const exclude = { groupIds: [], rules: [tooLarge] };
  const scope = { ...groupScope([keycloakGroupId('staff')], false), exclude };
  const given = { source: source([user('anna', { groups: ['staff'] })], world), directory: directory([]) };
  expect(() => computePlan(planInput({ ...given, settings: settings({ scope }) }))).toThrow(
    'No group of Keycloak fits the rule for required groups',
  );
});

describe('the order of rules and picked groups', () => {
  it('does not matter for the groups that are synced', () => {
    fc.assert(
      fc.property(twice, twice, ([include, mixed], [exclude, mixedExclude]) => {
        const selected = (set: GroupSet, without: GroupSet) =>
          world
            .map(({ id }) => id)
            .filter(createSelection(world, { selection: { kind: 'chosen', include: set }, exclude: without }));
        expect(selected(mixed, mixedExclude)).toEqual(selected(include, exclude));
      }),
    );
  });

  it('does not matter for the people in scope', () => {
    const people = [['staff'], ['berlin'], ['r&d/ops'], ['staff', 'r&d/ops'], []].map((groups, index) =>
      user(`p${index}`, { groups }),
    );
    const realm = source(people, world);
    fc.assert(
      fc.property(
        twice,
        twice,
        fc.constantFrom('any' as const, 'all' as const),
        fc.boolean(),
        ([include, mixed], [exclude, mixedExclude], match, subGroups) => {
          const inScope = (set: GroupSet, without: GroupSet) =>
            measureScope(realm, { kind: 'groups', include: set, exclude: without, match, subGroups }).inScope;
          expect(inScope(mixed, mixedExclude)).toEqual(inScope(include, exclude));
        },
      ),
    );
  });
});

describe('groups whose names meet after mapping', () => {
  const decide = (given: GroupNaming) =>
    computePlan(
      planInput({
        source: source([user('anna', { groups: ['staff', 'berlin'] })], world),
        directory: directory([]),
        settings: settings({ groups: { ...defaultSettings.groups, naming: given } }),
      }),
    ).groups.map(({ name, operation, reason }) => [name, operation, reason]);

  it('are conflicts, each of them, and none is merged', () => {
    const reason = 'Several Keycloak groups are called "all": none of them is synced, and none merged.';
    expect(decide(naming({ transformations: [{ kind: 'constant', value: 'all' }] }))).toEqual(
      world.map(() => ['all', 'conflict', reason]),
    );
  });

  it('are a conflict when only their case differs', () => {
    const prefix = naming({ transformations: [{ kind: 'replace', search: 'berlin', replacement: 'STAFF' }] });
    expect(decide(prefix).map(([, operation]) => operation)).toEqual(['conflict', 'conflict', 'filtered']);
  });

  it('are a conflict when the name is empty or too long', () => {
    const emptied = naming({ transformations: [{ kind: 'replace', search: 'staff', replacement: ' ' }] });
    const long = naming({ transformations: [{ kind: 'replace', search: 'staff', replacement: 'x'.repeat(256) }] });
    expect([decide(emptied)[0], decide(long)[0]]).toEqual([
      ['', 'conflict', 'The name that the group would get is empty.'],
      ['x'.repeat(256), 'conflict', 'The name that the group would get is longer than 255 characters.'],
    ]);
  });
});

describe('a group whose name', () => {
  const decide = (name: string, prefix = '') =>
    computePlan(
      planInput({
        source: source(
          [user('anna', { groups: ['plain', 'odd'] })],
          [sourceGroup('plain'), sourceGroup('odd', { name })],
        ),
        directory: directory([]),
        settings: settings({ groups: { ...defaultSettings.groups, naming: naming({ prefix }) } }),
      }),
    ).groups.map(({ operation, reason }) => ({ operation, reason }));
  const made = { operation: 'created', reason: 'People in scope are members, and Atlassian has no such group.' };

  it.each([
    [
      'is one that only looks like another',
      'pl\u200Bain',
      'holds a character without width (U+200B), which cannot be seen',
    ],
    [
      'turns the direction of writing',
      '\u202Enialp',
      'holds a mark of writing direction (U+202E), which cannot be seen',
    ],
    ['holds a separator of lines', 'a\u2028b', 'holds a line break or another control character'],
    ['holds a control character', 'a\u0007b', 'holds a line break or another control character'],
  ])('%s is a conflict, and the plain one is made', (_, name, words) => {
    expect(decide(name)).toEqual([
      made,
      { operation: 'conflict', reason: `The name that the group would get ${words}: rename the group in Keycloak.` },
    ]);
  });

  it.each([
    ['is too long with the prefix', 'x'.repeat(252), 'kc- '],
    ['is too long counted in units of UTF-16', '😀'.repeat(128), ''],
  ])('%s is a conflict of this group alone', (_, name, prefix) => {
    expect(decide(name, prefix)).toEqual([
      made,
      { operation: 'conflict', reason: 'The name that the group would get is longer than 255 characters.' },
    ]);
  });

  it.each([
    ['is as long as it may be with the prefix', 'x'.repeat(251), 'kc- '],
    ['has blanks at its ends, which do not count', ` ${'x'.repeat(255)} `, ''],
    ['is written from the right', 'שלום', ''],
    ['holds a joiner', 'می\u200Cخواهم', ''],
  ])('%s is made', (_, name, prefix) => {
    expect(decide(name, prefix)).toEqual([made, made]);
  });

  it('cannot be made by a transformation is a conflict', () => {
    const transformations = [{ kind: 'regex', pattern: '(?:x*y)|x', replacement: '' }] as const;
    const [renamed] = renameGroups([sourceGroup('x', { name: 'x'.repeat(1_000) })], naming({ transformations }));
    expect(renamed?.name).toBe('');
  });
});

describe('the name of a group', () => {
  it.each<[string, GroupNaming, readonly string[]]>([
    ['is that of Keycloak', naming({}), ['staff', 'berlin', 'r&d/ops']],
    ['has a prefix', naming({ prefix: 'kc-' }), ['kc-staff', 'kc-berlin', 'kc-r&d/ops']],
    [
      'comes from the path, whatever slashes it holds',
      naming({ from: 'path' }),
      ['staff', 'staff-berlin', 'staff-berlin-r&d/ops'],
    ],
    [
      'is joined by the separator',
      naming({ from: 'path', separator: ' / ', prefix: '#' }),
      ['#staff', '#staff / berlin', '#staff / berlin / r&d/ops'],
    ],
    [
      'is transformed, and the prefix stands before what that gives',
      naming({
        from: 'path',
        prefix: 'KC ',
        transformations: [{ kind: 'replace', search: 'staff-', replacement: '' }],
      }),
      ['KC staff', 'KC berlin', 'KC berlin-r&d/ops'],
    ],
    [
      'is empty where the transformations leave nothing, whatever the prefix',
      naming({ prefix: 'kc-', transformations: [{ kind: 'regex', pattern: '^[a-z]+$', replacement: '' }] }),
      ['', '', 'kc-r&d/ops'],
    ],
  ])('%s', (_, given, names) => {
    expect(renameGroups(world, given).map(({ name }) => name)).toEqual(names);
  });
});
