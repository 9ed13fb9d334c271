import * as v from 'valibot';
import { kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { createOrganization, type Organization } from '../../../dev/atlassian/organization';
import { start, stopAll, type Client } from './client';

afterEach(stopAll);

function company(doubts: Partial<Doubts> = {}): Organization {
  const organization = createOrganization({
    doubts: { ...kindDoubts, ...doubts },
    directories: ['Main', 'Other'],
    products: [{ product: 'jira', userLimit: 2 }, { product: 'confluence' }],
  });
  organization.addGroup({ name: 'jira-users', grants: [{ product: 'jira', role: 'atlassian/user', byDefault: true }] });
  organization.addGroup({ name: 'team' });
  organization.addGroup({ name: 'synced', externalSynced: true });
  organization.addGroup({ name: 'locked', managementAccess: { readable: true, modifiable: false, deletable: false } });
  organization.addGroup({ name: 'admins', platformRoles: ['atlassian/org-admin'] });
  organization.addGroup({ name: 'elsewhere', directory: 'Other' });
  organization.addAccount({ email: 'ann@example.com', groups: ['jira-users', 'team'] });
  organization.addAccount({ email: 'ben@example.com', groups: ['jira-users'] });
  organization.addAccount({ email: 'cat@example.com' });
  organization.addAccount({ email: 'sue@example.com', groups: ['team', 'jira-users'], status: 'suspended' });
  organization.addAccount({ email: 'eve@example.com', directories: ['Other'] });
  return organization;
}

const errorBody = v.object({ errors: v.array(v.object({ code: v.string() })) });

async function begin(doubts: Partial<Doubts> = {}): Promise<{
  readonly client: Client;
  readonly add: (group: string, email: string) => Promise<string>;
  readonly remove: (group: string, email: string) => Promise<string>;
  readonly act: (method: string, email: string, act?: string) => Promise<string>;
}> {
  const client = await start({ organization: company(doubts) });
  const { organization } = client;
  const id = (email: string): string => organization.account(email)?.id ?? 'nobody';
  const group = (name: string): string =>
    (organization.group(name) ?? organization.group(name, 'Other'))?.id ?? '00000000-0000-4000-8000-000000000000';
  const say = async (answer: ReturnType<Client['send']>): Promise<string> => {
    const { status, body } = await answer;
    const error = v.safeParse(errorBody, body);
    return [status, ...(error.success ? [error.output.errors[0]?.code] : [])].join(' ');
  };
  return {
    client,
    add: (name, email) => say(client.send('POST', `D/groups/${group(name)}/memberships`, { accountId: id(email) })),
    remove: (name, email) =>
      say(client.send('DELETE', `D/groups/${group(name)}/memberships/${encodeURIComponent(id(email))}`)),
    act: (method, email, act = '') => say(client.send(method, `D/users/${encodeURIComponent(id(email))}${act}`)),
  };
}

describe('Memberships', () => {
  const additions: readonly (readonly [string, Partial<Doubts>, string, string, string])[] = [
    ['a member more', {}, 'team', 'ben@example.com', '204'],
    ['a member already: the first 409', {}, 'team', 'ann@example.com', '409 ADMIN-UAM-409-2'],
    ['no licence left: the second 409', {}, 'jira-users', 'cat@example.com', '409 ADMIN-UAM-409-3'],
    [
      'the two 409s cannot be told apart without bodies',
      { errorBodies: 'none' },
      'jira-users',
      'cat@example.com',
      '409',
    ],
    ['a synced group', {}, 'synced', 'ann@example.com', '403 ADMIN-UAM-403-1'],
    ['a group that the key may not modify', {}, 'locked', 'ann@example.com', '403 ADMIN-UAM-403-1'],
    ['a group of another directory', {}, 'elsewhere', 'ann@example.com', '404 ADMIN-404-10'],
    ['a person of another directory', {}, 'team', 'eve@example.com', '404 ADMIN-404-8'],
    ['a group that does not exist', {}, 'nowhere', 'ann@example.com', '404 ADMIN-404-10'],
    ['a suspended person', {}, 'team', 'sue@example.com', '409 ADMIN-UAM-409-2'],
    ['the administrators, before the roll-out', {}, 'admins', 'ann@example.com', '204'],
    ['the administrators, after it', { addToAdminGroup: 'refused' }, 'admins', 'ann@example.com', '403 ADMIN-403-7'],
  ];
  it.each(additions)('adding to %s', async (_, doubts, group, email, expected) => {
    expect(await (await begin(doubts)).add(group, email)).toBe(expected);
  });

  it('removing: once 204, then 404 while the group lives', async () => {
    const { client, remove } = await begin();
    expect([await remove('team', 'ann@example.com'), await remove('team', 'ann@example.com')]).toEqual([
      '204',
      '404 ADMIN-404-8',
    ]);
    expect(client.organization.members('team')).toEqual(['sue@example.com']);
  });

  it.each([
    ['changes', '204'],
    ['refused', '400 ADMIN-UAM-400-2'],
  ] as const)('of a suspended person: %s', async (membershipOfSuspended, expected) => {
    expect(await (await begin({ membershipOfSuspended })).remove('team', 'sue@example.com')).toBe(expected);
  });
});

describe('The state of a user', () => {
  it('suspending keeps groups and frees the licence; restoring brings everything back', async () => {
    const { client, act, add } = await begin();
    const before = client.organization.snapshot();
    expect(await act('POST', 'ann@example.com', '/suspend')).toBe('204');
    expect(client.organization.account('ann@example.com')?.directories).toMatchObject({
      [client.organization.directoryId()]: { status: 'suspended', changedBy: 'api' },
    });
    expect(client.organization.members('team')).toEqual(['ann@example.com', 'sue@example.com']);
    expect(await act('POST', 'ann@example.com', '/restore')).toBe('204');
    expect(client.organization.snapshot()).toEqual(before);
    await act('POST', 'ann@example.com', '/suspend');
    expect(await add('jira-users', 'cat@example.com')).toBe('204');
  });

  it('removing takes the groups of the directory away; the account stays known if it is managed', async () => {
    const { client, act } = await begin();
    expect(await act('DELETE', 'ann@example.com')).toBe('204');
    expect(await act('DELETE', 'ann@example.com')).toBe('404 ADMIN-404-8');
    expect(client.organization.snapshot().accounts[0]).toMatchObject({
      email: 'ann@example.com',
      directories: {},
      groups: [],
    });
  });

  const repeated: readonly (readonly [string, Partial<Doubts>, string, string])[] = [
    ['/suspend', { repeatedSuspend: 'no content' }, 'sue@example.com', '204'],
    ['/suspend', { repeatedSuspend: 'conflict' }, 'sue@example.com', '409 ADMIN-UAM-409-2'],
    ['/restore', { repeatedRestore: 'bad request' }, 'ann@example.com', '400 ADMIN-UAM-400-1'],
    ['/restore', { repeatedRestore: 'no content' }, 'ann@example.com', '204'],
    ['/restore', { restoreAtLimit: 'restored' }, 'sue@example.com', '204'],
    ['/restore', { restoreAtLimit: 'refused' }, 'sue@example.com', '409 ADMIN-UAM-409-3'],
  ];
  it.each(repeated)('%s with %j of %s answers %s', async (path, doubts, email, expected) => {
    expect(await (await begin(doubts)).act('POST', email, path)).toBe(expected);
  });
});

describe('Groups', () => {
  const creations: readonly (readonly [string, Partial<Doubts>, unknown, number])[] = [
    ['a new name', {}, { name: 'new', description: 'text' }, 201],
    ['a name that differs in case only', {}, { name: 'TEAM' }, 409],
    ['an empty name', {}, { name: ' ' }, 400],
    ['no name', {}, {}, 400],
    ['a name too long', {}, { name: 'x'.repeat(256) }, 400],
    ['a name with a slash, kindly', {}, { name: '/a/b' }, 201],
    [
      'a name with a slash, refused',
      { groupText: { name: 100, description: 10, refusedCharacters: '/' } },
      { name: '/a/b' },
      400,
    ],
    [
      'a description too long',
      { groupText: { name: 100, description: 10, refusedCharacters: '' } },
      { name: 'a', description: 'x'.repeat(11) },
      400,
    ],
  ];
  it.each(creations)('creating %s', async (_, doubts, body, expected) => {
    const { client } = await begin(doubts);
    const { status, body: answered } = await client.send('POST', 'D/groups', body);
    expect(status).toBe(expected);
    if (status === 201) expect(answered).toBeUndefined();
  });

  it('a directory is never `-` in a write', async () => {
    const { client } = await begin();
    const path = `/admin/v2/orgs/${client.organization.id}/directories/-/groups`;
    expect((await client.send('POST', path, { name: 'new' })).status).toBe(400);
  });

  it.each([
    ['team', 204],
    ['jira-users', 403],
    ['synced', 403],
    ['locked', 403],
    ['admins', 403],
    ['elsewhere', 404],
  ])('deleting %s answers %i', async (name, expected) => {
    const { client } = await begin();
    const id = (client.organization.group(name) ?? client.organization.group(name, 'Other'))?.id ?? '';
    expect((await client.send('DELETE', `D/groups/${id}`)).status).toBe(expected);
    if (expected === 204) expect(client.organization.snapshot().accounts[0]?.groups).toEqual(['jira-users']);
  });

  // One of the five groups sets its rights itself.
  it.each([
    ['present', 5],
    ['sometimes absent', 3],
    ['absent', 1],
  ] as const)('the rights of the key are %s', async (managementAccess, expected) => {
    const { client } = await begin({ managementAccess });
    const { body } = await client.send('POST', 'D/groups/search', {});
    const { data } = v.parse(
      v.object({ data: v.array(v.object({ managementAccess: v.optional(v.unknown()) })) }),
      body,
    );
    expect(data.filter((group) => group.managementAccess !== undefined)).toHaveLength(expected);
  });
});

describe('Managed accounts', () => {
  const id = (client: Client, email: string): string =>
    encodeURIComponent(client.organization.account(email)?.id ?? '');

  it('a new address in a verified domain ends all logins; a foreign domain is refused', async () => {
    const { client } = await begin();
    const path = `/users/${id(client, 'ann@example.com')}/manage/email`;
    expect((await client.send('PUT', path, { email: 'ann@foreign.test' })).status).toBe(403);
    expect((await client.send('PUT', path, { email: 'ben@example.com' })).status).toBe(400);
    expect((await client.send('PUT', path, { email: 'ann.new@example.com' })).status).toBe(204);
    expect(client.organization.account('ann.new@example.com')?.signedOut).toBe(1);
    expect(client.organization.account('ann@example.com')).toBeUndefined();
  });

  it('a disabled account frees its licence and takes it again', async () => {
    const { client, add } = await begin();
    const path = `/users/${id(client, 'ann@example.com')}/manage/lifecycle`;
    expect((await client.send('POST', `${path}/disable`, {})).status).toBe(204);
    expect(await add('jira-users', 'cat@example.com')).toBe('204');
    expect((await client.send('POST', `${path}/enable`)).status).toBe(204);
    expect(client.organization.account('ann@example.com')).toMatchObject({ accountStatus: 'active', signedOut: 1 });
  });

  it('accounts that are not managed, or that another provider owns, are refused', async () => {
    const { client } = await begin();
    client.organization.addAccount({ email: 'x@foreign.test' });
    client.organization.addAccount({ email: 'scim@example.com', externalDirectory: 'scim' });
    const send = async (email: string) =>
      (await client.send('PATCH', `/users/${id(client, email)}/manage/profile`, { name: 'New' })).body;
    expect(await send('x@foreign.test')).toEqual({ key: 'forbidden' });
    expect(await send('scim@example.com')).toEqual({
      key: 'forbidden.fieldMutation',
      context: { name: { allowed: false, reason: { key: 'externalDirectory.scim' } } },
    });
  });
});
