import * as v from 'valibot';
import { kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { createOrganization, type Organization } from '../../../dev/atlassian/organization';
import { people, start, stopAll, type Client } from './client';

afterEach(stopAll);

const userPage = v.object({
  data: v.array(
    v.object({
      email: v.string(),
      status: v.optional(v.string()),
      membershipStatus: v.string(),
      groups: v.optional(v.array(v.object({ id: v.string(), name: v.nullable(v.string()) }))),
      productAccess: v.optional(v.array(v.object({ key: v.string(), lastActiveTimestamp: v.optional(v.string()) }))),
    }),
  ),
  links: v.object({ next: v.optional(v.string()) }),
});
const count = v.object({ count: v.number() });

const startWith = (organization: Organization): Promise<Client> => start({ organization });
const withDoubts = (doubts: Partial<Doubts>): Doubts => ({ ...kindDoubts, ...doubts });

async function search(client: Client, body: unknown): Promise<v.InferOutput<typeof userPage>> {
  return v.parse(userPage, (await client.send('POST', 'D/users/search', body)).body);
}

/** Walks all pages; `repeat` says whether the filters go along with the cursor. */
async function walk(client: Client, body: object, repeat: boolean): Promise<string[]> {
  let page = await search(client, body);
  const emails = page.data.map((user) => user.email);
  while (page.links.next !== undefined) {
    page = await search(client, { ...(repeat ? body : {}), cursor: page.links.next });
    emails.push(...page.data.map((user) => user.email));
  }
  return emails;
}

function company(doubts: Partial<Doubts> = {}): Organization {
  const organization = createOrganization({ doubts: withDoubts(doubts), directories: ['Main', 'Other'] });
  organization.addGroup({ name: 'red', grants: [{ product: 'jira', role: 'atlassian/user' }] });
  organization.addGroup({ name: 'blue' });
  organization.addAccount({ email: 'Ann@example.com', groups: ['red', 'blue'] });
  organization.addAccount({ email: 'ben@example.com', groups: ['red'] });
  organization.addAccount({ email: 'sue@example.com', groups: ['red'], status: 'suspended' });
  organization.addAccount({ email: 'eve@example.com', directories: ['Other'] });
  organization.addAccount({ email: 'alone@example.com', directories: [] });
  organization.addAccount({ email: 'stranger@foreign.test', directories: [] });
  organization.addAccount({ email: 'bot@example.com', accountType: 'app' });
  return organization;
}

const emailsOf = (page: v.InferOutput<typeof userPage>): string[] => page.data.map((user) => user.email);
const red = (client: Client): string => client.organization.group('red')?.id ?? '';
const blue = (client: Client): string => client.organization.group('blue')?.id ?? '';

describe('Users are searched page by page', () => {
  it('every account comes exactly once, in pages of the limit', async () => {
    const organization = createOrganization();
    for (const person of people(250)) organization.addAccount(person);
    const client = await startWith(organization);
    const emails = await walk(client, { limit: 100 }, true);
    expect(emails).toEqual(people(250).map((person) => person.email));
    expect(client.traffic.all).toHaveLength(3);
  });

  it('people who go during the walk push nobody out of it', async () => {
    const organization = createOrganization();
    for (const person of people(5)) organization.addAccount(person);
    const client = await startWith(organization);
    const first = await search(client, { limit: 2 });
    organization.removeByHand('p1@example.com');
    const second = await search(client, { limit: 2, cursor: first.links.next });
    expect([...emailsOf(first), ...emailsOf(second)]).toEqual(people(4).map((person) => person.email));
  });

  const reds = ['Ann@example.com', 'ben@example.com', 'sue@example.com'];
  const cursors: readonly (readonly [Doubts['cursor'], boolean, string[]])[] = [
    ['carries the filters', true, reds],
    ['carries the filters', false, reds],
    ['forgets the filters', true, reds],
    ['forgets the filters', false, reds],
    ['alone', false, reds],
  ];
  it.each(cursors)('a cursor that %s, filters repeated: %s', async (cursor, repeat, expected) => {
    const client = await startWith(company({ cursor }));
    client.organization.addAccount({ email: 'zoe@example.com' });
    const emails = await walk(client, { groupIds: [red(client)], limit: 1 }, repeat);
    // Forgotten filters let everybody else in.
    expect(emails).toEqual(cursor === 'forgets the filters' && !repeat ? [...reds, 'zoe@example.com'] : expected);
  });

  it('a cursor that must be alone refuses repeated filters', async () => {
    const client = await startWith(company({ cursor: 'alone' }));
    const { links } = await search(client, { limit: 1 });
    expect((await client.send('POST', 'D/users/search', { limit: 1, cursor: links.next })).status).toBe(400);
  });

  it('a cursor of another kind of page is refused', async () => {
    const client = await startWith(company());
    const { links } = await search(client, { limit: 1 });
    expect((await client.send('POST', 'D/groups/search', { cursor: links.next })).status).toBe(400);
    expect((await client.send('POST', 'D/users/search', { cursor: 'nonsense' })).status).toBe(400);
  });
});

describe('Each doubt about reads changes what a search shows', () => {
  const cases: readonly (readonly [string, Partial<Doubts>, (client: Client) => unknown, string[]])[] = [
    ['the population is the directory', {}, () => ({}), ['Ann@example.com', 'ben@example.com', 'sue@example.com']],
    [
      'the population is the organization with its managed accounts, never a stranger',
      { searchPopulation: 'organization' },
      () => ({}),
      ['Ann@example.com', 'ben@example.com', 'sue@example.com', 'eve@example.com', 'alone@example.com'],
    ],
    [
      'directoryIds narrows it again',
      { searchPopulation: 'organization' },
      ({ organization }) => ({ directoryIds: [organization.directoryId()] }),
      ['Ann@example.com', 'ben@example.com', 'sue@example.com'],
    ],
    ['accounts of apps are listed', { accountsOfApps: 'listed' }, () => ({ searchTerm: 'bot' }), ['bot@example.com']],
    [
      'several groups mean any',
      {},
      (client) => ({ groupIds: [red(client), blue(client)] }),
      ['Ann@example.com', 'ben@example.com', 'sue@example.com'],
    ],
    [
      'several groups mean all',
      { severalGroupIds: 'all' },
      (client) => ({ groupIds: [red(client), blue(client)] }),
      ['Ann@example.com'],
    ],
    [
      'suspended members are omitted',
      { suspendedMembers: 'omitted' },
      (client) => ({ groupIds: [red(client)] }),
      ['Ann@example.com', 'ben@example.com'],
    ],
    ['addresses match in any case', {}, () => ({ emails: ['ann@example.com'] }), ['Ann@example.com']],
    [
      'addresses match in their own case only',
      { emailFilter: 'exact case' },
      () => ({ emails: ['ann@example.com', 'ben@example.com'] }),
      ['ben@example.com'],
    ],
  ];
  it.each(cases)('%s', async (_, doubts, body, expected) => {
    const client = await startWith(company(doubts));
    expect(emailsOf(await search(client, body(client)))).toEqual(expected);
  });

  const places: readonly (readonly [Doubts['membershipStatus'], string])[] = [
    ['of the directory', 'suspended'],
    ['of all directories', 'active'],
  ];
  it.each(places)('membership %s: suspended here and active elsewhere is %s', async (membershipStatus, expected) => {
    const organization = createOrganization({
      doubts: withDoubts({ membershipStatus }),
      directories: ['Main', 'Other'],
    });
    organization.addAccount({ email: 'two@example.com', directories: ['Main', 'Other'] });
    organization.suspendByHand('two@example.com');
    const [user] = (await search(await startWith(organization), {})).data;
    expect([user?.status, user?.membershipStatus]).toEqual([expected, expected]);
  });

  it('groups of a user are cut without a word, and their ids may be ARIs', async () => {
    const client = await startWith(company({ groupsInExpand: 1, groupIdsOfUsers: 'ari' }));
    const page = await search(client, { emails: ['Ann@example.com'], expand: ['groups'] });
    expect(page.data[0]?.groups).toEqual([{ id: `ari:cloud:identity::group/${red(client)}`, name: 'red' }]);
  });

  it.each([
    ['shown', ['red']],
    ['omitted', []],
  ] as const)('groups of a suspended user are %s', async (suspendedMembers, expected) => {
    const page = await search(await startWith(company({ suspendedMembers })), {
      emails: ['sue@example.com'],
      expand: ['groups'],
    });
    expect(page.data[0]?.groups?.map((group) => group.name)).toEqual(expected);
  });

  it.each([
    ['listed', [{ key: 'jira' }]],
    ['missing', []],
  ] as const)('products that were never used are %s', async (productsNeverUsed, expected) => {
    const page = await search(await startWith(company({ productsNeverUsed })), {
      emails: ['ben@example.com'],
      expand: ['productAccess'],
    });
    expect(page.data[0]?.productAccess).toEqual(expected);
  });
});

describe('Counts', () => {
  const counts: readonly (readonly [string, (client: Client) => string, number])[] = [
    ['count every directory and all managed accounts without directoryIds', () => 'D/users/count', 5],
    [
      'count one directory with directoryIds',
      ({ organization }) => `D/users/count?directoryIds=${organization.directoryId()}`,
      3,
    ],
    ['count groups of the directory', () => 'D/groups/count', 2],
  ];
  it.each(counts)('%s', async (_, path, expected) => {
    const client = await startWith(company());
    expect(v.parse(count, (await client.send('GET', path(client))).body)).toEqual({ count: expected });
  });
});

describe('What a read refuses', () => {
  const refusals: readonly (readonly [string, string, unknown])[] = [
    ['a limit of 0', 'D/users/search', { limit: 0 }],
    ['a limit of 101', 'D/groups/search', { limit: 101 }],
    ['more than 100 addresses', 'D/users/search', { emails: people(101).map((person) => person.email) }],
    ['an address twice', 'D/users/search', { emails: ['a@example.com', 'a@example.com'] }],
    ['more than 10 accounts', 'D/users/search', { accountIds: Array.from({ length: 11 }, String) }],
    ['more than 20 resources', 'D/users/search', { resourceIds: Array.from({ length: 21 }, String) }],
    [
      'five statuses at once',
      'D/users/search',
      { status: ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'] },
    ],
    ['addresses with a search term', 'D/users/search', { emails: ['a@example.com'], searchTerm: 'a' }],
    ['group names with group ids', 'D/groups/search', { groupNames: ['a'], groupIds: ['b'] }],
    ['101 group names', 'D/groups/search', { groupNames: Array.from({ length: 101 }, String) }],
    ['an unknown property', 'D/groups/search', { names: ['a'] }],
    ['broken JSON', 'D/groups/search', '{"limit": '],
  ];
  it.each(refusals)('%s', async (_, path, body) => {
    expect((await (await startWith(company())).send('POST', path, body)).status).toBe(400);
  });

  it('keys: expired, revoked, unknown and SCIM keys are 401 everywhere; scoped keys read what their scope names and write nothing', async () => {
    const organization = company({ scopedKeySearch: 'refused' });
    organization.addKey({ secret: 'old', state: 'expired' });
    organization.addKey({ secret: 'scim', kind: 'scim' });
    organization.addKey({ secret: 'scoped', kind: 'scoped', scopes: ['read:directories:admin'] });
    const client = await startWith(organization);
    const statuses: Record<string, number[]> = {};
    for (const key of ['organization-key', 'old', 'scim', 'nothing', 'scoped'])
      statuses[key] = [
        (await client.send('GET', 'v2/directories', undefined, key)).status,
        (await client.send('POST', 'D/users/search', {}, key)).status,
        (await client.send('POST', 'D/groups', { name: `by ${key}` }, key)).status,
        (await client.send('GET', '/users/nobody/manage', undefined, key)).status,
      ];
    expect(statuses).toEqual({
      'organization-key': [200, 200, 201, 404],
      old: [401, 401, 401, 401],
      scim: [401, 401, 401, 401],
      nothing: [401, 401, 401, 401],
      scoped: [200, 401, 403, 403],
    });
  });
});
