import type { Change } from './change';
import { normalizeGroupName, type DirectoryIndex } from './directory-index';
import type { GroupDecision } from './grouping';
import type { AccountId, GroupId, SourceGroupId } from './identity';
import { collectTargets } from './memberships';
import type { PlanBase } from './plan';
import type { PlanInput } from './planning';
import { describeProtection } from './protection';
import { computeSeats } from './seats';

/** What the guards measure against: sizes of what is managed and active, who loses access, and what must never be touched. */
export function computeBase(
  input: Pick<PlanInput, 'source' | 'links' | 'elsewhere' | 'foreign' | 'settings'>,
  directory: DirectoryIndex,
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
  changes: readonly Change[],
  inDoubt: number,
): PlanBase {
  const { links, foreign, source, settings } = input;
  const accounts = new Set([...links.accounts.map(({ accountId }) => accountId), ...foreign.managedAccounts]);
  const active = [...accounts].flatMap((id) => {
    const account = directory.account.get(id);
    return account?.status === 'active' ? [account] : [];
  });
  const managed = new Set([...links.groups.map(({ groupId }) => groupId), ...foreign.managedGroups]);
  const isOther = links.issuer !== source.issuer && links.accounts.length + links.groups.length > 0;
  let memberships = 0;
  for (const account of active) for (const group of account.groupIds) if (managed.has(group)) memberships += 1;
  return {
    ...(isOther ? { linkedIssuer: links.issuer } : {}),
    accounts: active.length,
    memberships,
    groupMembers: countGroupMembers(input, directory, decisions),
    losingAccess: findLosingAccess(directory, decisions, changes),
    seats: computeSeats({ directory, links, decisions, access: settings.users.productAccess }, changes),
    protectedChanges: findProtected(input, directory, changes),
    inDoubt,
  };
}

function countGroupMembers(
  { links }: Pick<PlanInput, 'links'>,
  directory: DirectoryIndex,
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
): Readonly<Record<string, number>> {
  const sourceOf = new Map(links.groups.map((link) => [link.groupId, link.sourceGroupId]));
  for (const [id, target] of collectTargets(decisions).byGroup) sourceOf.set(id, target.group);
  const counts = new Map<string, number>([...sourceOf.values()].map((group) => [group, 0]));
  for (const account of directory.account.values()) {
    if (account.status !== 'active') continue;
    for (const id of account.groupIds) {
      const group = sourceOf.get(id);
      if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
    }
  }
  return Object.fromEntries(counts);
}

/** Accounts that stay active and lose the last group that grants access to a product. */
function findLosingAccess(
  directory: DirectoryIndex,
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
  changes: readonly Change[],
): readonly AccountId[] {
  const targets = collectTargets(decisions).bySource;
  const grants = (id: GroupId | undefined): boolean =>
    id !== undefined && (directory.group.get(id)?.grantsAccess.length ?? 0) > 0;
  const removed = new Map<AccountId, Set<GroupId>>();
  const accountOf = new Map<string, AccountId>();
  const deprovisioned = new Set<AccountId>();
  for (const change of changes) {
    if (change.kind === 'suspend' || change.kind === 'remove-account') deprovisioned.add(change.accountId);
    if (change.kind !== 'remove-member') continue;
    accountOf.set(change.user, change.accountId);
    removed.set(change.accountId, (removed.get(change.accountId) ?? new Set()).add(change.groupId));
  }
  const gaining = new Set<AccountId>();
  for (const change of changes) {
    if (change.kind !== 'add-member' || !grants(targets.get(change.group)?.existing?.id)) continue;
    const account = accountOf.get(change.user);
    if (account !== undefined) gaining.add(account);
  }
  return [...removed].flatMap(([id, groups]) => {
    const account = directory.account.get(id);
    if (account?.status !== 'active' || deprovisioned.has(id) || gaining.has(id)) return [];
    const before = account.groupIds.filter(grants);
    return before.length > 0 && before.every((group) => groups.has(group)) ? [id] : [];
  });
}

/** Looks at the finished changes once more, by what the directory says alone: nothing protected may be among them. */
function findProtected(
  { elsewhere }: Pick<PlanInput, 'elsewhere'>,
  directory: DirectoryIndex,
  changes: readonly Change[],
): readonly number[] {
  const accounts = new Set<AccountId>(
    [...directory.account.values(), ...elsewhere].filter(describeProtection).map((account) => account.id),
  );
  const groups = new Set<GroupId>();
  const names = new Set<string>();
  for (const group of directory.group.values()) {
    if (group.protectedBecause === undefined) continue;
    groups.add(group.id);
    names.add(normalizeGroupName(group.name));
  }
  return changes.flatMap((change, index) => {
    const touches =
      ('accountId' in change && change.accountId !== undefined && accounts.has(change.accountId)) ||
      ('groupId' in change && change.groupId !== undefined && groups.has(change.groupId)) ||
      (change.kind === 'add-member' && names.has(normalizeGroupName(change.groupName))) ||
      (change.kind === 'create-group' && names.has(normalizeGroupName(change.name)));
    return touches ? [index] : [];
  });
}
