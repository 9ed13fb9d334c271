import * as v from 'valibot';
import { checkModifiable, grantsAdministration } from '../group-wire';
import { hasRoom, limitedWorkspaces } from '../licence';
import { Refusal } from '../refusal';
import { noContent, param, parseBody, writeDirectory, type Call, type Route } from '../route';
import type { Account, Group } from '../state';
import { groupOf } from './groups';

const base = '/admin/v2/orgs/:orgId/directories/:directoryId/groups/:groupId/memberships';

function checkState(call: Call, account: Account, directoryId: string): void {
  const suspended = account.directories[directoryId]?.status === 'suspended' || account.accountStatus !== 'active';
  if (suspended && call.store.doubts.membershipOfSuspended === 'refused')
    throw new Refusal(400, 'ADMIN-UAM-400-2', 'Inactive user');
}

function accountIn(call: Call, id: string, group: Group): Account {
  const account = call.store.account(id);
  if (!account?.directories[group.directoryId] || account.invitation === 'hidden')
    throw new Refusal(404, 'ADMIN-404-8', 'User not found in the directory of the group');
  return account;
}

function setMember(call: Call, group: Group, account: Account, member: boolean): Response {
  const { store } = call;
  store.lag.delayMember(account.id, group.id, !member, store.doubts.memberships);
  store.setMember(group.id, account.id, member);
  return noContent();
}

function addMember(call: Call): Response {
  const { store } = call;
  const group = groupOf(call, [writeDirectory(call).id]);
  const { accountId } = parseBody(call, v.strictObject({ accountId: v.string() }), 'ADMIN-UAM-400-1');
  checkModifiable(group);
  if (grantsAdministration(group) && store.doubts.addToAdminGroup === 'refused')
    throw new Refusal(403, 'ADMIN-403-7', 'The group grants administration');
  const account = accountIn(call, accountId, group);
  if (store.isMember(group.id, account.id))
    throw new Refusal(409, 'ADMIN-UAM-409-2', 'The user is already a member of the group');
  checkState(call, account, group.directoryId);
  const active = account.directories[group.directoryId]?.status === 'active';
  if (active && !hasRoom(store, account, limitedWorkspaces(store, group.roles)))
    throw new Refusal(409, 'ADMIN-UAM-409-3', 'User limit exceeded');
  return setMember(call, group, account, true);
}

function removeMember(call: Call): Response {
  const group = groupOf(call, [writeDirectory(call).id]);
  checkModifiable(group);
  const account = accountIn(call, param(call, 'accountId'), group);
  if (!call.store.isMember(group.id, account.id))
    throw new Refusal(404, 'ADMIN-404-8', 'The user is not a member of the group');
  checkState(call, account, group.directoryId);
  return setMember(call, group, account, false);
}

export const membershipRoutes: readonly Route[] = [
  { method: 'POST', path: base, family: 'v2-write', handle: addMember },
  { method: 'DELETE', path: `${base}/:accountId`, family: 'v2-write', handle: removeMember },
];
