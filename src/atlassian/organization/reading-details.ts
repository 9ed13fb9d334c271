import type { AccountId, GroupId } from '../../domain/identity';
import { toAccount } from './account';
import { groupPageSchema, groupRolePageSchema, userPageSchema } from './answers';
import { parseAnswer } from './connection';
import type { Grants } from './group';
import { computeGrants, noGrants, stripGroupId } from './group';
import { readAllPages, readPage } from './page';
import { runAll } from './parallel';
import type { ReadingState, StepResult } from './reading-state';
import type { DirectoryScope } from './scope';
import { organizationPath } from './scope';
import { readDirectoryStatus, searchSize } from './search';

/** Calls that one step makes at most where it asks one by one. */
const batchSize = 20;

// No page size of this API is below 20 (facts 4.6): a shorter list of groups is not cut.
const shortestCut = 20;

/** The roles of some groups that have any. */
export async function readRoles(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const batch = state.pendingGroups.slice(0, batchSize);
  const grants = await runAll(batch, (group) => readGrants(scope, group));
  batch.forEach((group, index) => {
    state.grants[group] = grants[index] ?? noGrants;
  });
  state.pendingGroups = state.pendingGroups.slice(batch.length);
  return state.pendingGroups.length === 0 ? 'next-phase' : 'more';
}

async function readGrants(scope: DirectoryScope, group: GroupId): Promise<Grants> {
  const path = `${scope.path}/groups/${encodeURIComponent(group)}/role-assignments`;
  const first = { method: 'GET', path, query: { limit: '100' }, repeatable: true } as const;
  const answer = await scope.connection.send(first);
  // Deleted meanwhile: the counts will tell.
  if (answer.status === 404) return noGrants;
  if (answer.status === 200) {
    const page = parseAnswer(answer.text, groupRolePageSchema);
    if ((page.links?.next ?? '') === '') return computeGrants(page.data);
  }
  return computeGrants(await readAllPages(scope.connection, path, { limit: '100' }, groupRolePageSchema));
}

/**
 * Whether `expand: groups` is cut for people in many groups is not documented (facts 12). A cut shows as many people
 * with the same largest number of groups, while the groups count more members than were seen: these people are asked for.
 */
export function noteCutMemberships(state: ReadingState): void {
  const longest = state.accounts.reduce((most, { groupIds }) => Math.max(most, groupIds.length), 0);
  state.pendingAccounts = [];
  if (longest < shortestCut || !lacksMembers(state)) return;
  state.pendingAccounts = state.accounts.filter(({ groupIds }) => groupIds.length === longest).map(({ id }) => id);
}

function lacksMembers(state: ReadingState): boolean {
  const seen = new Map<GroupId, number>();
  for (const account of state.accounts) for (const id of account.groupIds) seen.set(id, (seen.get(id) ?? 0) + 1);
  return state.groups.some(({ id, counts }) => {
    const told = counts?.users ?? undefined;
    return told === undefined || told > (seen.get(stripGroupId(id)) ?? 0);
  });
}

export async function readCutMemberships(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const batch = state.pendingAccounts.slice(0, batchSize);
  const lists = await runAll(batch, (account) => readGroupsOf(scope, account));
  const groups = new Map(batch.map((account, index) => [account, lists[index] ?? []]));
  state.accounts = state.accounts.map((account) => {
    const more = groups.get(account.id);
    return more === undefined ? account : { ...account, groupIds: [...new Set([...account.groupIds, ...more])] };
  });
  state.pendingAccounts = state.pendingAccounts.slice(batch.length);
  return state.pendingAccounts.length === 0 ? 'next-phase' : 'more';
}

async function readGroupsOf(scope: DirectoryScope, account: AccountId): Promise<readonly GroupId[]> {
  const filters = { directoryIds: [scope.ref.directoryId], accountIds: [account], limit: searchSize };
  const path = `${scope.path}/groups/search`;
  const found: GroupId[] = [];
  let page = await readPage(scope.connection, path, filters, undefined, groupPageSchema);
  while (page.kind === 'page') {
    found.push(...page.data.map(({ id }) => stripGroupId(id)));
    if (page.next === undefined) break;
    page = await readPage(scope.connection, path, filters, page.next, groupPageSchema);
  }
  return found;
}

/**
 * One page of the accounts of other directories: only who is in several of them may be suspended here and look active (facts 4.4).
 * `active` are those who look active here.
 */
export async function readElsewhere(
  scope: DirectoryScope,
  state: ReadingState,
  active: ReadonlySet<AccountId>,
): Promise<StepResult> {
  const path = `${organizationPath(scope.ref.orgId)}/directories/-/users/search`;
  const filters = { directoryIds: state.otherDirectories.slice(0, 10), limit: searchSize };
  const page = await readPage(scope.connection, path, filters, state.position, userPageSchema);
  if (page.kind === 'lost') return 'lost';
  const ids = page.data.map((user) => toAccount(user).id);
  state.pendingAccounts.push(...ids.filter((id) => active.has(id)));
  state.position = page.next;
  if (page.next === undefined) state.otherDirectories = state.otherDirectories.slice(10);
  if (state.otherDirectories.length > 0) return 'more';
  state.pendingAccounts = [...new Set(state.pendingAccounts)];
  return 'next-phase';
}

/** The state in this directory of some people who are in several. */
export async function readStates(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const batch = state.pendingAccounts.slice(0, batchSize);
  const states = await runAll(batch, (account) => readDirectoryStatus(scope, account));
  const suspended = new Set(batch.filter((_account, index) => states[index] === 'suspended'));
  state.accounts = state.accounts.map((account) =>
    suspended.has(account.id) ? { ...account, status: 'suspended' } : account,
  );
  state.pendingAccounts = state.pendingAccounts.slice(batch.length);
  return state.pendingAccounts.length === 0 ? 'next-phase' : 'more';
}
