import type { DirectoryCounts } from '../../domain/completeness';
import { DirectoryError } from '../../domain/errors';
import type { AccountId, GroupId } from '../../domain/identity';
import { toAccount } from './account';
import type { UserAnswer } from './answers';
import { countSchema, directoryPageSchema, groupPageSchema, groupRolePageSchema, userPageSchema } from './answers';
import { parseAnswer } from './connection';
import { administrativeRoles, computeGrants, noGrants, stripGroupId } from './group';
import type { Grants } from './group';
import { readAllPages, readPage } from './page';
import { runAll } from './parallel';
import type { ReadingState } from './reading-state';
import type { DirectoryScope } from './scope';
import { organizationPath } from './scope';
import { isHere, readDirectoryStatus, searchSize } from './search';

/** What one step did to the reading. */
export type StepResult = 'more' | 'next-phase' | 'lost';

/** Calls that one step makes at most where it asks one by one. */
const batchSize = 20;

// No page size of this API is below 20 (facts 4.6): a shorter list of groups is not cut.
const shortestCut = 20;

/** The counts of this directory alone: without `directoryIds` managed accounts of no directory count too (facts 4.3). */
export async function readCounts(scope: DirectoryScope): Promise<DirectoryCounts> {
  const query = { directoryIds: [scope.ref.directoryId] };
  const read = async (kind: string): Promise<number> => {
    const path = `${scope.path}/${kind}/count`;
    return (await scope.connection.read({ method: 'GET', path, query, repeatable: true }, countSchema)).count;
  };
  const [accounts, groups] = await runAll(['users', 'groups'], read);
  return { accounts: accounts ?? 0, groups: groups ?? 0 };
}

export async function readOtherDirectories(scope: DirectoryScope): Promise<readonly string[]> {
  const path = `${organizationPath(scope.ref.orgId)}/directories`;
  const directories = await readAllPages(scope.connection, path, { limit: '100' }, directoryPageSchema);
  const ids = directories.map(({ directoryId }) => directoryId);
  if (!ids.includes(scope.ref.directoryId)) {
    throw new DirectoryError(
      'organization-not-found',
      'Atlassian does not know the directory with this key. Choose it again in the directory settings.',
      'stop',
    );
  }
  return ids.filter((id) => id !== scope.ref.directoryId);
}

/** One page of the directory's accounts, with groups and platform roles. */
export async function readAccounts(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const filters = {
    directoryIds: [scope.ref.directoryId],
    expand: ['groups', 'platformRoles'],
    limit: searchSize,
  };
  const page = await readPage(scope.connection, `${scope.path}/users/search`, filters, state.position, userPageSchema);
  if (page.kind === 'lost') return 'lost';
  if (state.position !== undefined && page.next?.alone === true) checkExpanded(page.data);
  // Somebody of no directory at all is no member of this one, whatever the filter let through.
  const members = page.data.filter(({ membershipStatus }) => membershipStatus !== 'no_membership');
  state.accounts.push(...members.map(toAccount));
  state.position = page.next;
  return page.next === undefined ? 'next-phase' : 'more';
}

/** A cursor that goes alone might have lost what to expand: then protected accounts would look unprotected. */
function checkExpanded(users: readonly UserAnswer[]): void {
  if (users.length === 0 || users.some((user) => user.groups !== undefined || user.platformRoles !== undefined)) return;
  throw new DirectoryError(
    'unreadable-answer',
    'Atlassian left out groups and roles on a further page; update the app, or report this to its makers.',
    'stop',
  );
}

/** One page of the directory's groups; after the last one, notes whose roles have to be asked for. */
export async function readGroups(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const filters = {
    directoryIds: [scope.ref.directoryId],
    expand: ['counts.users', 'counts.resources'],
    limit: searchSize,
  };
  const page = await readPage(
    scope.connection,
    `${scope.path}/groups/search`,
    filters,
    state.position,
    groupPageSchema,
  );
  if (page.kind === 'lost') return 'lost';
  state.groups.push(...page.data.filter((group) => isHere(scope, group)));
  state.position = page.next;
  if (page.next !== undefined) return 'more';
  const withRoles = state.groups.filter((group) => (group.counts?.resources ?? 1) > 0);
  state.pendingGroups = [...new Set(withRoles.map(({ id }) => stripGroupId(id)))];
  return 'next-phase';
}

/** Groups with an administrative role, by one search: a count of resources might leave out roles on the organization. */
export async function readAdministration(scope: DirectoryScope, state: ReadingState): Promise<StepResult> {
  const filters = { directoryIds: [scope.ref.directoryId], roleIds: administrativeRoles, limit: searchSize };
  const page = await readPage(
    scope.connection,
    `${scope.path}/groups/search`,
    filters,
    state.position,
    groupPageSchema,
  );
  if (page.kind === 'lost') return 'lost';
  state.administration.push(...page.data.map(({ id }) => stripGroupId(id)));
  state.position = page.next;
  return page.next === undefined ? 'next-phase' : 'more';
}

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
