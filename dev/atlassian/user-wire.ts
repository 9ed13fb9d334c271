import type { Account, Workspace } from './state';
import type { Store } from './store';

export type CompositeStatus = 'active' | 'suspended' | 'not_invited' | 'deactivated' | 'for_deletion';
export type MembershipStatus = 'active' | 'suspended' | 'no_membership';

/** Membership over several directories, as reads show it: suspended only when suspended in all of them. */
export function membershipStatus(store: Store, account: Account, directoryIds: readonly string[]): MembershipStatus {
  const states = directoryIds.flatMap((id) => store.seenEntry(account, id)?.status ?? []);
  if (states.includes('active')) return 'active';
  return states.length > 0 ? 'suspended' : 'no_membership';
}

/** The composite status; a closed account has none. */
export function compositeStatus(account: Account, membership: MembershipStatus): CompositeStatus | undefined {
  if (account.forDeletion) return 'for_deletion';
  if (account.accountStatus === 'inactive') return 'deactivated';
  if (account.accountStatus === 'closed') return undefined;
  return membership === 'no_membership' ? 'not_invited' : membership;
}

/** Roles that the account has on a resource, directly or through groups, as reads show it. */
export function rolesOn(store: Store, account: Account, resource: string): readonly string[] {
  const direct = account.directRoles.filter((role) => role.resource === resource).map((role) => role.role);
  const granted = store
    .seenGroupIdsOf(account)
    .flatMap((id) => store.group(id)?.roles.filter((role) => role.resource === resource) ?? []);
  return [...new Set([...direct, ...granted.flatMap((role) => role.roles)])];
}

function usable(store: Store, account: Account, workspace: Workspace): boolean {
  return (
    store.seenEntry(account, workspace.directoryId)?.status === 'active' &&
    rolesOn(store, account, workspace.ari).length > 0
  );
}

export function platformRolesOf(store: Store, account: Account): readonly string[] {
  const granted = rolesOn(store, account, `ari:cloud:platform::org/${store.state.id}`);
  return [...new Set([...account.platformRoles, ...granted])];
}

export interface WireOptions {
  /** Directories that the request covers. */
  readonly covered: readonly string[];
  /** Directories whose membership counts for the status. */
  readonly statusOf: readonly string[];
  readonly expand: readonly string[];
}

/** A user as the documents describe it; empty texts are left out. */
export function describeUser(store: Store, account: Account, options: WireOptions): Record<string, unknown> {
  const membership = membershipStatus(store, account, options.statusOf);
  const status = compositeStatus(account, membership);
  const added = Object.values(account.directories)
    .map((entry) => entry.addedAt)
    .sort()[0];
  const seen = store.seenProfile(account);
  const optional = {
    jobTitle: seen.jobTitle,
    department: seen.department,
    organization: seen.organization,
    location: seen.location,
    timeZone: seen.timeZone,
    addedToOrg: added ?? '',
  };
  const user: Record<string, unknown> = {
    accountId: account.id,
    accountType: account.accountType,
    email: seen.email,
    emailVerified: account.emailVerified,
    name: seen.name,
    nickname: seen.nickname,
    accountStatus: account.accountStatus,
    membershipStatus: membership,
    ...(status === undefined ? {} : { status }),
    claimStatus: account.claimed ? 'managed' : 'unmanaged',
    managementSource: account.managementSource,
    mfaEnabled: account.mfaEnabled,
    picture: 'https://secure.example/picture.png',
    avatar: 'https://secure.example/picture.png',
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
  };
  if (options.expand.includes('platformRoles')) user['platformRoles'] = platformRolesOf(store, account);
  if (options.expand.includes('counts.resources')) user['counts'] = { resources: resourceCount(store, account) };
  if (options.expand.includes('productAccess')) user['productAccess'] = productAccess(store, account, options.covered);
  if (options.expand.includes('groups')) user['groups'] = groupsOf(store, account, options.covered);
  return user;
}

export function resourceCount(store: Store, account: Account): number {
  return store.state.workspaces.filter((workspace) => rolesOn(store, account, workspace.ari).length > 0).length;
}

function productAccess(store: Store, account: Account, covered: readonly string[]): readonly unknown[] {
  return store.state.workspaces
    .filter((workspace) => covered.includes(workspace.directoryId) && usable(store, account, workspace))
    .flatMap((workspace) => {
      const lastActive = account.lastActive[workspace.ari];
      if (lastActive === undefined && store.doubts.productsNeverUsed === 'missing') return [];
      const time = lastActive === undefined ? {} : { lastActiveTimestamp: lastActive };
      return [{ id: workspace.id, key: workspace.product, ...time }];
    });
}

/** Ids of the groups that member reads connect with the account, in the directories covered. */
export function readableGroupIds(store: Store, account: Account, covered: readonly string[]): readonly string[] {
  return store.seenGroupIdsOf(account).filter((id) => {
    const directoryId = store.group(id)?.directoryId;
    if (directoryId === undefined || !covered.includes(directoryId)) return false;
    const suspended = store.seenEntry(account, directoryId)?.status === 'suspended';
    return !(suspended && store.doubts.suspendedMembers === 'omitted');
  });
}

function groupsOf(store: Store, account: Account, covered: readonly string[]): readonly unknown[] {
  const { groupsInExpand, groupIdsOfUsers } = store.doubts;
  const ids = readableGroupIds(store, account, covered);
  return (groupsInExpand > 0 ? ids.slice(0, groupsInExpand) : ids).map((id) => {
    const group = store.group(id);
    return {
      id: groupIdsOfUsers === 'ari' ? `ari:cloud:identity::group/${id}` : id,
      name: group?.name ?? null,
      description: group?.description ?? null,
    };
  });
}
