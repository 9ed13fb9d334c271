import {
  createAccount,
  createGroup,
  createState,
  type NewAccount,
  type NewGroup,
  type OrganizationOptions,
  type ProductName,
} from './create';
import { kindDoubts, type Doubts } from './doubts';
import { describeState, type OrganizationSnapshot } from './snapshot';
import type { Account, ApiKey, DirectoryUnit, Group, State } from './state';
import { createStore, type Store } from './store';

/** An organization with state: built, changed by hand and inspected by tests, read and written through the server. */
export interface Organization {
  readonly id: string;
  /** For the server's own files. */
  readonly store: Store;
  readonly doubts: Doubts;
  /** The id of a directory by name, of the first one without. */
  directoryId(name?: string): string;
  /** The resource ARI of a product's workspace. */
  resource(product: ProductName): string;
  addKey(key: Partial<ApiKey> & { readonly secret: string }): void;
  changeKey(secret: string, state: ApiKey['state']): void;
  addAccount(account: NewAccount): Readonly<Account>;
  addGroup(group: NewGroup): Readonly<Group>;
  addMember(groupName: string, email: string, directory?: string): void;
  removeMember(groupName: string, email: string, directory?: string): void;
  /** An administrator suspends, restores or removes somebody in Atlassian Administration; reads show it at once. */
  suspendByHand(email: string, directory?: string): void;
  restoreByHand(email: string, directory?: string): void;
  removeByHand(email: string, directory?: string): void;
  /** Any other change by hand. */
  changeAccount(email: string, change: Partial<Omit<Account, 'id' | 'ordinal'>>): void;
  changeGroup(name: string, change: Partial<Omit<Group, 'id' | 'ordinal' | 'directoryId'>>, directory?: string): void;
  deleteGroupByHand(name: string, directory?: string): void;
  /** The person (everybody, without an address) accepts the invitation. */
  acceptInvitation(email?: string): void;
  /** Invitations of this address fail from now on, with this reason. */
  refuseInvitation(email: string, reason: string): void;
  setUserLimit(product: ProductName, limit: number | null): void;
  setPaid(paid: boolean): void;
  /** Lets all delays of reads pass. */
  settle(): void;
  /** What is true, whatever reads show: addresses of the members, sorted. */
  members(groupName: string, directory?: string): readonly string[];
  account(email: string): Readonly<Account> | undefined;
  group(name: string, directory?: string): Readonly<Group> | undefined;
  /** The whole state without ids and times, in a fixed order: for whole-value comparisons. */
  snapshot(): OrganizationSnapshot;
  /** The whole state as JSON: `openOrganization` goes on from it. */
  dump(): State;
}

export interface Surroundings {
  readonly doubts?: Doubts;
  /** Milliseconds; real time by default. */
  readonly clock?: () => number;
}

/** A new organization without people and groups; one directory, Jira, Confluence and an unscoped key by default. */
export function createOrganization(options: OrganizationOptions & Surroundings = {}): Organization {
  return openOrganization(createState(options), options);
}

/** An organization that goes on from a dumped state, which it owns from then on. */
export function openOrganization(state: State, surroundings: Surroundings = {}): Organization {
  const doubts = surroundings.doubts ?? kindDoubts;
  const store = createStore(state, doubts, surroundings.clock ?? Date.now);

  function directory(name?: string): DirectoryUnit {
    const found = name === undefined ? state.directories[0] : state.directories.find((each) => each.name === name);
    if (!found) throw new Error(`No directory is called ${name ?? 'anything'}.`);
    return found;
  }
  function mustAccount(email: string): Account {
    const account = store.accountByEmail(email);
    if (!account) throw new Error(`Nobody has the address ${email}.`);
    return account;
  }
  function mustGroup(name: string, directoryName?: string): Group {
    const group = store.groupByName(directory(directoryName).id, name);
    if (!group) throw new Error(`No group is called ${name}.`);
    return group;
  }
  function setStatus(email: string, status: 'active' | 'suspended', name?: string): void {
    const entry = mustAccount(email).directories[directory(name).id];
    if (!entry) throw new Error(`${email} is not in the directory.`);
    entry.status = status;
    entry.changedBy = 'hand';
  }
  const setMember = (member: boolean) => (name: string, email: string, where?: string) =>
    store.setMember(mustGroup(name, where).id, mustAccount(email).id, member);

  return {
    id: state.id,
    store,
    doubts,
    directoryId: (name) => directory(name).id,
    resource(product) {
      const workspace = state.workspaces.find((each) => each.product === product);
      if (!workspace) throw new Error(`The organization has no ${product}.`);
      return workspace.ari;
    },
    addKey: (key) => {
      state.keys.push({ kind: 'unscoped', scopes: [], state: 'valid', directories: null, ...key });
    },
    changeKey(secret, next) {
      for (const key of state.keys) if (key.secret === secret) key.state = next;
    },
    addAccount(input) {
      if (store.accountByEmail(input.email)) throw new Error(`${input.email} exists already.`);
      const units = input.directories ? input.directories.map((name) => directory(name)) : [directory()];
      const account = createAccount(store, input, units);
      store.addAccount(account);
      for (const name of input.groups ?? []) store.setMember(mustGroup(name, units[0]?.name).id, account.id, true);
      return account;
    },
    addGroup(input) {
      const unit = directory(input.directory);
      if (store.groupByName(unit.id, input.name)) throw new Error(`${input.name} exists already.`);
      const group = createGroup(store, input, unit);
      store.addGroup(group);
      for (const email of input.members ?? []) store.setMember(group.id, mustAccount(email).id, true);
      return group;
    },
    addMember: setMember(true),
    removeMember: setMember(false),
    suspendByHand: (email, name) => setStatus(email, 'suspended', name),
    restoreByHand: (email, name) => setStatus(email, 'active', name),
    removeByHand: (email, name) => leaveDirectory(store, mustAccount(email), directory(name).id),
    changeAccount(email, change) {
      const account = mustAccount(email);
      if (change.email !== undefined) store.changeEmail(account, change.email);
      Object.assign(account, change);
    },
    changeGroup(name, change, where) {
      const group = mustGroup(name, where);
      if (change.name !== undefined) store.renameGroup(group, change.name);
      Object.assign(group, change);
    },
    deleteGroupByHand: (name, where) => store.deleteGroup(mustGroup(name, where)),
    acceptInvitation(email) {
      for (const account of email === undefined ? state.accounts : [mustAccount(email)]) {
        // Who follows the link of the invitation has shown that the address is theirs.
        if (account.invitation !== 'accepted') account.emailVerified = true;
        account.invitation = 'accepted';
      }
    },
    refuseInvitation: (email, reason) => void store.refusedInvitations.set(email.toLowerCase(), reason),
    setUserLimit(product, limit) {
      for (const workspace of state.workspaces) if (workspace.product === product) workspace.userLimit = limit;
    },
    setPaid: (paid) => void (state.paid = paid),
    settle: () => store.lag.settle(),
    members: (name, where) =>
      [...store.memberIds(mustGroup(name, where).id)].flatMap((id) => store.account(id)?.email ?? []).sort(),
    account: (email) => store.accountByEmail(email),
    group: (name, where) => store.groupByName(directory(where).id, name),
    snapshot: () => describeState(store),
    dump: () => structuredClone(store.dump()),
  };
}

/** Takes the account out of a directory with everything it had there: the groups and the direct roles of its apps. */
export function leaveDirectory(store: Store, account: Account, directoryId: string): void {
  account.directories = Object.fromEntries(Object.entries(account.directories).filter(([id]) => id !== directoryId));
  for (const groupId of [...store.groupIdsOf(account.id)])
    if (store.group(groupId)?.directoryId === directoryId) store.setMember(groupId, account.id, false);
  account.directRoles = account.directRoles.filter(
    (role) => store.workspace(role.resource)?.directoryId !== directoryId,
  );
}
