import * as v from 'valibot';
import { kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { createOrganization } from '../../../dev/atlassian/organization';
import { start, stopAll, type Client } from './client';

afterEach(stopAll);

const users = v.object({
  data: v.array(v.object({ email: v.string(), status: v.string(), groups: v.array(v.object({ name: v.string() })) })),
});

async function begin(doubts: Partial<Doubts>, clock?: () => number): Promise<Client> {
  const organization = createOrganization({ doubts: { ...kindDoubts, ...doubts }, ...(clock ? { clock } : {}) });
  organization.addGroup({ name: 'team' });
  organization.addAccount({ email: 'ann@example.com', groups: ['team'] });
  return start({ organization });
}

async function seen(client: Client): Promise<unknown> {
  const { body } = await client.send('POST', 'D/users/search', { expand: ['groups'] });
  return v
    .parse(users, body)
    .data.map((user) => [user.email, user.status, user.groups.map((group) => group.name).join()]);
}

async function seenGroups(client: Client): Promise<string[]> {
  const { body } = await client.send('POST', 'D/groups/search', { groupNames: ['new'] });
  return v.parse(v.object({ data: v.array(v.object({ id: v.string() })) }), body).data.map((group) => group.id);
}

const ann = (client: Client): string => encodeURIComponent(client.organization.account('ann@example.com')?.id ?? '');
const team = (client: Client): string => client.organization.group('team')?.id ?? '';

describe('Reads lag behind writes', () => {
  it('a new group is invisible to the next read even kindly, and its id is refused until then', async () => {
    const client = await begin({});
    await client.send('POST', 'D/groups', { name: 'new' });
    const id = client.organization.group('new')?.id ?? '';
    const add = { accountId: decodeURIComponent(ann(client)) };
    const early = await client.send('POST', `D/groups/${id}/memberships`, add);
    const invited = await client.send('POST', 'v2/users/invite', { emails: ['a@example.com'], additionalGroups: [id] });
    expect([early.status, invited.status]).toEqual([404, 404]);
    expect([await seenGroups(client), await seenGroups(client)]).toEqual([[], [id]]);
    expect((await client.send('POST', `D/groups/${id}/memberships`, add)).status).toBe(204);
  });

  it('the name of an invisible group is taken all the same', async () => {
    const client = await begin({ newGroups: { reads: 9 } });
    await client.send('POST', 'D/groups', { name: 'new' });
    expect((await client.send('POST', 'D/groups', { name: 'new' })).status).toBe(409);
  });

  const writes: readonly (readonly [
    string,
    Partial<Doubts>,
    (client: Client) => Promise<unknown>,
    unknown,
    unknown,
  ])[] = [
    [
      'a suspension',
      { suspensions: { reads: 2 } },
      (client) => client.send('POST', `D/users/${ann(client)}/suspend`),
      [['ann@example.com', 'active', 'team']],
      [['ann@example.com', 'suspended', 'team']],
    ],
    [
      'a removed membership',
      { memberships: { reads: 2 } },
      (client) => client.send('DELETE', `D/groups/${team(client)}/memberships/${ann(client)}`),
      [['ann@example.com', 'active', 'team']],
      [['ann@example.com', 'active', '']],
    ],
    [
      'an invitation',
      { invitations: { reads: 2 } },
      (client) =>
        client.send('POST', 'v2/users/invite', { emails: ['new@example.com'], additionalGroups: [team(client)] }),
      [['ann@example.com', 'active', 'team']],
      [
        ['ann@example.com', 'active', 'team'],
        ['new@example.com', 'active', 'team'],
      ],
    ],
    [
      'a removal from the directory',
      { suspensions: { reads: 2 }, memberships: { reads: 2 } },
      (client) => client.send('DELETE', `D/users/${ann(client)}`),
      [['ann@example.com', 'active', 'team']],
      [],
    ],
  ];
  it.each(writes)('%s shows after two reads', async (_, doubts, write, before, after) => {
    const client = await begin(doubts);
    await write(client);
    expect([await seen(client), await seen(client), await seen(client)]).toEqual([before, before, after]);
  });

  it('by the clock: a walk of many reads sees nothing until the time has come', async () => {
    let now = 1_000_000;
    const client = await begin({ memberships: { milliseconds: 500 } }, () => now);
    await client.send('DELETE', `D/groups/${team(client)}/memberships/${ann(client)}`);
    now += 499;
    expect(await seen(client)).toEqual([['ann@example.com', 'active', 'team']]);
    now += 1;
    expect(await seen(client)).toEqual([['ann@example.com', 'active', '']]);
  });

  it('a second write before the first shows keeps the oldest value', async () => {
    const client = await begin({ memberships: { reads: 1 } });
    await client.send('DELETE', `D/groups/${team(client)}/memberships/${ann(client)}`);
    await client.send('POST', `D/groups/${team(client)}/memberships`, { accountId: decodeURIComponent(ann(client)) });
    expect([await seen(client), await seen(client)]).toEqual([
      [['ann@example.com', 'active', 'team']],
      [['ann@example.com', 'active', 'team']],
    ]);
  });

  it('changes by hand show at once', async () => {
    const client = await begin({ suspensions: { reads: 5 } });
    client.organization.suspendByHand('ann@example.com');
    expect(await seen(client)).toEqual([['ann@example.com', 'suspended', 'team']]);
  });

  it('a new name and address show after their delay; User management itself knows them at once', async () => {
    const client = await begin({ profiles: { reads: 1 } });
    const path = `/users/${ann(client)}/manage`;
    await client.send('PATCH', `${path}/profile`, { name: 'Ann New' });
    await client.send('PUT', `${path}/email`, { email: 'new@example.com' });
    const find = async (email: string) => {
      const { body } = await client.send('POST', 'D/users/search', { emails: [email] });
      return v.parse(v.object({ data: v.array(v.object({ name: v.string() })) }), body).data.map(({ name }) => name);
    };
    expect((await client.send('GET', `${path}/profile`)).body).toMatchObject({
      account: { name: 'Ann New', email: 'new@example.com' },
    });
    expect(await find('ann@example.com')).toEqual(['ann']);
    expect(await find('ann@example.com')).toEqual([]);
    expect(await find('new@example.com')).toEqual(['Ann New']);
  });
});
