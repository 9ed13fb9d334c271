import * as v from 'valibot';
import { createAccount } from '../create';
import { checkModifiable } from '../group-wire';
import { hasRoom, limitedWorkspaces } from '../licence';
import { Refusal } from '../refusal';
import { checkOrganization, keyDirectories, parseBody, type Call, type Route } from '../route';
import type { Account, Group, GroupRole, Workspace } from '../state';
import type { Store } from '../store';

const roles = [
  'atlassian/user',
  'atlassian/admin',
  'atlassian/guest',
  'atlassian/contributor',
  'atlassian/customer',
  'atlassian/basic',
  'atlassian/stakeholder',
  'atlassian/viewer',
];

const invitation = v.strictObject({
  // The document says `maximum: 25` of the list: 25 items [facts 11].
  emails: v.pipe(v.array(v.pipe(v.string(), v.email())), v.minLength(1), v.maxLength(25)),
  additionalGroups: v.optional(v.array(v.string()), []),
  permissionRules: v.optional(v.array(v.strictObject({ resource: v.string(), role: v.string() })), []),
  sendNotification: v.optional(v.boolean(), false),
  notificationText: v.optional(v.string()),
});

interface Rule {
  readonly workspace: Workspace;
  readonly resource: string;
  readonly role: string;
}

interface Plan {
  readonly groups: readonly Group[];
  readonly rules: readonly Rule[];
  /** Directories that the invited people join. */
  readonly directoryIds: readonly string[];
}

type Result = { readonly id?: string; readonly email: string; readonly results: readonly unknown[] };

function computePlan(call: Call, body: v.InferOutput<typeof invitation>): Plan {
  const { store } = call;
  const { inviteMaximum, inviteWithoutRules } = store.doubts;
  if (
    (inviteMaximum.groups > 0 && body.additionalGroups.length > inviteMaximum.groups) ||
    (inviteMaximum.rules > 0 && body.permissionRules.length > inviteMaximum.rules)
  )
    throw new Refusal(400, 'ADMIN-UAM-400-1', 'Too many groups or rules');
  const own = keyDirectories(call).map((each) => each.id);
  const groups = [...new Set(body.additionalGroups)].map((id) => {
    const group = store.group(id);
    if (!group || store.lag.isGroupHidden(id) || !own.includes(group.directoryId))
      throw new Refusal(404, 'ADMIN-UAM-404-3', 'Group not found');
    return group;
  });
  const rules = body.permissionRules.map(({ resource, role }) => {
    const workspace = store.workspace(resource);
    if (!workspace) throw new Refusal(404, 'ADMIN-UAM-404-1', 'Resource not found');
    if (!roles.includes(role)) throw new Refusal(400, 'ADMIN-UAM-400-3', 'Invalid role for resource');
    return { workspace, resource, role };
  });
  const first = inviteWithoutRules === 'first directory' ? own.slice(0, 1) : [];
  const ruled = [...new Set(rules.map((rule) => rule.workspace.directoryId))];
  return { groups, rules, directoryIds: ruled.length > 0 ? ruled : first };
}

function rolesOf(plan: Plan): readonly GroupRole[] {
  return [
    ...plan.groups.flatMap((group) => group.roles),
    ...plan.rules.map((rule) => ({ resource: rule.workspace.ari, roles: [rule.role], defaultRole: null })),
  ];
}

/** Why nothing can be done for this address at all, whatever the groups and rules. */
function reasonAgainst(store: Store, email: string, account: Account | undefined, plan: Plan): string | undefined {
  const refused = store.refusedInvitations.get(email.toLowerCase());
  if (refused !== undefined) return refused;
  if (account && account.accountStatus !== 'active') return 'Inactive user';
  const suspended = plan.directoryIds.some((id) => account?.directories[id]?.status === 'suspended');
  return suspended ? 'The user is suspended' : undefined;
}

function join(store: Store, email: string, known: Account | undefined, plan: Plan): Account {
  const { acceptance, invitations } = store.doubts;
  const emailVerified = store.doubts.acceptance === 'not needed';
  const account = known ?? createAccount(store, { email, emailVerified, addedAt: store.now() }, []);
  if (!known) store.addAccount(account);
  const isNew = Object.keys(account.directories).length === 0;
  if (isNew && !(known && account.claimed)) store.lag.delayAccount(account.id, invitations);
  if (isNew && acceptance !== 'not needed') account.invitation = acceptance === 'memberships wait' ? 'open' : 'hidden';
  if (isNew && account.claimed) account.managementSource = 'invited';
  for (const id of plan.directoryIds.filter((each) => !account.directories[each])) {
    store.lag.delayEntry(account.id, id, undefined, invitations);
    account.directories[id] = { status: 'active', changedBy: 'api', addedAt: store.now() };
  }
  return account;
}

function groupResult(store: Store, account: Account, group: Group, effective: boolean): unknown {
  const error = (statusReason: string) => ({ group: group.id, status: 'ERROR', statusReason });
  if (!account.directories[group.directoryId]) return error('The user is not in the directory of the group');
  try {
    checkModifiable(group);
  } catch (refusal) {
    if (refusal instanceof Refusal) return error(refusal.title);
    throw refusal;
  }
  if (effective && !store.isMember(group.id, account.id)) {
    store.lag.delayMember(account.id, group.id, false, store.doubts.memberships);
    store.setMember(group.id, account.id, true);
  }
  return { group: group.id, status: 'INVITED', statusReason: null };
}

function roleResult(account: Account, rule: Rule, effective: boolean): unknown {
  const known = account.directRoles.some((each) => each.resource === rule.workspace.ari && each.role === rule.role);
  if (effective && !known) account.directRoles.push({ resource: rule.workspace.ari, role: rule.role });
  // The document's example shows a role ARI here, not the id that was sent.
  const name = rule.role === 'atlassian/user' ? 'member' : rule.role.replace('atlassian/', '');
  const role = `ari:cloud:${rule.workspace.product}::role/product/${name}`;
  return { resource: rule.resource, role, status: 'INVITED', statusReason: null };
}

function inviteOne(store: Store, email: string, plan: Plan): { readonly failed: boolean; readonly result: Result } {
  const known = store.accountByEmail(email);
  const reason = reasonAgainst(store, email, known, plan);
  if (reason !== undefined) {
    const error = { status: 'ERROR', statusReason: reason };
    const result = {
      groupAssignmentResult: plan.groups.map((group) => ({ group: group.id, ...error })),
      roleAssignmentResult: plan.rules.map((rule) => ({ resource: rule.resource, role: rule.role, ...error })),
    };
    return { failed: true, result: { ...(known ? { id: known.id } : {}), email, results: [result] } };
  }
  const wasMember = plan.directoryIds.some((id) => known?.directories[id]);
  const effective = !wasMember || store.doubts.inviteMember === 'adds';
  const account = join(store, email, known, plan);
  const groups = plan.groups.map((group) => groupResult(store, account, group, effective));
  const rules = plan.rules.map((rule) => roleResult(account, rule, effective));
  const failed = JSON.stringify(groups).includes('"ERROR"');
  const results = [{ groupAssignmentResult: groups, roleAssignmentResult: rules }];
  return { failed, result: { id: account.id, email, results } };
}

function invite(call: Call): Response {
  const { store } = call;
  checkOrganization(call, 'ADMIN-UAM-404-2');
  const body = parseBody(call, invitation, 'ADMIN-UAM-400-1');
  if (!store.state.paid) throw new Refusal(402, 'ADMIN-UAM-402-1', 'Payment required');
  const plan = computePlan(call, body);
  const emails = [...new Map(body.emails.map((email) => [email.toLowerCase(), email])).values()];
  const limited = limitedWorkspaces(store, rolesOf(plan));
  const newcomers = emails.filter((email) => {
    const account = store.accountByEmail(email);
    return limited.some((workspace) => !account || !store.usesLicence(account, workspace));
  });
  const overLimit = limited.some((workspace) => newcomers.length > store.freeLicences(workspace));
  const done = emails.flatMap((email) => {
    if (!overLimit) return inviteOne(store, email, plan);
    const fits = store.doubts.inviteAfterLimit === 'some' && hasRoom(store, store.accountByEmail(email), limited);
    return fits ? inviteOne(store, email, plan) : [];
  });
  if (overLimit) throw new Refusal(409, 'ADMIN-UAM-409-3', 'User limit exceeded');
  const failed = done.some((each) => each.failed);
  return Response.json({ data: done.map((each) => each.result) }, { status: failed ? 206 : 200 });
}

export const inviteRoutes: readonly Route[] = [
  { method: 'POST', path: '/admin/v2/orgs/:orgId/users/invite', family: 'invite', handle: invite },
];
