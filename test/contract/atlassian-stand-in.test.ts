import { createOrganization, type Organization } from '../../dev/atlassian/organization';
import { hostileDoubts, kindDoubts, type Doubts } from '../../dev/atlassian/doubts';
import { readExchange } from '../../dev/atlassian/contract';
import { routes } from '../../dev/atlassian/routes';
import { contractOrSkip, people, start, stopAll, type Client } from '../dev/atlassian/client';

const open = contractOrSkip();

afterEach(stopAll);

function fill(doubts: Doubts): Organization {
  const organization = createOrganization({
    doubts,
    directories: ['Main', 'Other'],
    products: [{ product: 'jira', userLimit: 60 }, { product: 'confluence' }],
  });
  organization.addKey({ secret: 'expired', state: 'expired' });
  organization.addKey({ secret: 'scoped', kind: 'scoped', scopes: ['read:directories:admin'] });
  organization.addKey({ secret: 'scim', kind: 'scim' });
  organization.addGroup({ name: 'jira-users', grants: [{ product: 'jira', role: 'atlassian/user', byDefault: true }] });
  organization.addGroup({ name: 'staff' });
  organization.addGroup({ name: 'synced', externalSynced: true });
  organization.addGroup({ name: 'org-admins', platformRoles: ['atlassian/org-admin'] });
  organization.addGroup({ name: 'elsewhere', directory: 'Other' });
  organization.addAccount({
    email: 'owner@example.com',
    platformRoles: ['atlassian/org-admin'],
    groups: ['org-admins'],
  });
  for (const person of people(55)) organization.addAccount({ ...person, groups: ['jira-users', 'staff'] });
  organization.addAccount({ email: 'out@foreign.test', lastActive: { jira: '2026-01-01T00:00:00Z' } });
  organization.addAccount({ email: 'alone@example.com', directories: [] });
  organization.addAccount({ email: 'scim@example.com', managementSource: 'synced', externalDirectory: 'scim' });
  organization.addAccount({
    email: 'saml@example.com',
    restricted: { name: 'authPolicy.saml', 'email.set': 'myselfOnly' },
  });
  organization.addAccount({ email: 'unverified@example.com', emailVerified: false });
  organization.addAccount({ email: 'gone@example.com', accountStatus: 'closed' });
  organization.suspendByHand('p9@example.com');
  organization.refuseInvitation('bad@example.com', 'Blocked');
  return organization;
}

/** Drives every operation, with what is granted and what is refused. */
async function drive(client: Client): Promise<void> {
  const { organization } = client;
  const send: Client['send'] = (...request) => client.send(...request);
  const id = (email: string): string => encodeURIComponent(organization.account(email)?.id ?? '');
  const group = (name: string): string => organization.group(name)?.id ?? '';
  const p1 = organization.account('p1@example.com')?.id;
  const jira = organization.resource('jira');
  const strange = '00000000-0000-4000-8000-000000000000';
  for (const key of ['expired', 'scoped', 'scim', 'unknown', 'organization-key']) {
    await send('GET', '/admin/v1/orgs', undefined, key);
    await send('GET', 'v2/directories?limit=1', undefined, key);
    await send('POST', 'D/users/search', {}, key);
    await send('POST', 'D/groups', { name: `group of ${key}` }, key);
    await send('POST', 'v2/users/invite', { emails: ['new@example.com'] }, key);
    await send('POST', 'v2/workspaces', {}, key);
    await send('GET', `/users/${id('p1@example.com')}/manage`, undefined, key);
  }
  const requests: readonly (readonly [string, string, unknown?])[] = [
    ['GET', '/admin/v1/orgs?cursor=nonsense'],
    ['GET', 'v1'],
    ['GET', `/admin/v1/orgs/${strange}`],
    ['GET', 'v1/users'],
    ['GET', 'v2/directories?limit=101'],
    ['GET', `v2/directories?directoryIds=${organization.directoryId()}&searchTerm=main`],
    ['POST', 'v2/workspaces', { limit: 1 }],
    ['POST', 'v2/workspaces', { cursor: 'x', limit: 1 }],
    [
      'POST',
      'D/users/search',
      { expand: ['groups', 'platformRoles', 'productAccess', 'counts.resources'], limit: 100 },
    ],
    ['POST', 'D/users/search', { limit: 101 }],
    ['POST', 'D/users/search', { emails: ['p1@example.com'], searchTerm: 'p' }],
    ['POST', 'D/users/search', { groupIds: [group('staff')], membershipStatus: ['suspended'] }],
    ['POST', `/admin/v2/orgs/${organization.id}/directories/-/users/search`, { claimStatus: 'managed' }],
    ['POST', `/admin/v2/orgs/${organization.id}/directories/${strange}/users/search`, {}],
    ['GET', `D/users/count?directoryIds=${organization.directoryId()}&status=active&status=suspended`],
    ['GET', 'D/users/count?membershipStatus=nonsense'],
    ['GET', `D/users/${id('owner@example.com')}`],
    ['GET', `D/users/${strange}`],
    ['GET', `D/users/${id('p1@example.com')}/role-assignments`],
    ['GET', `D/users/${id('owner@example.com')}/role-assignments`],
    ['GET', `D/users/${strange}/role-assignments`],
    [
      'POST',
      'D/groups/search',
      { expand: ['counts.users', 'counts.resources'], limit: 2, sortBy: [{ field: 'name', direction: 'desc' }] },
    ],
    ['POST', 'D/groups/search', { groupNames: ['STAFF'] }],
    ['POST', 'D/groups/search', { groupNames: ['staff'], searchTerm: 'x' }],
    ['GET', 'D/groups/count'],
    ['GET', 'D/groups/count?limit=1'],
    ['GET', `D/groups/${group('staff')}`],
    ['GET', `D/groups/${strange}`],
    ['POST', 'D/groups', { name: 'Staff' }],
    ['POST', 'D/groups', { name: '' }],
    ['POST', `/admin/v2/orgs/${organization.id}/directories/-/groups`, { name: 'x' }],
    ['POST', `D/groups/${group('staff')}/memberships`, { accountId: organization.account('out@foreign.test')?.id }],
    ['POST', `D/groups/${group('staff')}/memberships`, { accountId: p1 }],
    ['POST', `D/groups/${group('staff')}/memberships`, { accountId: organization.account('p9@example.com')?.id }],
    ['POST', `D/groups/${group('synced')}/memberships`, { accountId: p1 }],
    ['POST', `D/groups/${group('org-admins')}/memberships`, { accountId: p1 }],
    ['POST', `D/groups/${group('staff')}/memberships`, {}],
    ['DELETE', `D/groups/${group('staff')}/memberships/${id('p1@example.com')}`],
    ['DELETE', `D/groups/${group('staff')}/memberships/${id('p1@example.com')}`],
    ['DELETE', `D/groups/${group('synced')}/memberships/${id('p1@example.com')}`],
    ['GET', `D/groups/${group('jira-users')}/role-assignments`],
    ['POST', `D/groups/${group('staff')}/role-assignments/assign`, { resourceId: jira, roleId: 'atlassian/user' }],
    ['POST', `D/groups/${group('staff')}/role-assignments/assign`, { resourceId: 'x', roleId: 'atlassian/user' }],
    ['POST', `D/groups/${group('staff')}/role-assignments/revoke`, { resourceId: jira, roleId: 'atlassian/user' }],
    ['POST', `v1/users/${id('p2@example.com')}/roles/assign`, { role: 'atlassian/org-admin' }],
    ['POST', `v1/users/${id('p2@example.com')}/roles/revoke`, { role: 'atlassian/org-admin' }],
    ['POST', `v1/users/${id('p2@example.com')}/roles/assign`, { role: 'atlassian/user' }],
    ['POST', `D/users/${id('p2@example.com')}/suspend`],
    ['POST', `D/users/${id('p2@example.com')}/suspend`],
    ['POST', `D/users/${strange}/suspend`],
    ['POST', `D/users/${id('p2@example.com')}/restore`],
    ['POST', `D/users/${id('p2@example.com')}/restore`],
    ['DELETE', `D/users/${id('p3@example.com')}`],
    ['DELETE', `D/users/${id('p3@example.com')}`],
    [
      'POST',
      'v2/users/invite',
      {
        emails: ['a@example.com', 'bad@example.com'],
        additionalGroups: [group('staff')],
        permissionRules: [{ resource: jira, role: 'atlassian/user' }],
      },
    ],
    [
      'POST',
      'v2/users/invite',
      {
        emails: Array.from({ length: 25 }, (_, index) => `n${index}@example.com`),
        additionalGroups: [group('jira-users')],
      },
    ],
    ['POST', 'v2/users/invite', { emails: ['b@example.com'], additionalGroups: [strange] }],
    ['POST', 'v2/users/invite', { emails: [] }],
    ['DELETE', `D/groups/${group('synced')}`],
    ['DELETE', `D/groups/${group('jira-users')}`],
    ['DELETE', `D/groups/${group('org-admins')}`],
    ['DELETE', `D/groups/${group('staff')}`],
    ['DELETE', `D/groups/${group('staff')}`],
    ['GET', `/users/${id('p4@example.com')}/manage?privileges=profile.write&privileges=email.set`],
    ['GET', `/users/${strange}/manage`],
    ['GET', `/users/${id('out@foreign.test')}/manage`],
    ['GET', `/users/${id('p4@example.com')}/manage/profile`],
    [
      'PATCH',
      `/users/${id('p4@example.com')}/manage/profile`,
      { name: 'New Name', extended_profile: { department: 'Sales' } },
    ],
    ['PATCH', `/users/${id('p4@example.com')}/manage/profile`, { name: 'x'.repeat(101) }],
    ['PATCH', `/users/${id('scim@example.com')}/manage/profile`, { name: 'New' }],
    ['PATCH', `/users/${id('saml@example.com')}/manage/profile`, { name: 'New', nickname: 'N' }],
    ['PATCH', `/users/${id('p4@example.com')}/manage/profile`, { extended_profile: { department: '' } }],
    ['PATCH', `/users/${id('unverified@example.com')}/manage/profile`, { name: 'New' }],
    ['GET', `/users/${id('saml@example.com')}/manage`],
    ['GET', `/users/${id('unverified@example.com')}/manage`],
    ['PUT', `/users/${id('saml@example.com')}/manage/email`, { email: 'x@example.com' }],
    ['PUT', `/users/${id('unverified@example.com')}/manage/email`, { email: 'y@example.com' }],
    ['PUT', `/users/${id('p5@example.com')}/manage/email`, { email: 'p6@example.com' }],
    ['PUT', `/users/${id('p5@example.com')}/manage/email`, { email: `p5@${'x'.repeat(256)}.example.com` }],
    ['PUT', `/users/${id('p4@example.com')}/manage/email`, { email: 'p4-new@example.com' }],
    ['PUT', `/users/${id('p5@example.com')}/manage/email`, { email: 'p5@foreign.test' }],
    ['PUT', `/users/${id('scim@example.com')}/manage/email`, { email: 'x@example.com' }],
    ['PUT', `/users/${id('p5@example.com')}/manage/email`, { email: 'nonsense' }],
    ['POST', `/users/${id('p5@example.com')}/manage/lifecycle/disable`, {}],
    ['POST', `/users/${id('p5@example.com')}/manage/lifecycle/disable`, {}],
    ['POST', `/users/${id('p6@example.com')}/manage/lifecycle/disable`],
    ['POST', `/users/${id('p5@example.com')}/manage/lifecycle/enable`],
    ['POST', `/users/${id('gone@example.com')}/manage/lifecycle/enable`],
    ['POST', `/users/${id('scim@example.com')}/manage/lifecycle/enable`],
  ];
  for (const [method, path, body] of requests) await send(method, path, body);
  organization.setPaid(false);
  await send('POST', 'v2/users/invite', { emails: ['c@example.com'] });
}

const presets: readonly (readonly [string, Doubts])[] = [
  ['kind', kindDoubts],
  ['hostile', hostileDoubts],
  ['hostile with the bodies of the gateway', { ...hostileDoubts, errorBodies: 'gateway' }],
  [
    'hostile with a rate limit on every second request',
    { ...hostileDoubts, rateLimit: { every: 2, headers: 'reset' } },
  ],
];

open.describe(`Every answer of the organization follows ${open.title}`, () => {
  it.each(presets)('when the doubts are %s', async (_, doubts) => {
    const client = await start({ organization: fill(doubts) });
    await drive(client);
    const violations = client.traffic.all.flatMap((exchange) =>
      (open.contract?.checkResponse(readExchange(exchange)) ?? []).map(
        (violation) => `${exchange.method} ${exchange.path} ${exchange.status}: ${violation}`,
      ),
    );
    expect(violations).toEqual([]);
  });

  it('and every operation it offers is one of the documents and was driven, with each status it can give', async () => {
    const client = await start({ organization: fill(kindDoubts) });
    await drive(client);
    const silent = routes.filter((route) => {
      const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}(\\?|$)`);
      return client.traffic.count(pattern, route.method) === 0;
    });
    expect(silent.map((route) => `${route.method} ${route.path}`)).toEqual([]);
    const statuses = [...new Set(client.traffic.all.map((exchange) => exchange.status))].sort();
    expect(statuses).toEqual([200, 201, 204, 206, 400, 401, 402, 403, 404, 409]);
  });
});
