import * as v from 'valibot';
import type { Organization } from './organization';
import type { Account, Workspace } from './state';
import { parseText } from './traffic';

export interface ProductRequest {
  readonly product: 'jira' | 'confluence';
  /** Who asks: the app's own user, or the person in front of the page. */
  readonly provider: 'app' | 'user';
  /** Of the person; absent for the app. */
  readonly accountId?: string;
  /** Path and query, from `/rest/api/3/` or `/wiki/`. */
  readonly path: string;
  readonly init?: { readonly method?: string; readonly body?: string };
}

/** What Jira and Confluence answer to the app's permission checks, and how they refuse what is closed to Forge apps. */
export async function answerProduct(organization: Organization, request: ProductRequest): Promise<Response> {
  const url = new URL(request.path, 'https://example.atlassian.net');
  const method = request.init?.method?.toUpperCase() ?? 'GET';
  const person = request.accountId === undefined ? undefined : organization.store.account(request.accountId);
  if (request.provider === 'user' && !isSignedIn(person)) return jiraError(401, 'Client must be authenticated');
  switch (`${request.product} ${method} ${url.pathname}`) {
    case 'jira POST /rest/api/3/permissions/check':
      return checkPermissions(organization, request, person);
    case 'jira GET /rest/api/3/mypermissions':
      return readMyPermissions(organization, url, person);
    case 'confluence GET /wiki/rest/api/user/current':
      return readCurrentUser(organization, url, request, person);
    case 'jira POST /rest/api/3/user':
      return jiraError(403, 'This API does not support Forge apps.');
    default:
      return method !== 'GET' && url.pathname.includes('/group')
        ? jiraError(403, 'AuthorizationException: user does not have the relevant permissions')
        : jiraError(404, 'Not found');
  }
}

function jiraError(status: number, message: string): Response {
  return Response.json({ errorMessages: [message], errors: {} }, { status });
}

function isSignedIn(account: Account | undefined): account is Account {
  return account?.accountStatus === 'active' && account.invitation === 'accepted';
}

function workspacesOf(organization: Organization, product: 'jira' | 'confluence'): readonly Workspace[] {
  return organization.store.state.workspaces.filter((workspace) => workspace.product === product);
}

/** Roles on a product that take effect: nobody suspended has any. */
function effectiveRoles(organization: Organization, account: Account, product: 'jira' | 'confluence'): Set<string> {
  const { store } = organization;
  const roles = workspacesOf(organization, product)
    .filter((workspace) => account.directories[workspace.directoryId]?.status === 'active')
    .flatMap((workspace) => [
      ...account.directRoles.filter((role) => role.resource === workspace.ari).map((role) => role.role),
      ...[...store.groupIdsOf(account.id)]
        .flatMap((id) => store.group(id)?.roles ?? [])
        .filter((role) => role.resource === workspace.ari)
        .flatMap((role) => role.roles),
    ]);
  return new Set(roles);
}

function isMemberAnywhere(account: Account): boolean {
  return Object.values(account.directories).some((entry) => entry.status === 'active');
}

/** An organization administrator is no product administrator by that alone. */
function isProductAdmin(
  organization: Organization,
  account: Account | undefined,
  product: 'jira' | 'confluence',
): boolean {
  if (!account || !isSignedIn(account) || !isMemberAnywhere(account)) return false;
  return (
    account.productAdmin.includes(product) || effectiveRoles(organization, account, product).has('atlassian/admin')
  );
}

const permissions = [
  'ADMINISTER',
  'SYSTEM_ADMIN',
  'USER_PICKER',
  'BULK_CHANGE',
  'CREATE_SHARED_OBJECTS',
  'MANAGE_GROUP_FILTER_SUBSCRIPTIONS',
];

function hasPermission(organization: Organization, account: Account | undefined, permission: string): boolean {
  // No customer is a system administrator in the cloud.
  if (permission === 'SYSTEM_ADMIN') return false;
  if (isProductAdmin(organization, account, 'jira')) return true;
  return (
    permission === 'USER_PICKER' && account !== undefined && effectiveRoles(organization, account, 'jira').size > 0
  );
}

const checkBody = v.strictObject({
  accountId: v.optional(v.string()),
  globalPermissions: v.optional(v.array(v.nullable(v.string()))),
  projectPermissions: v.optional(v.array(v.unknown())),
});

function checkPermissions(organization: Organization, request: ProductRequest, person: Account | undefined): Response {
  const body = v.safeParse(checkBody, parseText(request.init?.body ?? ''));
  if (!body.success) return jiraError(400, 'Invalid request payload.');
  const asked = (body.output.globalPermissions ?? []).flatMap((each) => each ?? []);
  const unknown = asked.filter((each) => !permissions.includes(each));
  if (unknown.length > 0) {
    const errors = Object.fromEntries(unknown.map((each) => [each, 'Unrecognized permission']));
    return Response.json({ errorMessages: [], errors }, { status: 400 });
  }
  const { accountId } = body.output;
  if (accountId !== undefined && accountId !== person?.id && !isProductAdmin(organization, person, 'jira'))
    return jiraError(403, 'Only Jira administrators can perform this operation.');
  const target = accountId === undefined ? person : organization.store.account(accountId);
  if (accountId !== undefined && !target) return jiraError(400, 'The account ID is not valid.');
  const granted = asked.filter((each) => hasPermission(organization, target, each));
  return Response.json({ globalPermissions: [...new Set(granted)], projectPermissions: [] });
}

function readMyPermissions(organization: Organization, url: URL, person: Account | undefined): Response {
  const asked = (url.searchParams.get('permissions') ?? '').split(',').filter((each) => each !== '');
  if (asked.length === 0) return jiraError(400, "The 'permissions' query parameter is required.");
  if (asked.some((each) => !permissions.includes(each))) return jiraError(400, 'Unrecognized permission');
  const rows = asked.map((key): [string, unknown] => [
    key,
    {
      id: '0',
      key,
      name: key,
      type: 'GLOBAL',
      description: key,
      havePermission: hasPermission(organization, person, key),
    },
  ]);
  return Response.json({ permissions: Object.fromEntries(rows) });
}

function readCurrentUser(
  organization: Organization,
  url: URL,
  request: ProductRequest,
  person: Account | undefined,
): Response {
  const admin = isProductAdmin(organization, person, 'confluence');
  const mayUse =
    request.provider === 'app' ||
    admin ||
    (person !== undefined && effectiveRoles(organization, person, 'confluence').size > 0);
  if (!mayUse) return Response.json({ statusCode: 403, message: 'Not permitted to use Confluence' }, { status: 403 });
  const operations = [
    { operation: 'use', targetType: 'application' },
    ...(admin ? [{ operation: 'administer', targetType: 'application' }] : []),
  ];
  const expanded = (url.searchParams.get('expand') ?? '').split(',').includes('operations');
  return Response.json({
    type: 'known',
    accountId: person?.id ?? 'app-user',
    accountType: person ? 'atlassian' : 'app',
    displayName: person?.name ?? 'User & Group Sync',
    ...(expanded ? { operations } : { _expandable: { operations: '' } }),
  });
}
