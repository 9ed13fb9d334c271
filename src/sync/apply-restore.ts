import type { AccountId, GroupId } from '../domain/identity';
import type { RecentWrite } from '../domain/memory';
import { describeProtection } from '../domain/protection';
import type { DirectoryAccount } from '../domain/snapshot';
import type { BatchContext } from './batch-context';
import type { ChangeOf } from './batches';

/** What was put in order after an account came back. */
export interface Tidied {
  readonly writes: readonly RecentWrite[];
  /** Sentences: what came back with the account. */
  readonly message?: string;
}

/**
 * Takes what a restored account brings back from before: memberships of groups that this connector fills and may empty, and that
 * the person no longer has. Keycloak's own record of the person must say so too. What it cannot settle, the next run sees.
 */
export async function tidyRestored(context: BatchContext, change: ChangeOf<'restore'>): Promise<Tidied> {
  const { directory, links, step } = context;
  const account = await directory.readRestored(change.accountId);
  if (account === undefined) return { writes: [] };
  const managed = new Map([...links.group.values()].map((link) => [link.groupId, link]));
  const message = describe(account, new Set(managed.keys()));
  const told = message === undefined ? {} : { message };
  if (change.keeps === undefined || describeProtection(account) !== undefined) return { writes: [], ...told };
  const keeps = new Set(change.keeps);
  const { neverRemove, alwaysAssign } = step.settings.groups;
  const kept: ReadonlySet<string> = new Set([...neverRemove, ...alwaysAssign]);
  const stale = account.groupIds.filter((id) => {
    const link = managed.get(id);
    return link !== undefined && link.mode !== 'add-only' && !kept.has(id) && !keeps.has(link.sourceGroupId);
  });
  if (stale.length === 0) return { writes: [], ...told };
  const own = await (await step.source()).readGroupsOf(change.user);
  if (own === undefined) return { writes: [], ...told };
  // Where members count for the groups above, a group that the plan did not know may lie below one of these.
  if (step.settings.groups.subGroups === 'parents' && own.some((group) => !keeps.has(group))) {
    return { writes: [], ...told };
  }
  const still: ReadonlySet<string> = new Set(own);
  const writes: RecentWrite[] = [];
  for (const groupId of stale) {
    const group = managed.get(groupId)?.sourceGroupId;
    if (group === undefined || still.has(group)) continue;
    const outcome = await directory.removeMember(groupId, account.id);
    if (outcome.kind !== 'refused') writes.push(removed(context, account.id, groupId));
  }
  return { writes, ...told };
}

function removed(context: BatchContext, accountId: AccountId, groupId: GroupId): RecentWrite {
  return { at: context.step.world.now(), kind: 'member-removed', accountId, groupId };
}

/** Access that nobody here decides on: roles, and groups that are not synced. */
function describe(account: DirectoryAccount, managed: ReadonlySet<GroupId>): string | undefined {
  const others = account.groupIds.filter((id) => !managed.has(id)).length;
  const parts = [
    ...(others === 0 ? [] : [`${others} groups that are not synced`]),
    ...(account.platformRoles.length === 0 ? [] : [`the roles ${account.platformRoles.join(', ')}`]),
  ];
  return parts.length === 0 ? undefined : `With the account came back: ${parts.join(', ')}.`;
}
