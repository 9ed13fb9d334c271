import { createOrganization, type Organization } from '../../../dev/atlassian/organization';
import { answerProduct, type ProductRequest } from '../../../dev/atlassian/product';
import { contractOrSkip } from './client';

const open = contractOrSkip();

function company(): Organization {
  const organization = createOrganization();
  organization.addGroup({ name: 'jira-admins', grants: [{ product: 'jira', role: 'atlassian/admin' }] });
  organization.addGroup({
    name: 'users',
    grants: [
      { product: 'jira', role: 'atlassian/user' },
      { product: 'confluence', role: 'atlassian/user' },
    ],
  });
  organization.addAccount({ email: 'jira@example.com', groups: ['jira-admins'] });
  organization.addAccount({ email: 'both@example.com', productAdmin: ['jira', 'confluence'] });
  organization.addAccount({ email: 'org@example.com', platformRoles: ['atlassian/org-admin'], groups: ['users'] });
  organization.addAccount({ email: 'plain@example.com', groups: ['users'] });
  organization.addAccount({ email: 'none@example.com' });
  organization.addAccount({ email: 'off@example.com', productAdmin: ['jira', 'confluence'], status: 'suspended' });
  organization.addAccount({
    email: 'shut@example.com',
    productAdmin: ['jira', 'confluence'],
    accountStatus: 'inactive',
  });
  return organization;
}

async function ask(
  organization: Organization,
  email: string | undefined,
  request: Omit<ProductRequest, 'provider'>,
): Promise<readonly [number, unknown]> {
  const accountId = email === undefined ? undefined : (organization.account(email)?.id ?? 'nobody');
  const who = accountId === undefined ? { provider: 'app' as const } : { provider: 'user' as const, accountId };
  const response = await answerProduct(organization, { ...who, ...request });
  const body: unknown = await response.json();
  const url = new URL(request.path, 'https://example.atlassian.net');
  const exchange = {
    method: request.init?.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    status: response.status,
    responseBody: body,
  };
  // Statuses of refusals that the product's document leaves out are checked by their number alone.
  if (response.ok) expect(open.contract?.checkResponse(exchange) ?? []).toEqual([]);
  return [response.status, body];
}

const check = (body: unknown): Omit<ProductRequest, 'provider'> => ({
  product: 'jira',
  path: '/rest/api/3/permissions/check',
  init: { method: 'POST', body: JSON.stringify(body) },
});
const mine: Omit<ProductRequest, 'provider'> = {
  product: 'jira',
  path: '/rest/api/3/mypermissions?permissions=ADMINISTER',
};
const current: Omit<ProductRequest, 'provider'> = {
  product: 'confluence',
  path: '/wiki/rest/api/user/current?expand=operations',
};

describe('Who administers a product', () => {
  const people: readonly (readonly [string | undefined, boolean | 401, boolean | 401 | 403])[] = [
    ['jira@example.com', true, 403],
    ['both@example.com', true, true],
    ['org@example.com', false, false],
    ['plain@example.com', false, false],
    ['none@example.com', false, 403],
    ['off@example.com', false, 403],
    ['shut@example.com', 401, 401],
    ['unknown@example.com', 401, 401],
    [undefined, false, false],
  ];
  it.each(people)('%s: Jira %s, Confluence %s', async (email, jira, confluence) => {
    const organization = company();
    const [status, granted] = await ask(organization, email, check({ globalPermissions: ['ADMINISTER'] }));
    expect(status === 200 ? granted : status).toEqual(
      jira === 401 ? 401 : { globalPermissions: jira ? ['ADMINISTER'] : [], projectPermissions: [] },
    );
    const [mineStatus, permissions] = await ask(organization, email, mine);
    if (jira === 401) expect(mineStatus).toBe(401);
    else expect(permissions).toMatchObject({ permissions: { ADMINISTER: { havePermission: jira } } });
    const [currentStatus, user] = await ask(organization, email, current);
    if (typeof confluence === 'number') expect(currentStatus).toBe(confluence);
    else
      expect(user).toMatchObject({
        operations: [
          { operation: 'use', targetType: 'application' },
          ...(confluence ? [{ operation: 'administer', targetType: 'application' }] : []),
        ],
      });
  });

  it('operations are told only when they are asked for', async () => {
    const [, user] = await ask(company(), 'both@example.com', {
      product: 'confluence',
      path: '/wiki/rest/api/user/current',
    });
    expect(user).not.toHaveProperty('operations');
  });

  it('about somebody else only a Jira administrator may ask', async () => {
    const organization = company();
    const about = check({ accountId: organization.account('both@example.com')?.id, globalPermissions: ['ADMINISTER'] });
    expect((await ask(organization, 'plain@example.com', about))[0]).toBe(403);
    expect((await ask(organization, undefined, about))[0]).toBe(403);
    expect((await ask(organization, 'jira@example.com', about))[1]).toEqual({
      globalPermissions: ['ADMINISTER'],
      projectPermissions: [],
    });
  });
});

describe('What the products refuse a Forge app', () => {
  const refusals: readonly (readonly [string, Omit<ProductRequest, 'provider'>, number])[] = [
    ['an unknown permission', check({ globalPermissions: ['RULE'] }), 400],
    ['a misspelt property', check({ permissions: ['ADMINISTER'] }), 400],
    ['no permission at all', { product: 'jira', path: '/rest/api/3/mypermissions' }, 400],
    ['creating a user', { product: 'jira', path: '/rest/api/3/user', init: { method: 'POST', body: '{}' } }, 403],
    [
      'writing a group in Jira',
      { product: 'jira', path: '/rest/api/3/group', init: { method: 'POST', body: '{"name":"a"}' } },
      403,
    ],
    [
      'writing a group in Confluence',
      { product: 'confluence', path: '/wiki/rest/api/group', init: { method: 'POST', body: '{"name":"a"}' } },
      403,
    ],
    ['an address it does not know', { product: 'jira', path: '/rest/api/3/nothing' }, 404],
  ];
  it.each(refusals)('%s', async (_, request, expected) => {
    expect((await ask(company(), undefined, request))[0]).toBe(expected);
  });
});
