import { defaultSettings, type GroupNaming } from '../../src/domain/connector';
import { createSelection, renameGroups } from '../../src/domain/group-selection';
import { noGroups } from '../../src/domain/group-set';
import { chosenGroups, keycloakGroupId, sourceGroup } from './model';

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
  ])('%s', (_, given, names) => {
    expect(renameGroups(world, given).map(({ name }) => name)).toEqual(names);
  });
});
