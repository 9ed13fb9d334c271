import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { groupId, sourceGroupId } from '../../../src/domain/identity';
import {
  describePeople,
  findGroupCount,
  findRuleCount,
  isCountable,
  listChoices,
} from '../../../static/admin/src/editor/group-counts';
import { makeSurvey } from '../fake-bridge/realm';

const rule = { of: 'path', test: 'prefix', text: '/sales' } as const;
const none = { groupIds: [], rules: [] };
const picked = { groupIds: [sourceGroupId('group-1')], rules: [rule] };
const scope = { kind: 'groups', include: picked, exclude: none, match: 'any', subGroups: true } as const;
const groupsWith = (more: Partial<ConnectorSettings['groups']>) => ({
  ...defaultSettings,
  groups: { ...defaultSettings.groups, ...more },
});

describe('choices of groups are counted by themselves', () => {
  it.each<[string, Pick<ConnectorSettings, 'scope' | 'groups'>, boolean]>([
    ['where everything is chosen', defaultSettings, true],
    ['where groups are picked', { ...defaultSettings, scope }, true],
    ['but not before one is', { ...defaultSettings, scope: { ...scope, include: none } }, false],
    ['but not before a group to sync is', groupsWith({ selection: { kind: 'chosen', include: none } }), false],
    [
      'but not while a rule has no text',
      { ...defaultSettings, scope: { ...scope, exclude: { ...none, rules: [{ ...rule, text: '' }] } } },
      false,
    ],
    [
      'nor while one of the exceptions has none',
      groupsWith({ exclude: { ...none, rules: [{ ...rule, text: '' }] } }),
      false,
    ],
    [
      'nor while a transformation of names is not finished',
      groupsWith({
        naming: {
          ...defaultSettings.groups.naming,
          transformations: [{ kind: 'regex', pattern: '', replacement: '' }],
        },
      }),
      false,
    ],
  ])('%s', (_, settings, expected) => {
    expect(isCountable(settings)).toBe(expected);
  });

  it.each<[string, Pick<ConnectorSettings, 'scope' | 'groups'>, boolean]>([
    ['another scope', { ...defaultSettings, scope }, true],
    ['another exception', groupsWith({ exclude: picked }), true],
    ['members that count above', groupsWith({ subGroups: 'parents' }), true],
    ['another prefix', groupsWith({ naming: { ...defaultSettings.groups.naming, prefix: 'kc-' } }), true],
    ['groups that are always assigned', groupsWith({ alwaysAssign: [groupId('group-1')] }), false],
  ])('again after %s: that they change is %s apart from it', (_, settings, changes) => {
    expect(JSON.stringify(listChoices(settings)) !== JSON.stringify(listChoices(defaultSettings))).toBe(changes);
  });
});

describe('the count of a choice', () => {
  const survey = makeSurvey(100, 5, { ...defaultSettings, scope });

  it.each([
    ['a picked group', findGroupCount(survey, 'scope.include', 'group-1'), { path: '/sales' }],
    ['a rule', findRuleCount(survey, 'scope.include', { ...rule }), { groups: 1 }],
  ])('is found for %s', (_, found, expected) => {
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['a group that was picked since', findGroupCount(survey, 'scope.include', 'group-2')],
    ['the same group in another place', findGroupCount(survey, 'groups.exclude', 'group-1')],
    ['a rule whose text changed', findRuleCount(survey, 'scope.include', { ...rule, text: '/sal' })],
    ['a rule that compares otherwise', findRuleCount(survey, 'scope.include', { ...rule, test: 'exact' })],
    ['anything before the first survey', findGroupCount(undefined, 'scope.include', 'group-1')],
  ])('is missing for %s', (_, found) => {
    expect(found).toBeUndefined();
  });

  it('says whose members are counted', () => {
    expect([describePeople(1, 'scope.include'), describePeople(2, 'groups.exclude')]).toEqual([
      '1 user',
      '2 users in scope',
    ]);
  });
});
