import type { AccountId, GroupId } from '../../domain/identity';
import { normalizeEmail } from '../../domain/identity';
import type { AccountStatus, DirectoryAccount } from '../../domain/snapshot';
import { toAccount } from './account';
import { stripGroupId } from './group';
import type { GroupAnswer, UserAnswer } from './answers';
import { groupPageSchema, singleGroupSchema, userPageSchema, userRolePageSchema } from './answers';
import { parseAnswer } from './connection';
import type { DirectoryScope } from './scope';
import { organizationPath } from './scope';

/** Most addresses or names that one search takes. */
export const searchSize = 100;

export function cut<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const parts: Item[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

async function searchUsers(scope: DirectoryScope, path: string, body: unknown): Promise<readonly UserAnswer[]> {
  const page = await scope.connection.read(
    { method: 'POST', path: `${path}/users/search`, body, repeatable: true },
    userPageSchema,
  );
  return page.data;
}

/**
 * Accounts of the whole organization by address, 100 addresses a call. Groups are left empty: they would be those of every directory.
 * `-` covers all directories that the key may manage, and managed accounts that are in none.
 */
export async function lookUpAccounts(
  scope: DirectoryScope,
  emails: readonly string[],
): Promise<readonly DirectoryAccount[]> {
  const everywhere = `${organizationPath(scope.ref.orgId)}/directories/-`;
  const found = new Map<AccountId, DirectoryAccount>();
  for (const part of cut(distinctEmails(emails), searchSize)) {
    const users = await searchUsers(scope, everywhere, { emails: part, limit: searchSize, expand: ['platformRoles'] });
    for (const user of users) found.set(toAccount(user).id, toAccount(user));
  }
  return [...found.values()];
}

/** Accounts of this directory alone, by address, with their groups and roles. */
export async function findMembersByEmail(
  scope: DirectoryScope,
  emails: readonly string[],
): Promise<ReadonlyMap<string, DirectoryAccount>> {
  const found = new Map<string, DirectoryAccount>();
  for (const part of cut(distinctEmails(emails), searchSize)) {
    const users = await searchUsers(scope, scope.path, {
      emails: part,
      directoryIds: [scope.ref.directoryId],
      limit: searchSize,
      expand: ['groups', 'platformRoles'],
    });
    for (const account of users.map(toAccount)) if (account.email !== undefined) found.set(account.email, account);
  }
  return found;
}

/** One account of this directory with its groups and roles; `undefined` when the directory does not show it. */
export async function readAccount(scope: DirectoryScope, account: AccountId): Promise<DirectoryAccount | undefined> {
  const users = await searchUsers(scope, scope.path, {
    accountIds: [account],
    directoryIds: [scope.ref.directoryId],
    limit: searchSize,
    expand: ['groups', 'platformRoles'],
  });
  return users.map(toAccount).find(({ id }) => id === account);
}

/**
 * The state of an account in this directory alone, which a search may not tell: there an account that is suspended
 * here and active elsewhere counts as active (facts 4.4). `undefined` when nothing ties the account to the directory.
 */
export async function readDirectoryStatus(
  scope: DirectoryScope,
  account: AccountId,
): Promise<Extract<AccountStatus, 'active' | 'suspended'> | undefined> {
  const answer = await scope.connection.send({
    method: 'GET',
    path: `${scope.path}/users/${encodeURIComponent(account)}/role-assignments`,
    query: { directoryIds: [scope.ref.directoryId], limit: '100' },
    repeatable: true,
  });
  if (answer.status !== 200) return undefined;
  const states = parseAnswer(answer.text, userRolePageSchema)
    .data.filter(({ directoryId }) => directoryId === scope.ref.directoryId)
    .map(({ userDirectoryStatus }) => userDirectoryStatus);
  if (states.includes('suspended')) return 'suspended';
  return states.includes('active') ? 'active' : undefined;
}

/** Groups of this directory by exact name, any case: lower-case name -> group. */
export async function findGroupsByName(
  scope: DirectoryScope,
  names: readonly string[],
): Promise<ReadonlyMap<string, GroupAnswer>> {
  const found = new Map<string, GroupAnswer>();
  const distinct = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
  for (const part of cut(distinct, searchSize)) {
    const page = await scope.connection.read(
      {
        method: 'POST',
        path: `${scope.path}/groups/search`,
        body: { groupNames: part, directoryIds: [scope.ref.directoryId], limit: searchSize },
        repeatable: true,
      },
      groupPageSchema,
    );
    for (const group of page.data.filter((each) => isHere(scope, each))) found.set(group.name.toLowerCase(), group);
  }
  return found;
}

/** Those of the groups that reads show by now. */
export async function readVisibleGroups(
  scope: DirectoryScope,
  groups: readonly GroupId[],
): Promise<ReadonlySet<GroupId>> {
  const visible = new Set<GroupId>();
  for (const part of cut(groups, 10)) {
    const page = await scope.connection.read(
      {
        method: 'POST',
        path: `${scope.path}/groups/search`,
        body: { groupIds: part, directoryIds: [scope.ref.directoryId], limit: searchSize },
        repeatable: true,
      },
      groupPageSchema,
    );
    for (const group of page.data) visible.add(stripGroupId(group.id));
  }
  return visible;
}

/** One group of this directory, or `undefined` when there is none with this id. */
export async function readGroup(scope: DirectoryScope, group: GroupId): Promise<GroupAnswer | undefined> {
  const answer = await scope.connection.send({
    method: 'GET',
    path: `${scope.path}/groups/${encodeURIComponent(group)}`,
    repeatable: true,
  });
  return answer.status === 200 ? parseAnswer(answer.text, singleGroupSchema).data : undefined;
}

/** Whether a group is of this directory; a group without a directory id was found below its path. */
export function isHere(scope: Pick<DirectoryScope, 'ref'>, group: GroupAnswer): boolean {
  return (group.directoryId ?? scope.ref.directoryId) === scope.ref.directoryId;
}

function distinctEmails(emails: readonly string[]): readonly string[] {
  return [...new Set(emails.flatMap((email) => normalizeEmail(email) ?? []))];
}
