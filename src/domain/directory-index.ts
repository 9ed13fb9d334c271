import { normalizeEmail, type AccountId, type GroupId } from './identity';
import type { DirectoryAccount, DirectoryGroup, DirectorySnapshot } from './snapshot';

/** A directory snapshot, ready to be asked by id, address and name. Names and addresses are compared in lower case. */
export interface DirectoryIndex {
  readonly account: ReadonlyMap<AccountId, DirectoryAccount>;
  readonly accountsByEmail: ReadonlyMap<string, readonly DirectoryAccount[]>;
  readonly group: ReadonlyMap<GroupId, DirectoryGroup>;
  readonly groupsByName: ReadonlyMap<string, readonly DirectoryGroup[]>;
}

export function indexDirectory(directory: DirectorySnapshot): DirectoryIndex {
  return {
    account: new Map(directory.accounts.map((account) => [account.id, account])),
    accountsByEmail: indexByEmail(directory.accounts),
    group: new Map(directory.groups.map((group) => [group.id, group])),
    groupsByName: collect(directory.groups, (group) => normalizeGroupName(group.name)),
  };
}

export function indexByEmail(accounts: readonly DirectoryAccount[]): ReadonlyMap<string, readonly DirectoryAccount[]> {
  return collect(accounts, (account) => normalizeEmail(account.email));
}

/** Atlassian finds groups without regard to case (facts/atlassian.md 4.6). */
export function normalizeGroupName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Items by key, in order; items without a key are left out. */
export function collect<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): ReadonlyMap<Key, readonly Item[]> {
  const collected = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const before = collected.get(key);
    if (before === undefined) collected.set(key, [item]);
    else before.push(item);
  }
  return collected;
}
