import * as v from 'valibot';
import { kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { createOrganization } from '../../../dev/atlassian/organization';
import { people, start, stopAll, type Client } from './client';

afterEach(stopAll);

const answer = v.object({
  data: v.array(
    v.object({
      id: v.optional(v.string()),
      email: v.string(),
      results: v.array(
        v.object({
          groupAssignmentResult: v.array(
            v.object({ group: v.string(), status: v.string(), statusReason: v.nullable(v.string()) }),
          ),
          roleAssignmentResult: v.array(v.object({ resource: v.string(), role: v.string(), status: v.string() })),
        }),
      ),
    }),
  ),
});

async function begin(doubts: Partial<Doubts> = {}, userLimit?: number): Promise<Client> {
  const organization = createOrganization({
    doubts: { ...kindDoubts, ...doubts },
    directories: ['Main', 'Other'],
    products: [
      { product: 'jira', ...(userLimit === undefined ? {} : { userLimit }) },
      { product: 'confluence', directory: 'Other' },
    ],
  });
  organization.addGroup({ name: 'team' });
  organization.addGroup({ name: 'jira-users', grants: [{ product: 'jira', role: 'atlassian/user' }] });
  organization.addGroup({ name: 'synced', externalSynced: true });
  organization.addAccount({ email: 'ann@example.com' });
  organization.addAccount({ email: 'sue@example.com', status: 'suspended' });
  organization.addAccount({ email: 'off@example.com', accountStatus: 'inactive' });
  organization.addAccount({ email: 'stranger@foreign.test', directories: [] });
  return start({ organization });
}

const groups = (client: Client, ...names: string[]): string[] =>
  names.map((name) => client.organization.group(name)?.id ?? name);
const invite = (client: Client, body: unknown) => client.send('POST', 'v2/users/invite', body);
const visible = async (client: Client): Promise<string[]> => {
  const { body } = await client.send('POST', 'D/users/search', {});
  return v.parse(v.object({ data: v.array(v.object({ email: v.string() })) }), body).data.map((user) => user.email);
};

describe('An invitation', () => {
  it('of several people with groups and access is one call, and tells every account id', async () => {
    const client = await begin();
    const resource = client.organization.resource('jira');
    const { status, body } = await invite(client, {
      emails: ['new@example.com', 'stranger@foreign.test'],
      additionalGroups: groups(client, 'team'),
      permissionRules: [{ resource, role: 'atlassian/user' }],
    });
    const result = {
      groupAssignmentResult: [{ group: groups(client, 'team')[0], status: 'INVITED', statusReason: null }],
      roleAssignmentResult: [{ resource, role: 'ari:cloud:jira::role/product/member', status: 'INVITED' }],
    };
    expect([status, v.parse(answer, body)]).toEqual([
      200,
      {
        data: ['new@example.com', 'stranger@foreign.test'].map((email) => ({
          id: client.organization.account(email)?.id,
          email,
          results: [result],
        })),
      },
    ]);
    expect(client.organization.members('team')).toEqual(['new@example.com', 'stranger@foreign.test']);
    expect(client.organization.account('new@example.com')).toMatchObject({
      claimed: true,
      managementSource: 'invited',
    });
    expect(client.organization.account('stranger@foreign.test')).toMatchObject({
      claimed: false,
      managementSource: null,
    });
  });

  it('fails in part: 206 with the failures person by person and group by group', async () => {
    const client = await begin();
    client.organization.refuseInvitation('bad@example.com', 'Blocked');
    const { status, body } = await invite(client, {
      emails: ['ok@example.com', 'bad@example.com', 'sue@example.com', 'off@example.com'],
      additionalGroups: groups(client, 'team', 'synced'),
    });
    const reasons = v
      .parse(answer, body)
      .data.map((each) => [
        each.email,
        each.id !== undefined,
        each.results[0]?.groupAssignmentResult.map((result) => result.statusReason),
      ]);
    expect([status, reasons]).toEqual([
      206,
      [
        ['ok@example.com', true, [null, 'You are not allowed to change this group']],
        ['bad@example.com', false, ['Blocked', 'Blocked']],
        ['sue@example.com', true, ['The user is suspended', 'The user is suspended']],
        ['off@example.com', true, ['Inactive user', 'Inactive user']],
      ],
    ]);
    expect(client.organization.members('team')).toEqual(['ok@example.com']);
  });

  const refusals: readonly (readonly [string, Partial<Doubts>, object, number])[] = [
    ['more than 25 addresses', {}, { emails: people(26).map((person) => person.email) }, 400],
    ['no address', {}, { emails: [] }, 400],
    ['something that is no address', {}, { emails: ['nobody'] }, 400],
    ['an unknown group', {}, { emails: ['a@example.com'], additionalGroups: ['nowhere'] }, 404],
    [
      'an unknown resource',
      {},
      { emails: ['a@example.com'], permissionRules: [{ resource: 'x', role: 'atlassian/user' }] },
      404,
    ],
    [
      'more groups than allowed',
      { inviteMaximum: { groups: 1, rules: 0 } },
      { emails: ['a@example.com'], additionalGroups: ['a', 'b'] },
      400,
    ],
  ];
  it.each(refusals)('with %s is refused and invites nobody', async (_, doubts, body, expected) => {
    const client = await begin(doubts);
    const before = client.organization.snapshot();
    expect((await invite(client, body)).status).toBe(expected);
    expect(client.organization.snapshot()).toEqual(before);
  });

  it('without a paid subscription is 402', async () => {
    const client = await begin();
    client.organization.setPaid(false);
    expect((await invite(client, { emails: ['a@example.com'] })).status).toBe(402);
  });

  it.each([
    ['nobody', []],
    ['some', ['a@example.com', 'b@example.com']],
  ] as const)('beyond the licence is 409 and leaves %s invited', async (inviteAfterLimit, expected) => {
    const client = await begin({ inviteAfterLimit }, 2);
    const emails = ['a@example.com', 'b@example.com', 'c@example.com'];
    const { status } = await invite(client, { emails, additionalGroups: groups(client, 'jira-users') });
    expect([status, client.organization.members('jira-users')]).toEqual([409, expected]);
  });

  it.each([
    ['adds', ['ann@example.com']],
    ['ignores', []],
  ] as const)('of a member %s groups, and says INVITED', async (inviteMember, expected) => {
    const client = await begin({ inviteMember });
    const { status, body } = await invite(client, {
      emails: ['ann@example.com'],
      additionalGroups: groups(client, 'team'),
    });
    expect([status, v.parse(answer, body).data[0]?.results[0]?.groupAssignmentResult[0]?.status]).toEqual([
      200,
      'INVITED',
    ]);
    expect(client.organization.members('team')).toEqual(expected);
  });

  it('without rules leads into the first directory, or into none with its groups refused', async () => {
    const first = await begin();
    await invite(first, { emails: ['new@example.com'] });
    expect(Object.keys(first.organization.account('new@example.com')?.directories ?? {})).toEqual([
      first.organization.directoryId(),
    ]);
    const none = await begin({ inviteWithoutRules: 'no directory' });
    const { status } = await invite(none, { emails: ['new@example.com'], additionalGroups: groups(none, 'team') });
    expect([status, none.organization.members('team'), await visible(none)]).toEqual([
      206,
      [],
      ['ann@example.com', 'sue@example.com', 'off@example.com'],
    ]);
  });

  it('with a rule leads into the directory of the app', async () => {
    const client = await begin();
    const rule = { resource: client.organization.resource('confluence'), role: 'atlassian/user' };
    await invite(client, { emails: ['new@example.com'], permissionRules: [rule] });
    expect(
      client.organization.snapshot().accounts.find((each) => each.email === 'new@example.com')?.directories,
    ).toEqual({ Other: 'active' });
  });

  it('takes effect when it is accepted, if the doubt says so', async () => {
    const client = await begin({ acceptance: 'person hidden' });
    await invite(client, { emails: ['new@example.com'], additionalGroups: groups(client, 'team') });
    const id = client.organization.account('new@example.com')?.id;
    const add = () =>
      client.send('POST', `D/groups/${groups(client, 'jira-users')[0] ?? ''}/memberships`, { accountId: id });
    expect([(await visible(client)).includes('new@example.com'), (await add()).status]).toEqual([false, 404]);
    client.organization.acceptInvitation('new@example.com');
    expect([(await visible(client)).includes('new@example.com'), (await add()).status]).toEqual([true, 204]);
  });

  it('shows the person without groups before acceptance, if the doubt says so', async () => {
    const client = await begin({ acceptance: 'memberships wait' });
    await invite(client, { emails: ['new@example.com'], additionalGroups: groups(client, 'team') });
    const found = async (): Promise<string[]> => {
      const { body } = await client.send('POST', 'D/users/search', { groupIds: groups(client, 'team') });
      return v.parse(v.object({ data: v.array(v.object({ email: v.string() })) }), body).data.map((user) => user.email);
    };
    expect([(await visible(client)).includes('new@example.com'), await found()]).toEqual([true, []]);
    client.organization.acceptInvitation();
    expect(await found()).toEqual(['new@example.com']);
  });
});
