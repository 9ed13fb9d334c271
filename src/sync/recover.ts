import { saysSo } from '../domain/account-profile';
import { changeKey, type Change } from '../domain/change';
import { normalizeEmail } from '../domain/identity';
import type { AccountLink, LinkEntry, Links } from '../domain/link';
import type { ClearedPlan } from '../domain/plan';
import type { DirectoryAccount, DirectorySnapshot } from '../domain/snapshot';
import type { RecordedOutcome } from './outcomes';

/**
 * Links that a cut-off batch could not save any more, told by the reading after it: a suspension that this run had begun is its
 * own, and not somebody's by hand; an address that it had begun to change is the one that the pair goes by.
 */
export function recoverLinks(
  interrupted: readonly Change[],
  links: Links,
  directory: DirectorySnapshot,
  now: number,
): readonly LinkEntry[] {
  const accountOf = new Map(directory.accounts.map((account) => [account.id, account]));
  const linkOf = new Map(links.accounts.map((link) => [link.sourceUserId, link]));
  return interrupted.flatMap((change): readonly LinkEntry[] => {
    if (!touchesLink(change)) return [];
    const link = linkOf.get(change.user);
    if (link?.accountId !== change.accountId) return [];
    const entry = recoverLink(change, link, accountOf.get(change.accountId), { directory, now });
    // Another change of the same person goes on from here.
    if (entry?.kind === 'account') linkOf.set(change.user, entry.link);
    return entry === undefined ? [] : [entry];
  });
}

function recoverLink(
  change: OfLink,
  link: AccountLink,
  account: DirectoryAccount | undefined,
  { directory, now }: { readonly directory: DirectorySnapshot; readonly now: number },
): LinkEntry | undefined {
  const status = account?.status;
  const become = (after: AccountLink): LinkEntry => ({ kind: 'account', link: after });
  switch (change.kind) {
    case 'suspend':
      return status === 'suspended' && link.suspendedAt === undefined
        ? become({ ...link, suspendedAt: now })
        : undefined;
    case 'restore':
      return status === 'active' && link.suspendedAt !== undefined ? become(withoutSuspension(link)) : undefined;
    case 'update-email':
      return normalizeEmail(account?.email) === change.after ? become({ ...link, email: change.after }) : undefined;
    case 'remove-account':
      return status === undefined && directory.removals.kind === 'allowed'
        ? { kind: 'drop-account', sourceUserId: change.user }
        : undefined;
  }
}

type OfLink = Extract<Change, { readonly kind: 'suspend' | 'restore' | 'remove-account' | 'update-email' }>;

function touchesLink(change: Change): change is OfLink {
  return ['suspend', 'restore', 'remove-account', 'update-email'].includes(change.kind);
}

export function withoutSuspension(link: AccountLink): AccountLink {
  const { suspendedAt, ...rest } = link;
  return suspendedAt === undefined ? link : rest;
}

/**
 * Changes of a fresh plan that finish what approved ones began: a group that this connector created is linked instead of
 * created, an account that its cut-off invitation made is linked instead of invited.
 */
export function findFollowUps(
  fresh: readonly Change[],
  approved: readonly Change[],
  openInvitations: ReadonlySet<string>,
): readonly Change[] {
  const created = new Set(approved.flatMap((change) => (change.kind === 'create-group' ? [change.group] : [])));
  const invited = new Set(
    approved.flatMap((change) => (change.kind === 'invite' ? [`${change.user} ${change.email}`] : [])),
  );
  return fresh.filter((change) => {
    if (change.kind === 'adopt-group') return change.origin === 'created' && created.has(change.group);
    if (change.kind !== 'adopt-account') return false;
    return openInvitations.has(change.email) && invited.has(`${change.user} ${change.email}`);
  });
}

/** What became of approved changes that the fresh plan no longer has: not needed, or done when the run was cut off. */
export function settleSkipped(
  cleared: ClearedPlan,
  interrupted: readonly Change[],
  links: Links,
  directory: DirectorySnapshot,
): readonly RecordedOutcome[] {
  const begun = new Set(interrupted.map(changeKey));
  const accountOf = new Map(links.accounts.map(({ sourceUserId, accountId }) => [sourceUserId, accountId]));
  for (const change of cleared.changes) {
    if (change.kind === 'adopt-account') accountOf.set(change.user, change.accountId);
  }
  const groupOf = new Map(links.groups.map(({ sourceGroupId, groupId }) => [sourceGroupId, groupId]));
  const accounts = new Map(directory.accounts.map((account) => [account.id, account]));
  const isSeen = (change: Change): boolean => {
    if (change.kind === 'invite') return accountOf.has(change.user);
    if (change.kind === 'update-profile' || change.kind === 'update-email') {
      const shown = accounts.get(change.accountId);
      if (shown === undefined) return false;
      return change.kind === 'update-profile'
        ? saysSo(shown, change.fields)
        : normalizeEmail(shown.email) === change.after;
    }
    if (change.kind !== 'add-member') return true;
    const account = accountOf.get(change.user) ?? change.accountId;
    const group = change.groupId ?? groupOf.get(change.group);
    return account !== undefined && group !== undefined && accounts.get(account)?.groupIds.includes(group) === true;
  };
  return cleared.skipped.noLongerNeeded.map((change): RecordedOutcome => {
    const key = changeKey(change);
    if (!begun.has(key)) return { key, outcome: 'not-needed' };
    if (isSeen(change)) return { key, outcome: 'done' };
    const message = 'The app was interrupted while it did this; a later run goes on as soon as Atlassian shows it.';
    return { key, outcome: 'unconfirmed', message };
  });
}
