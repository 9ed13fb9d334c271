import type { Account } from './state';
import type { Store } from './store';

export interface AccountSnapshot {
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  readonly accountStatus: Account['accountStatus'];
  readonly claimed: boolean;
  readonly platformRoles: readonly string[];
  /** Directory name -> status; no entry: not a member. */
  readonly directories: Readonly<Record<string, 'active' | 'suspended'>>;
  readonly groups: readonly string[];
  readonly signedOut: number;
}

export interface GroupSnapshot {
  readonly directory: string;
  readonly name: string;
  readonly description: string;
  readonly members: readonly string[];
}

/** An organization without ids and times: equal for two histories that end the same. */
export interface OrganizationSnapshot {
  readonly accounts: readonly AccountSnapshot[];
  readonly groups: readonly GroupSnapshot[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is true, whatever reads show; accounts by address, groups by name. */
export function describeState(store: Store): OrganizationSnapshot {
  const directoryNames = new Map(store.state.directories.map((directory) => [directory.id, directory.name]));
  const accounts = store.state.accounts.map((account): AccountSnapshot => ({
    email: account.email,
    name: account.name,
    emailVerified: account.emailVerified,
    accountStatus: account.accountStatus,
    claimed: account.claimed,
    platformRoles: [...account.platformRoles],
    directories: Object.fromEntries(
      Object.entries(account.directories).map(([id, entry]) => [directoryNames.get(id) ?? id, entry.status]),
    ),
    groups: [...store.groupIdsOf(account.id)].flatMap((id) => store.group(id)?.name ?? []).sort(byText),
    signedOut: account.signedOut,
  }));
  const groups = store.state.groups.map((group): GroupSnapshot => ({
    directory: directoryNames.get(group.directoryId) ?? group.directoryId,
    name: group.name,
    description: group.description,
    members: [...store.memberIds(group.id)].flatMap((id) => store.account(id)?.email ?? []).sort(byText),
  }));
  return {
    accounts: accounts.sort((a, b) => byText(a.email, b.email)),
    groups: groups.sort((a, b) => byText(a.directory, b.directory) || byText(a.name, b.name)),
  };
}
