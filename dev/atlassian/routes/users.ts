import * as v from 'valibot';
import { cutOrdered, cutPage } from '../page';
import { Refusal } from '../refusal';
import { keyDirectories, param, parseBody, parseQuery, readDirectories, type Call, type Route } from '../route';
import { pageLinks, resolveCursor } from '../search';
import { computePopulation, countLists, countQuery, searchBody, userMatcher } from '../user-filter';
import { describeUser, membershipStatus, platformRolesOf, resourceCount } from '../user-wire';

const base = '/admin/v2/orgs/:orgId/directories/:directoryId/users';

function statusDirectories(call: Call): readonly string[] {
  const narrow = call.store.doubts.membershipStatus === 'of the directory';
  return (narrow ? readDirectories(call) : keyDirectories(call)).map((each) => each.id);
}

function searchUsers(call: Call): Response {
  const { store } = call;
  const path = readDirectories(call);
  const body = parseBody(call, searchBody);
  if (body.emails && body.searchTerm !== undefined)
    throw new Refusal(400, 'ADMIN-400-24', 'emails and searchTerm are mutually exclusive');
  const route = `users ${param(call, 'directoryId')}`;
  const { filters, after } = resolveCursor(call, route, body, (carried) => v.parse(searchBody, carried));
  const wide = store.doubts.searchPopulation === 'organization';
  const population = computePopulation(filters.directoryIds, path, keyDirectories(call), wide);
  const options = {
    covered: path.map((each) => each.id),
    statusOf: statusDirectories(call),
    expand: filters.expand ?? [],
  };
  const matches = userMatcher(store, filters, population, options);
  const limit = filters.limit ?? 50;
  const direction = filters.sortBy?.[0]?.direction;
  const sorted = () => {
    const sign = direction === 'desc' ? -1 : 1;
    return store.state.accounts.filter(matches).sort((a, b) => sign * a.nickname.localeCompare(b.nickname, 'en'));
  };
  const { page, next } = direction
    ? cutPage(sorted(), after, limit)
    : cutOrdered(store.state.accounts, after, limit, matches);
  const data = page.map((account) => describeUser(store, account, options));
  if (body.cursor === undefined) store.lag.usersRead();
  return Response.json({ data, links: pageLinks(call, route, filters, next) });
}

/** Without `directoryIds` every directory and all managed accounts count, whatever the path says [API document]. */
function countUsers(call: Call): Response {
  const path = readDirectories(call);
  const filters = parseQuery(call, countQuery, countLists);
  const population = computePopulation(filters.directoryIds, path, keyDirectories(call), true);
  const options = { covered: path.map((each) => each.id), statusOf: statusDirectories(call) };
  const count = call.store.state.accounts.filter(userMatcher(call.store, filters, population, options)).length;
  return Response.json({ count });
}

function readUser(call: Call): Response {
  const { store } = call;
  const path = readDirectories(call);
  const covered = path.map((each) => each.id);
  const account = store.account(param(call, 'userId'));
  const wide = store.doubts.searchPopulation === 'organization';
  const population = computePopulation(undefined, path, keyDirectories(call), wide);
  const options = { covered, statusOf: statusDirectories(call) };
  if (!account || !userMatcher(store, {}, population, options)(account))
    throw new Refusal(404, 'ADMIN-404-8', 'User not found');
  const data = {
    ...describeUser(store, account, { ...options, expand: ['platformRoles'] }),
    counts: { resources: resourceCount(store, account) },
    ...(account.deactivatedOn === null ? {} : { deactivatedOn: account.deactivatedOn }),
  };
  store.lag.usersRead();
  return Response.json({ data });
}

const assignmentLists = ['directoryIds', 'resourceOwners', 'resourceIds', 'roleIds'];

const assignmentQuery = v.strictObject({
  cursor: v.optional(v.string()),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  ...Object.fromEntries(
    assignmentLists.map((name) => [
      name,
      v.optional(v.pipe(v.array(v.string()), v.maxLength(name === 'resourceIds' ? 20 : 10))),
    ]),
  ),
});

/** One row for each resource the account has a role on, and for each directory it is in without any. */
function readUserRoles(call: Call): Response {
  const { store } = call;
  parseQuery(call, assignmentQuery, assignmentLists);
  const covered = readDirectories(call).map((each) => each.id);
  const account = store.account(param(call, 'accountId'));
  if (!account || !covered.some((id) => store.seenEntry(account, id)))
    throw new Refusal(404, 'ADMIN-404-8', 'User not found');
  const assignments = (resource: string): readonly unknown[] => {
    const direct = account.directRoles.filter((role) => role.resource === resource).map((role) => role.role);
    const granted = store
      .seenGroupIdsOf(account)
      .flatMap((id) => store.group(id)?.roles.filter((role) => role.resource === resource) ?? [])
      .flatMap((role) => role.roles);
    return [...new Set([...direct, ...granted])].map((role) => ({
      role,
      roleAssignmentMethods: [
        ...(direct.includes(role) ? ['direct'] : []),
        ...(granted.includes(role) ? ['group_direct'] : []),
      ],
    }));
  };
  const rows = store.state.workspaces
    .filter((workspace) => covered.includes(workspace.directoryId))
    .map((workspace) => ({
      directoryId: workspace.directoryId,
      userDirectoryStatus: membershipStatus(store, account, [workspace.directoryId]),
      resourceId: workspace.ari,
      resourceOwner: workspace.owner,
      roleAssignments: assignments(workspace.ari),
    }))
    .filter((row) => row.roleAssignments.length > 0 || row.userDirectoryStatus !== 'no_membership');
  const platform = platformRolesOf(store, account);
  const platformRow = {
    directoryId: null,
    userDirectoryStatus: null,
    resourceId: `ari:cloud:platform::org/${store.state.id}`,
    resourceOwner: 'platform',
    roleAssignments: platform.map((role) => ({ role, roleAssignmentMethods: ['direct'] })),
  };
  store.lag.usersRead();
  return Response.json({ data: platform.length > 0 ? [...rows, platformRow] : rows, links: {} });
}

export const userRoutes: readonly Route[] = [
  { method: 'POST', path: `${base}/search`, family: 'v2-read', scope: 'search', handle: searchUsers },
  { method: 'GET', path: `${base}/count`, family: 'v2-read', scope: 'search', handle: countUsers },
  { method: 'GET', path: `${base}/:userId`, family: 'v2-read', scope: 'search', handle: readUser },
  {
    method: 'GET',
    path: `${base}/:accountId/role-assignments`,
    family: 'v2-read',
    scope: 'read:directories:admin',
    handle: readUserRoles,
  },
];
