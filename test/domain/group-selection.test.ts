import { computePlan } from '../../src/domain/compute-plan';
import { defaultSettings, type GroupNaming } from '../../src/domain/connector';
import { createSelection, renameGroups } from '../../src/domain/group-selection';
import { noGroups } from '../../src/domain/group-set';
import { chosenGroups, directory, keycloakGroupId, planInput, settings, source, sourceGroup, user } from './model';

const world = [
  sourceGroup('staff'),
  sourceGroup('berlin', { parentId: keycloakGroupId('staff') }),
  sourceGroup('r&d/ops', { parentId: keycloakGroupId('berlin') }),
];
const naming = (more: Partial<GroupNaming>): GroupNaming => ({ ...defaultSettings.groups.naming, ...more });

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
  ])('are %s', (_, given, expected) => {
    expect(selected(given)).toEqual(expected);
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
