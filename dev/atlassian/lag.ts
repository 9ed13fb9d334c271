import type { Delay } from './doubts';
import type { DirectoryEntry, Profile } from './state';

interface Pending<Value> {
  readonly before: Value;
  readsLeft: number;
  readonly dueAt: number;
}

/** What reads still show after a write: the value before it, until the delay of its kind has passed. */
export interface Lag {
  entryBefore(accountId: string, directoryId: string): { readonly value: DirectoryEntry | undefined } | undefined;
  /** Group id -> whether the account still counts as a member. */
  membersBefore(accountId: string): ReadonlyMap<string, boolean>;
  profileBefore(accountId: string): Profile | undefined;
  isGroupHidden(groupId: string): boolean;
  isAccountHidden(accountId: string): boolean;
  delayEntry(accountId: string, directoryId: string, before: DirectoryEntry | undefined, delay: Delay): void;
  delayMember(accountId: string, groupId: string, before: boolean, delay: Delay): void;
  delayProfile(accountId: string, before: Profile, delay: Delay): void;
  delayGroup(groupId: string, delay: Delay): void;
  /** A new account, unknown to the organization before. */
  delayAccount(accountId: string, delay: Delay): void;
  /** One whole read of users was answered. */
  usersRead(): void;
  /** One whole read of groups was answered. */
  groupsRead(): void;
  /** Shows everything, as if enough time had passed. */
  settle(): void;
}

/** `clock` gives milliseconds; it matters for delays in milliseconds only. */
export function createLag(clock: () => number): Lag {
  const entries = new Map<string, Pending<DirectoryEntry | undefined>>();
  const members = new Map<string, Map<string, Pending<boolean>>>();
  const profiles = new Map<string, Pending<Profile>>();
  const groups = new Map<string, Pending<undefined>>();
  const accounts = new Map<string, Pending<undefined>>();

  const isHidden = (pending: Pending<unknown> | undefined): boolean => pending !== undefined && isWaiting(pending);
  const isWaiting = (pending: Pending<unknown>): boolean => pending.readsLeft > 0 || clock() < pending.dueAt;

  function put<Value>(map: Map<string, Pending<Value>>, key: string, before: Value, delay: Delay): void {
    const current = map.get(key);
    const first = current && isWaiting(current) ? current.before : before;
    const readsLeft = 'reads' in delay ? delay.reads : 0;
    const dueAt = 'milliseconds' in delay ? clock() + delay.milliseconds : 0;
    if (readsLeft > 0 || dueAt > 0) map.set(key, { before: first, readsLeft, dueAt });
    else map.delete(key);
  }

  function tick(map: Map<string, Pending<unknown>>): void {
    for (const [key, pending] of map) {
      pending.readsLeft -= 1;
      if (!isWaiting(pending)) map.delete(key);
    }
  }

  return {
    entryBefore(accountId, directoryId) {
      const pending = entries.get(`${accountId} ${directoryId}`);
      return pending && isWaiting(pending) ? { value: pending.before } : undefined;
    },
    membersBefore(accountId) {
      const waiting = [...(members.get(accountId) ?? [])].filter(([, pending]) => isWaiting(pending));
      return new Map(waiting.map(([groupId, pending]) => [groupId, pending.before]));
    },
    profileBefore(accountId) {
      const pending = profiles.get(accountId);
      return pending && isWaiting(pending) ? pending.before : undefined;
    },
    isGroupHidden: (groupId) => isHidden(groups.get(groupId)),
    isAccountHidden: (accountId) => isHidden(accounts.get(accountId)),
    delayEntry: (accountId, directoryId, before, delay) =>
      put(entries, `${accountId} ${directoryId}`, before && { ...before }, delay),
    delayMember(accountId, groupId, before, delay) {
      const own = members.get(accountId) ?? new Map<string, Pending<boolean>>();
      members.set(accountId, own);
      put(own, groupId, before, delay);
    },
    delayProfile: (accountId, before, delay) => put(profiles, accountId, before, delay),
    delayGroup: (groupId, delay) => put(groups, groupId, undefined, delay),
    delayAccount: (accountId, delay) => put(accounts, accountId, undefined, delay),
    usersRead() {
      tick(entries);
      tick(accounts);
      tick(profiles);
      for (const [accountId, own] of members) {
        tick(own);
        if (own.size === 0) members.delete(accountId);
      }
    },
    groupsRead: () => tick(groups),
    settle() {
      entries.clear();
      members.clear();
      groups.clear();
      accounts.clear();
      profiles.clear();
    },
  };
}
