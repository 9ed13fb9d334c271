import { withProfile } from './account-profile';
import { normalizeEmail, type AccountId, type GroupId } from './identity';
import type { RecentWrite } from './memory';
import type { DirectoryAccount, DirectoryGroup, DirectorySnapshot } from './snapshot';

/** How long a write may stay unseen in Atlassian's lists; after that the lists are right. */
export const recentMs = 30 * 60_000;

/**
 * The directory as it will look once it shows our writes of the last 30 minutes (promise 5).
 * Whether removals are allowed stays as it was; writes without an account id change nothing here.
 */
export function overlayRecent(
  directory: DirectorySnapshot,
  recent: readonly RecentWrite[],
  now: number,
): DirectorySnapshot {
  const writes = selectRecent(recent, now);
  if (writes.length === 0) return directory;
  const accounts = new Map(directory.accounts.map((account) => [account.id, account]));
  const groups = new Map(directory.groups.map((group) => [group.id, group]));
  for (const write of writes) {
    if (write.kind === 'group-created') showGroup(groups, write);
    else if (write.accountId !== undefined) showAccount(accounts, write.accountId, write);
  }
  return { ...directory, accounts: [...accounts.values()], groups: [...groups.values()] };
}

/** Addresses of invitations that may have been sent although no answer told the account. */
export function findOpenInvitations(recent: readonly RecentWrite[], now: number): ReadonlySet<string> {
  const emails = new Set<string>();
  for (const { kind, accountId, email } of selectRecent(recent, now)) {
    const address = normalizeEmail(email);
    if (kind === 'invited' && accountId === undefined && address !== undefined) emails.add(address);
  }
  return emails;
}

function selectRecent(recent: readonly RecentWrite[], now: number): readonly RecentWrite[] {
  return recent.filter(({ at }) => now - at < recentMs).sort((one, other) => one.at - other.at);
}

function showGroup(groups: Map<GroupId, DirectoryGroup>, write: RecentWrite): void {
  if (write.groupId === undefined || write.name === undefined || groups.has(write.groupId)) return;
  groups.set(write.groupId, { id: write.groupId, name: write.name, description: '', grantsAccess: [] });
}

function showAccount(accounts: Map<AccountId, DirectoryAccount>, id: AccountId, write: RecentWrite): void {
  const account = accounts.get(id);
  switch (write.kind) {
    case 'invited':
      accounts.set(id, showInvited(account, id, write));
      return;
    case 'removed':
      accounts.delete(id);
      return;
    case 'suspended':
      if (account?.status === 'active') accounts.set(id, { ...account, status: 'suspended' });
      return;
    case 'restored':
      if (account?.status === 'suspended') accounts.set(id, { ...account, status: 'active' });
      return;
    case 'member-added':
      if (account !== undefined) accounts.set(id, withGroup(account, write.groupId));
      return;
    case 'member-removed':
      if (account !== undefined) {
        accounts.set(id, { ...account, groupIds: account.groupIds.filter((group) => group !== write.groupId) });
      }
      return;
    case 'profile-updated':
      if (account !== undefined) accounts.set(id, withProfile(account, write.fields ?? {}));
      return;
    case 'email-updated': {
      const email = normalizeEmail(write.email);
      if (account !== undefined && email !== undefined) accounts.set(id, { ...account, email, emailVerified: true });
      return;
    }
    case 'group-created':
      return;
  }
}

function showInvited(before: DirectoryAccount | undefined, id: AccountId, write: RecentWrite): DirectoryAccount {
  const email = normalizeEmail(write.email);
  const account = before ?? {
    id,
    ...(email === undefined ? {} : { email }),
    emailVerified: false,
    name: write.name ?? email ?? '',
    status: 'active',
    person: true,
    claimed: false,
    synced: false,
    platformRoles: [],
    groupIds: [],
  };
  const status = account.status === 'not-invited' ? 'active' : account.status;
  return withGroup({ ...account, status }, write.groupId);
}

function withGroup(account: DirectoryAccount, group: GroupId | undefined): DirectoryAccount {
  if (group === undefined || account.groupIds.includes(group)) return account;
  return { ...account, groupIds: [...account.groupIds, group] };
}
