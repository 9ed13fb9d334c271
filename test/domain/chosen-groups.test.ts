import { describePicked, mostLookedUp, selectLookedUp } from '../../src/domain/chosen-groups';
import type { ConnectorSettings } from '../../src/domain/connector';
import { sourceGroupId } from '../../src/domain/identity';
import { chosenGroups, groupScope, settings } from './model';

const pick = (...ids: readonly string[]) => ({ groupIds: ids.map(sourceGroupId), rules: [] });
const own = settings();
const many = Array.from({ length: mostLookedUp + 3 }, (_, index) => `g${index}`);
const lines = (given: Partial<ConnectorSettings>, lost: readonly string[]) =>
  describePicked({ ...own, ...given }, new Set(lost.map(sourceGroupId))).map(({ id, state, message }) => [
    id,
    state,
    message,
  ]);

describe('the lines about picked groups', () => {
  const scope = groupScope(['a', 'b'], true);
  const sync = { ...own.groups, selection: chosenGroups(['b']), exclude: pick('c') };

  it.each<[string, Partial<ConnectorSettings>, readonly string[], readonly unknown[]]>([
    ['are none where nothing is picked', {}, [], []],
    ['are none for rules alone', { scope: { ...scope, include: { groupIds: [], rules: [] } } }, [], []],
    ['say that all exist', { scope }, [], [['required-groups', 'passed', 'All 2 picked groups exist.']]],
    [
      'warn of a required group that is gone: it stops every run',
      { scope },
      ['b'],
      [
        [
          'required-groups',
          'warning',
          'A picked group no longer exists in Keycloak (id b); every run stops until you take it out in the tab Required Groups.',
        ],
      ],
    ],
    [
      'warn of an excepted group that is gone',
      { scope: { ...scope, exclude: pick('x', 'y') } },
      ['x', 'y'],
      [
        [
          'required-groups',
          'warning',
          expect.stringContaining('2 picked groups no longer exist in Keycloak (ids x, y)'),
        ],
      ],
    ],
    [
      'are one for each tab, also about the same group',
      { scope, groups: sync },
      ['b'],
      [
        ['required-groups', 'warning', expect.stringContaining('id b')],
        ['synced-groups', 'warning', expect.stringContaining('in the tab Group Provisioning')],
      ],
    ],
    [
      'say how many are not looked up',
      { scope: groupScope(many, true), groups: sync },
      [],
      [
        [
          'required-groups',
          'passed',
          'All 20 picked groups exist. 3 more were not looked up: the tab Required Groups shows them.',
        ],
        ['synced-groups', 'skipped', '2 more were not looked up: the tab Group Provisioning shows them.'],
      ],
    ],
  ])('%s', (_, given, lost, expected) => {
    expect(lines(given, lost)).toEqual(expected);
  });

  it('are asked about each group once, and those of the scope first', () => {
    expect(selectLookedUp({ scope, groups: sync })).toEqual(['a', 'b', 'c']);
    expect(selectLookedUp({ scope: groupScope(many, true), groups: sync })).toEqual(many.slice(0, mostLookedUp));
  });
});
