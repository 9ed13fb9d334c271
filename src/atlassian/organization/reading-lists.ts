import type { DirectoryCounts } from '../../domain/completeness';
import { DirectoryError } from '../../domain/errors';
import { toAccount } from './account';
import type { UserAnswer } from './answers';
import { countSchema, directoryPageSchema, groupPageSchema, userPageSchema } from './answers';
import { administrativeRoles, stripGroupId } from './group';
import { readAllPages, readPage } from './page';
import { runAll } from './parallel';
import type { ReadingState, StepResult } from './reading-state';
import type { DirectoryScope } from './scope';
import { organizationPath } from './scope';
import { isHere, searchSize } from './search';

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
