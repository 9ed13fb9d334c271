import { defaultSettings } from '../../src/domain/connector';
import { parseSettings } from '../../src/domain/settings/parse';
import { chosenGroups, groupScope, settings } from './model';

const { users, groups, cleanup, ...rest } = settings();
const { mapping, updateName, updateEmail, updateProfile, ...oldUsers } = users;

/** The settings of the model as version 1 kept them. */
const old = {
  ...rest,
  version: 1,
  enabled: undefined,
  scope: { kind: 'groups', groupIds: ['k-staff'], subGroups: true },
  users: oldUsers,
  groups: { selection: { kind: 'chosen', groupIds: ['k-devs'] }, createMissing: groups.createMissing },
  cleanup: { behaviour: cleanup.behaviour, memberships: cleanup.memberships },
  approval: undefined,
};

describe('settings of version 1', () => {
  it('mean the same in this version, and what they could not say is as in a new connector', () => {
    expect(parseSettings(old)).toEqual({
      ...settings(),
      scope: groupScope(['k-staff'], true),
      groups: { ...groups, selection: chosenGroups(['k-devs']) },
    });
    expect({ mapping, updateName, updateEmail, updateProfile }).toEqual({
      mapping: defaultSettings.users.mapping,
      updateName: false,
      updateEmail: false,
      updateProfile: false,
    });
  });

  it('keep the whole realm, all groups and the rules of approval', () => {
    const approval = { fourEyes: true, additionsMeanwhile: true };
    const given = { ...old, scope: { kind: 'realm' }, groups: { ...old.groups, selection: { kind: 'all' } }, approval };
    expect(parseSettings(given)).toEqual({ ...settings(), approval });
  });

  it('are not read twice: the settings of today come out as they went in', () => {
    expect(parseSettings(parseSettings(old))).toEqual(parseSettings(old));
  });

  it.each<[string, object, string]>([
    ['without a choice of cleanup', { cleanup: { memberships: true } }, 'cleanup.behaviour'],
    ['without switches of users', { users: { ...oldUsers, deactivate: undefined } }, 'users.deactivate'],
    ['with groups that are none', { groups: 'all' }, 'groups'],
    ['with no groups in the scope', { scope: { ...old.scope, groupIds: [] } }, 'scope.include'],
    ['with no ids of groups', { scope: { kind: 'groups', subGroups: true } }, 'scope.include.groupIds'],
  ])('are refused %s', (_, change, field) => {
    expect(() => parseSettings({ ...old, ...change })).toThrow(expect.objectContaining({ field }) as Error);
  });
});
