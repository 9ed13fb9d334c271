import type { ConnectorSettings } from '../../src/domain/connector';
import { surveyChoices, type SurveyedChoices } from '../../src/domain/survey-choices';
import { groupScope, keycloakGroupId, settings, source, sourceGroup, user, userId } from './model';

const realm = source(
  [
    user('anna', { groups: ['devs', 'web'] }),
    user('bert', { groups: ['web'] }),
    user('cleo', { groups: ['hr'] }),
    user('dirk'),
  ],
  [
    sourceGroup('devs', { path: '/devs' }),
    sourceGroup('web', { path: '/devs/web', parentId: keycloakGroupId('devs') }),
    sourceGroup('hr', { path: '/hr' }),
  ],
);
const devs = keycloakGroupId('devs');
const web = keycloakGroupId('web');
const hr = keycloakGroupId('hr');
const gone = keycloakGroupId('gone');
const byPath = (text: string) => ({ of: 'path', test: 'prefix', text }) as const;
const nothing: SurveyedChoices = {
  'scope.include': [],
  'scope.exclude': [],
  'groups.selection.include': [],
  'groups.exclude': [],
};

function count(
  more: { scope?: ConnectorSettings['scope']; groups?: Partial<ConnectorSettings['groups']> },
  inScope = ['anna', 'bert', 'cleo', 'dirk'],
): SurveyedChoices {
  const given = settings();
  const rules = { scope: more.scope ?? given.scope, groups: { ...given.groups, ...more.groups } };
  return surveyChoices(realm, rules, new Set(inScope.map(userId)));
}

describe('the counts of chosen groups', () => {
  const scope = groupScope([devs, gone], false);
  const mixed = { groupIds: [web], rules: [byPath('/devs'), byPath('/none')] };

  it('are none where everything is synced', () => {
    expect(count({})).toEqual(nothing);
  });

  it('say which required group is gone, and which has members', () => {
    expect(count({ scope })).toEqual({
      ...nothing,
      'scope.include': [
        { kind: 'group', id: devs, path: '/devs', people: 1 },
        { kind: 'group', id: gone, people: 0 },
      ],
    });
  });

  it.each([
    [false, 1],
    [true, 2],
  ])('count the people of sub-groups in the scope where they belong to it: %s', (subGroups, people) => {
    const {
      'scope.include': [first],
    } = count({ scope: { ...scope, subGroups } });
    expect(first?.people).toBe(people);
  });

  it('count a person once for a rule that names several of their groups, and nobody for one that names none', () => {
    const expected = [
      { kind: 'group', id: web, path: '/devs/web', people: 2 },
      { kind: 'rule', rule: byPath('/devs'), groups: 2, people: 2 },
      { kind: 'rule', rule: byPath('/none'), groups: 0, people: 0 },
    ];
    expect(count({ scope: { ...scope, include: mixed, exclude: mixed } })).toEqual({
      ...nothing,
      'scope.include': expected,
      'scope.exclude': expected,
    });
    expect(count({ groups: { selection: { kind: 'chosen', include: mixed }, exclude: mixed } })).toEqual({
      ...nothing,
      'groups.selection.include': expected,
      'groups.exclude': expected,
    });
  });

  it('are of people in scope for groups to sync, and of everybody for required groups', () => {
    const both = { groupIds: [web, hr], rules: [] };
    const counted = count(
      { scope: { ...scope, include: both }, groups: { selection: { kind: 'chosen', include: both } } },
      ['bert'],
    );
    expect(counted['scope.include'].map(({ people }) => people)).toEqual([2, 1]);
    expect(counted['groups.selection.include'].map(({ people }) => people)).toEqual([1, 0]);
  });

  it.each([
    ['direct' as const, 1],
    ['parents' as const, 2],
  ])('count members for the groups above where the settings do: %s', (subGroups, people) => {
    const include = { groupIds: [devs], rules: [] };
    const counted = count({ groups: { selection: { kind: 'chosen', include }, subGroups } });
    expect(counted['groups.selection.include']).toEqual([{ kind: 'group', id: devs, path: '/devs', people }]);
  });

  it('are those of the realm itself: another order of the choices changes their order alone', () => {
    const forth = count({ scope: groupScope([devs, hr], false) })['scope.include'];
    const back = count({ scope: groupScope([hr, devs], false) })['scope.include'];
    expect(back).toEqual(forth.toReversed());
  });
});
