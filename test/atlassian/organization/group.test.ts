import type { GroupAnswer } from '../../../src/atlassian/organization/answers';
import {
  computeGrants,
  describeGroupProtection,
  noGrants,
  stripGroupId,
} from '../../../src/atlassian/organization/group';

const writable: GroupAnswer = { id: 'g', name: 'Wiki', managedBy: 'admins', managementAccess: { modifiable: true } };

it.each([
  ['a plain group may be written', writable, false],
  ['a group without managedBy may', { ...writable, managedBy: null }, false],
  ['a group managed from elsewhere may not', { ...writable, managedBy: 'external' }, true],
  ['an open team may not', { ...writable, managedBy: 'open' }, true],
  ['a kind of management nobody knows may not', { ...writable, managedBy: 'robots' }, true],
  ['a group without a word on rights may not', { ...writable, managementAccess: undefined }, true],
  ['a group with half a word on rights may not', { ...writable, managementAccess: {} }, true],
  ...[
    'site-admins',
    'org-admins',
    'Administrators',
    'jira-administrators',
    'jira-admins-example',
    'trusted-users-abc',
  ].map((name) => [`${name} may not`, { ...writable, name }, true] as const),
  ...['Project administrators', 'jira-users', 'admins-berlin'].map(
    (name) => [`${name} may`, { ...writable, name }, false] as const,
  ),
] as const)('%s', (_name, group, isProtected) => {
  expect(describeGroupProtection(group, noGrants) !== undefined).toBe(isProtected);
});

it('computes what roles grant: access, administration, default access', () => {
  const row = (roles: string[], defaultRole: string | null = null) => ({ resourceOwner: 'jira', roles, defaultRole });
  expect([
    computeGrants([]),
    computeGrants([row(['atlassian/user']), row(['atlassian/guest'])]),
    computeGrants([row(['atlassian/user-access-admin'])]),
    computeGrants([row(['atlassian/admin'])]),
    computeGrants([row(['atlassian/user'], 'atlassian/user')]),
    computeGrants([row(['atlassian/ai-access'])]),
  ]).toEqual([
    noGrants,
    { access: ['jira'], administration: false, byDefault: false },
    { access: [], administration: true, byDefault: false },
    { access: ['jira'], administration: true, byDefault: false },
    { access: ['jira'], administration: false, byDefault: true },
    noGrants,
  ]);
});

it('strips what stands before a group id', () => {
  expect(['ari:cloud:identity::group/1-2', '1-2'].map(stripGroupId)).toEqual(['1-2', '1-2']);
});
