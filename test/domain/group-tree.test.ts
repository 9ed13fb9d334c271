import { computePlan } from '../../src/domain/compute-plan';
import type { SubGroups } from '../../src/domain/connector';
import { createAscent } from '../../src/domain/group-tree';
import { findOutages } from '../../src/domain/outage';
import { findClaims } from '../../src/domain/own-groups';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  keycloakGroupId,
  links,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const world = [
  sourceGroup('staff'),
  sourceGroup('berlin', { parentId: keycloakGroupId('staff') }),
  sourceGroup('mitte', { parentId: keycloakGroupId('berlin') }),
];
const names = ['staff', 'berlin', 'mitte'];

describe('members of a sub-group', () => {
  it.each<[string, SubGroups, readonly string[], readonly string[]]>([
    ['count for it alone', 'direct', ['mitte'], ['mitte']],
    ['count for all groups above it', 'parents', ['mitte'], ['mitte', 'berlin', 'staff']],
    ['count once for a group that they are in twice', 'parents', ['mitte', 'staff'], ['mitte', 'berlin', 'staff']],
    ['count for nothing below', 'parents', ['staff'], ['staff']],
  ])('%s', (_, subGroups, direct, expected) => {
    expect(createAscent(world, subGroups)(direct.map(keycloakGroupId))).toEqual(expected.map(keycloakGroupId));
  });

  it('end a circle of groups where it closes', () => {
    const circle = [
      sourceGroup('one', { parentId: keycloakGroupId('two') }),
      sourceGroup('two', { parentId: keycloakGroupId('one') }),
    ];
    expect(createAscent(circle, 'parents')([keycloakGroupId('one')])).toEqual(['one', 'two'].map(keycloakGroupId));
  });
});

/** Anna is in mitte; her account is in the Atlassian groups that are named. */
function plan(subGroups: SubGroups, her: readonly string[], inAtlassian: readonly string[]) {
  const groups = { ...settings().groups, subGroups };
  const { changes } = computePlan(
    planInput({
      settings: settings({ groups }),
      source: source([user('anna', { groups: her })], world),
      directory: directory(
        [directoryAccount('anna', { groups: inAtlassian })],
        names.map((name) => directoryGroup(name)),
      ),
      links: links(
        [accountLink('anna')],
        names.map((name) => groupLink(name)),
      ),
    }),
  );
  return changes.map((change) => ('groupName' in change ? `${change.kind} ${change.groupName}` : change.kind));
}

describe('a plan', () => {
  it.each<[string, SubGroups, readonly string[], readonly string[], readonly string[]]>([
    ['adds to the group itself', 'direct', ['mitte'], [], ['add-member mitte']],
    [
      'adds to the groups above where members count for them',
      'parents',
      ['mitte'],
      ['berlin'],
      ['add-member mitte', 'add-member staff'],
    ],
    ['takes from the groups above where they do not', 'direct', ['mitte'], ['mitte', 'staff'], ['remove-member staff']],
    ['takes nothing from the groups above while somebody is below', 'parents', ['mitte'], names, []],
    ['takes from a group below which nobody is any more', 'parents', ['berlin'], names, ['remove-member mitte']],
  ])('%s', (_, subGroups, her, inAtlassian, expected) => {
    expect(plan(subGroups, her, inAtlassian)).toEqual(expected);
  });

  it('asks for the groups below as well before a membership that counts through them is taken', () => {
    const realm = source([user('anna')], world);
    const [first] = findClaims(
      [
        {
          kind: 'remove-member',
          user: realm.users[0]?.id ?? user('anna').id,
          accountId: accountLink('anna').accountId,
          group: keycloakGroupId('staff'),
          groupId: groupLink('staff').groupId,
          groupName: 'staff',
          reason: 'Because.',
        },
      ],
      realm,
      { kind: 'realm' },
      'parents',
    );
    expect(first?.groups).toEqual(new Set(names.map(keycloakGroupId)));
  });

  it('takes a group above as emptied only when nobody of the federation is below it either', () => {
    const ldap = { federationLink: 'ldap' };
    const counting = { scope: { kind: 'realm' }, groups: { subGroups: 'parents' } } as const;
    const remembered = links([], [groupLink('staff', { lastMembers: { ldap: 5 } })]);
    const held = (groups: readonly string[]) => [
      ...findOutages(source([user('anna', { ...ldap, groups })], world), remembered, counting).groups.keys(),
    ];
    expect([held(['mitte']), held([])]).toEqual([[], [keycloakGroupId('staff')]]);
  });
});
