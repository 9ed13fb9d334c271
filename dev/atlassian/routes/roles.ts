import * as v from 'valibot';
import { hasRoom, limitedWorkspaces } from '../licence';
import { Refusal } from '../refusal';
import {
  checkOrganization,
  limitOf,
  noContent,
  param,
  parseBody,
  parseQuery,
  readDirectories,
  texts,
  writeDirectory,
  type Call,
  type Route,
} from '../route';
import type { Workspace } from '../state';
import { groupOf } from './groups';

const base = '/admin/v2/orgs/:orgId/directories/:directoryId/groups/:groupId/role-assignments';
const userBase = '/admin/v1/orgs/:orgId/users/:userId/roles';

const groupRoles = [
  'atlassian/user',
  'atlassian/user-access-admin',
  'atlassian/admin',
  'atlassian/guest',
  'atlassian/contributor',
  'atlassian/customer',
  'atlassian/basic',
  'atlassian/stakeholder',
  'atlassian/viewer',
];
const platformRoles = ['atlassian/org-admin', 'atlassian/site-admin'];

const lists = ['directoryIds', 'resourceOwners', 'resourceIds', 'roleIds'];
const assignmentsQuery = v.strictObject({
  cursor: v.optional(v.string()),
  limit: v.optional(limitOf(100)),
  directoryIds: v.optional(texts(10)),
  resourceOwners: v.optional(texts(10)),
  resourceIds: v.optional(texts(20)),
  roleIds: v.optional(texts(10)),
});

function readGroupRoles(call: Call): Response {
  const query = parseQuery(call, assignmentsQuery, lists);
  const group = groupOf(
    call,
    readDirectories(call).map((each) => each.id),
  );
  const data = group.roles
    .map((role) => ({
      resourceId: role.resource,
      resourceOwner: call.store.workspace(role.resource)?.owner ?? 'platform',
      roles: role.roles,
      defaultRole: role.defaultRole,
    }))
    .filter((row) => !query.resourceIds || query.resourceIds.includes(row.resourceId))
    .filter((row) => !query.resourceOwners || query.resourceOwners.includes(row.resourceOwner))
    .filter((row) => !query.roleIds || row.roles.some((role) => query.roleIds?.includes(role)));
  return Response.json({ data, links: {} });
}

function resourceOf(call: Call, resource: string): Workspace {
  const workspace = call.store.workspace(resource);
  if (!workspace) throw new Refusal(404, 'ADMIN-UAM-404-1', 'Resource not found');
  return workspace;
}

const groupRole = v.strictObject({ resourceId: v.string(), roleId: v.picklist(groupRoles) });

function assignToGroup(call: Call): Response {
  const { store } = call;
  const group = groupOf(call, [writeDirectory(call).id]);
  const { resourceId, roleId } = parseBody(call, groupRole, 'ADMIN-UAM-400-3');
  const workspace = resourceOf(call, resourceId);
  const role = { resource: workspace.ari, roles: [roleId], defaultRole: null };
  const limited = limitedWorkspaces(store, [role]);
  const newcomers = [...store.memberIds(group.id)].filter((id) => !hasRoom(store, store.account(id), limited));
  if (newcomers.length > 0) throw new Refusal(409, 'ADMIN-UAM-409-3', 'User limit exceeded');
  const known = group.roles.find((each) => each.resource === workspace.ari);
  if (known) known.roles = [...new Set([...known.roles, roleId])];
  else group.roles.push(role);
  return new Response(null, { status: 200 });
}

function revokeFromGroup(call: Call): Response {
  const group = groupOf(call, [writeDirectory(call).id]);
  const { resourceId, roleId } = parseBody(call, groupRole, 'ADMIN-UAM-400-3');
  const resource = resourceOf(call, resourceId).ari;
  for (const each of group.roles)
    if (each.resource === resource) each.roles = each.roles.filter((role) => role !== roleId);
  group.roles = group.roles.filter((each) => each.roles.length > 0);
  return noContent();
}

const userRole = v.strictObject({
  role: v.picklist([...groupRoles.filter((role) => role !== 'atlassian/viewer'), ...platformRoles]),
  resource: v.optional(v.string()),
});

const changeUserRole =
  (wanted: boolean) =>
  (call: Call): Response => {
    const { store } = call;
    checkOrganization(call, 'ADMIN-UAM-404-2');
    const { role, resource } = parseBody(call, userRole, 'ADMIN-UAM-400-1');
    const account = store.account(param(call, 'userId'));
    if (!account) throw new Refusal(404, 'ADMIN-UAM-404-1', 'User not found');
    if (resource === undefined && role !== 'atlassian/org-admin')
      throw new Refusal(400, 'ADMIN-UAM-400-1', 'A resource is required');
    if (platformRoles.includes(role)) {
      const others = account.platformRoles.filter((each) => each !== role);
      account.platformRoles = wanted ? [...others, role] : others;
      return noContent();
    }
    const { ari } = resourceOf(call, resource ?? '');
    const limited = limitedWorkspaces(store, [{ resource: ari, roles: [role], defaultRole: null }]);
    if (wanted && !hasRoom(store, account, limited)) throw new Refusal(409, 'ADMIN-UAM-409-3', 'User limit exceeded');
    const others = account.directRoles.filter((each) => each.resource !== ari || each.role !== role);
    account.directRoles = wanted ? [...others, { resource: ari, role }] : others;
    return noContent();
  };

export const roleRoutes: readonly Route[] = [
  { method: 'GET', path: base, family: 'v2-read', scope: 'read:groups:admin', handle: readGroupRoles },
  { method: 'POST', path: `${base}/assign`, family: 'v2-write', handle: assignToGroup },
  { method: 'POST', path: `${base}/revoke`, family: 'v2-write', handle: revokeFromGroup },
  { method: 'POST', path: `${userBase}/assign`, family: 'v1', handle: changeUserRole(true) },
  { method: 'POST', path: `${userBase}/revoke`, family: 'v1', handle: changeUserRole(false) },
];
