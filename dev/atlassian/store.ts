import { createLag, type Lag } from './lag';
import type { Account, ApiKey, DirectoryEntry, Group, Profile, State, Workspace } from './state';
import { stableUuid } from './state';
import type { Doubts } from './doubts';

const billableRoles = ['atlassian/user', 'atlassian/admin'];

/** The state with its indexes: what is true, and what reads show of it. Route files hold the rules. */
export interface Store {
  readonly state: State;
  readonly doubts: Doubts;
  readonly lag: Lag;
  /** Addresses (lower case) whose invitations fail, with the reason. */
  readonly refusedInvitations: Map<string, string>;
  /** Current time as ISO 8601. */
  now(): string;
  nextOrdinal(): number;
  nextId(kind: string): string;
  account(id: string): Account | undefined;
  accountByEmail(email: string): Account | undefined;
  addAccount(account: Account): void;
  changeEmail(account: Account, email: string): void;
  group(id: string): Group | undefined;
  groupByName(directoryId: string, name: string): Group | undefined;
  addGroup(group: Group): void;
  renameGroup(group: Group, name: string): void;
  deleteGroup(group: Group): void;
  memberIds(groupId: string): ReadonlySet<string>;
  groupIdsOf(accountId: string): ReadonlySet<string>;
  isMember(groupId: string, accountId: string): boolean;
  setMember(groupId: string, accountId: string, member: boolean): void;
  /** What reads show, lag and unaccepted invitations included. */
  seenEntry(account: Account, directoryId: string): DirectoryEntry | undefined;
  seenGroupIdsOf(account: Account): readonly string[];
  seenProfile(account: Account): Profile;
  /** Lets a change of the profile happen, which reads show after the delay of their kind. */
  changeProfile(account: Account, change: () => void): void;
  workspace(resource: string): Workspace | undefined;
  /** Whether the account uses a licence of the workspace. */
  usesLicence(account: Account, workspace: Workspace): boolean;
  freeLicences(workspace: Workspace): number;
  /** Plain data of everything, for keeping. */
  dump(): State;
}

export function createStore(state: State, doubts: Doubts, clock: () => number): Store {
  const accounts = new Map(state.accounts.map((account) => [account.id, account]));
  const emails = new Map(state.accounts.map((account) => [account.email.toLowerCase(), account]));
  const groups = new Map(state.groups.map((group) => [group.id, group]));
  const names = new Map(state.groups.map((group) => [nameKey(group.directoryId, group.name), group]));
  const members = new Map(state.groups.map((group) => [group.id, new Set(state.members[group.id] ?? [])]));
  const groupsOf = new Map<string, Set<string>>();
  for (const [groupId, ids] of members) for (const id of ids) groupIdsFor(id).add(groupId);
  const lag = createLag(clock);
  const none: ReadonlySet<string> = new Set();

  function nameKey(directoryId: string, name: string): string {
    return `${directoryId} ${name.toLowerCase()}`;
  }

  function groupIdsFor(accountId: string): Set<string> {
    const own = groupsOf.get(accountId) ?? new Set<string>();
    groupsOf.set(accountId, own);
    return own;
  }

  function usesLicence(account: Account, workspace: Workspace): boolean {
    if (account.accountStatus !== 'active') return false;
    if (account.directories[workspace.directoryId]?.status !== 'active') return false;
    const direct = account.directRoles.filter((role) => role.resource === workspace.ari).map((role) => role.role);
    const granted = [...groupIdsFor(account.id)].flatMap(
      (id) => groups.get(id)?.roles.filter((role) => role.resource === workspace.ari) ?? [],
    );
    return [...direct, ...granted.flatMap((role) => role.roles)].some((role) => billableRoles.includes(role));
  }

  return {
    state,
    doubts,
    lag,
    refusedInvitations: new Map(),
    now: () => new Date(clock()).toISOString(),
    nextOrdinal: () => ++state.counter,
    nextId: (kind) => stableUuid(`${state.id} ${kind} ${++state.counter}`),
    account: (id) => accounts.get(id),
    accountByEmail: (email) => emails.get(email.toLowerCase()),
    addAccount(account) {
      state.accounts.push(account);
      accounts.set(account.id, account);
      emails.set(account.email.toLowerCase(), account);
    },
    changeEmail(account, email) {
      emails.delete(account.email.toLowerCase());
      account.email = email;
      emails.set(email.toLowerCase(), account);
    },
    group: (id) => groups.get(id),
    groupByName: (directoryId, name) => names.get(nameKey(directoryId, name)),
    addGroup(group) {
      state.groups.push(group);
      groups.set(group.id, group);
      names.set(nameKey(group.directoryId, group.name), group);
      members.set(group.id, new Set());
    },
    renameGroup(group, name) {
      names.delete(nameKey(group.directoryId, group.name));
      group.name = name;
      names.set(nameKey(group.directoryId, name), group);
    },
    deleteGroup(group) {
      state.groups = state.groups.filter((other) => other !== group);
      groups.delete(group.id);
      names.delete(nameKey(group.directoryId, group.name));
      for (const id of members.get(group.id) ?? []) groupIdsFor(id).delete(group.id);
      members.delete(group.id);
    },
    memberIds: (groupId) => members.get(groupId) ?? none,
    groupIdsOf: (accountId) => groupsOf.get(accountId) ?? none,
    isMember: (groupId, accountId) => members.get(groupId)?.has(accountId) ?? false,
    setMember(groupId, accountId, member) {
      if (member) {
        members.get(groupId)?.add(accountId);
        groupIdsFor(accountId).add(groupId);
      } else {
        members.get(groupId)?.delete(accountId);
        groupIdsFor(accountId).delete(groupId);
      }
    },
    seenEntry(account, directoryId) {
      if (account.invitation === 'hidden' || lag.isAccountHidden(account.id)) return undefined;
      const before = lag.entryBefore(account.id, directoryId);
      return before ? before.value : account.directories[directoryId];
    },
    seenGroupIdsOf(account) {
      if (account.invitation !== 'accepted') return [];
      const before = lag.membersBefore(account.id);
      const own = groupsOf.get(account.id) ?? none;
      if (before.size === 0) return [...own];
      const kept = [...own].filter((id) => before.get(id) !== false);
      const stillShown = [...before].filter(([id, member]) => member && !own.has(id) && groups.has(id));
      return [...kept, ...stillShown.map(([id]) => id)];
    },
    seenProfile: (account) => lag.profileBefore(account.id) ?? account,
    changeProfile(account, change) {
      const { email, name, nickname, jobTitle, department, organization, location, timeZone, locale } = account;
      const before = { email, name, nickname, jobTitle, department, organization, location, timeZone, locale };
      lag.delayProfile(account.id, before, doubts.profiles);
      change();
    },
    workspace: (resource) =>
      state.workspaces.find(
        (workspace) => workspace.ari === resource || (doubts.resourceForm === 'ARI or id' && workspace.id === resource),
      ),
    usesLicence,
    freeLicences: (workspace) =>
      workspace.userLimit === null
        ? Number.POSITIVE_INFINITY
        : workspace.userLimit - state.accounts.filter((account) => usesLicence(account, workspace)).length,
    dump: () => ({ ...state, members: Object.fromEntries([...members].map(([id, ids]) => [id, [...ids]])) }),
  };
}

/** The key whose secret is sent, valid or not. */
export function findKey(store: Store, secret: string): ApiKey | undefined {
  return store.state.keys.find((key) => key.secret === secret);
}
