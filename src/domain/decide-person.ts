import type { Change, Evidence } from './change';
import type { ConnectorSettings } from './connector';
import type { Wish } from './desired';
import type { Doubts, Federated } from './doubts';
import { normalizeEmail, type AccountId, type GroupId, type SourceGroupId, type SourceUserId } from './identity';
import type { AccountLink } from './link';
import type { Match } from './matching';
import type { PersonOperation } from './plan';
import type { DirectoryAccount } from './snapshot';

/** What a plan means for one person, before memberships are worked out. */
export interface Decision {
  readonly accountId?: AccountId;
  readonly operation: PersonOperation;
  readonly reason: string;
  readonly notes: readonly string[];
  /** Changes of the account itself. */
  readonly changes: readonly Change[];
  readonly memberships: Memberships;
  /** Held back because a read is in doubt, not because a setting says so. */
  readonly inDoubt: boolean;
}

export type Memberships =
  | { readonly kind: 'untouched' }
  /** Brought in line with the wanted groups; `listed` is what the directory shows. */
  | { readonly kind: 'align'; readonly wanted: readonly SourceGroupId[]; readonly listed: readonly GroupId[] }
  /** Taken out of every group that this connector fills and may empty. */
  | { readonly kind: 'leave'; readonly listed: readonly GroupId[] };

export interface PersonContext {
  readonly user: SourceUserId;
  readonly settings: ConnectorSettings;
  readonly doubts: Doubts;
  readonly federations: Federated;
  /** Whether the directory's list was complete. */
  readonly directoryComplete: boolean;
}

/** Decides what happens to one person's account. Nothing is taken when in doubt, and never what people did by hand undone. */
export function decidePerson(context: PersonContext, wish: Wish, match: Match): Decision {
  const { user } = context;
  if (match.kind === 'none') {
    const accountId = match.account;
    return decide(match.operation, match.reason, accountId === undefined ? {} : { accountId });
  }
  if (match.kind === 'linked') {
    const { link, account } = match;
    return account === undefined ? decideMissing(context, wish, link) : decideLinked(context, wish, link, account);
  }
  // Only a wish for an account is matched to one without a link.
  if (wish.kind !== 'account') return decide('filtered', 'Is not in scope.');
  const { email, displayName, groups: wanted } = wish;
  const { reason } = match;
  if (match.kind === 'invite') {
    const changes: Change[] = [{ kind: 'invite', user, email, displayName, reason }];
    return decide('added', reason, { changes, memberships: { kind: 'align', wanted, listed: [] } });
  }
  const { account } = match;
  return decide('adopted', reason, {
    accountId: account.id,
    notes: compareProfile(wish, account),
    changes: [{ kind: 'adopt-account', user, accountId: account.id, email, reason }],
    memberships: { kind: 'align', wanted, listed: account.groupIds },
  });
}

/** Linked, and not among the accounts of the directory. */
function decideMissing(context: PersonContext, wish: Wish, link: AccountLink): Decision {
  const { accountId } = link;
  if (!link.visible) {
    const reason =
      wish.kind === 'account'
        ? 'Is invited; Atlassian does not show the account in the directory yet.'
        : 'Was invited and is no longer wanted; nothing can be done before Atlassian shows the account.';
    return decide('waiting', reason, { accountId });
  }
  if (!context.directoryComplete) {
    const reason = 'The account is missing from a list that was not complete: nothing changes before a complete read.';
    return decide('waiting', reason, { accountId, inDoubt: true });
  }
  if (wish.kind !== 'account') {
    return decide('not-modified', 'The account was removed from the directory and is not wanted any more.', {
      accountId,
    });
  }
  const reason = 'Somebody else removed the account from the directory: it is not invited again.';
  return decide('blocked-by-hand', reason, { accountId });
}

function decideLinked(context: PersonContext, wish: Wish, link: AccountLink, account: DirectoryAccount): Decision {
  const { accountId } = link;
  switch (wish.kind) {
    case 'unmappable':
      return decide('frozen', wish.reason, { accountId });
    case 'account':
      return decideWanted(context, wish, link, account);
    case 'inactive':
      return decideInactive(context, link, account);
    case 'out-of-scope':
      return decideLeaver(context, link, account, {
        evidence: 'listed',
        why: 'Is no longer in scope.',
        doubt: context.doubts.whyNotLeave(context.federations),
      });
    case 'absent':
      return decideLeaver(context, link, account, {
        evidence: wish.evidence,
        why: 'Is gone from Keycloak.',
        doubt: context.doubts.whyNotDeprovision(context.federations),
      });
  }
}

function decideWanted(
  context: PersonContext,
  wish: Extract<Wish, { readonly kind: 'account' }>,
  link: AccountLink,
  account: DirectoryAccount,
): Decision {
  const { accountId } = link;
  const notes = compareProfile(wish, account);
  const memberships: Memberships = { kind: 'align', wanted: wish.groups, listed: account.groupIds };
  if (account.status === 'active') return decide('not-modified', 'Is as wished.', { accountId, notes, memberships });
  if (account.status !== 'suspended' || link.suspendedAt === undefined) {
    const done = account.status === 'suspended' ? 'suspended' : 'deactivated';
    return decide('blocked-by-hand', `Somebody else ${done} the account: it stays so.`, { accountId, notes });
  }
  if (!context.settings.users.reactivate) {
    return decide('not-modified', 'Is suspended, and reactivating is switched off.', { accountId, notes });
  }
  const reason = 'Is active in Keycloak again, and this connector had suspended the account.';
  const changes: Change[] = [{ kind: 'restore', user: context.user, accountId, reason }];
  return decide('reactivated', reason, { accountId, notes, changes, memberships });
}

function decideInactive(context: PersonContext, link: AccountLink, account: DirectoryAccount): Decision {
  const { accountId } = link;
  if (account.status !== 'active') {
    return decide('not-modified', 'Is disabled in Keycloak, and the account has no access.', { accountId });
  }
  if (!context.settings.users.deactivate) {
    return decide('held-back', 'Is disabled in Keycloak; deactivating is switched off.', { accountId });
  }
  const doubt = context.doubts.whyNotDeprovision(context.federations);
  if (doubt !== undefined) return decide('held-back', doubt, { accountId, inDoubt: true });
  const reason = 'Is disabled in Keycloak.';
  const changes: Change[] = [{ kind: 'suspend', user: context.user, accountId, evidence: 'listed', reason }];
  return decide('deactivated', reason, { accountId, changes });
}

interface Leaving {
  readonly evidence: Evidence;
  readonly why: string;
  readonly doubt: string | undefined;
}

/** Cleanup: what the settings say about a managed account that is no longer in scope. */
function decideLeaver(
  context: PersonContext,
  link: AccountLink,
  account: DirectoryAccount,
  { evidence, why, doubt }: Leaving,
): Decision {
  const { accountId } = link;
  const { behaviour, memberships } = context.settings.cleanup;
  const keeps = `${why} The cleanup keeps the account.`;
  if (behaviour === 'keep' && !memberships) return decide('held-back', keeps, { accountId });
  const ours = link.suspendedAt !== undefined;
  if (account.status !== 'active' && !(behaviour === 'remove' && account.status === 'suspended' && ours)) {
    const operation = ours || behaviour !== 'remove' ? 'not-modified' : 'blocked-by-hand';
    return decide(operation, `${why} The account has no access already.`, { accountId });
  }
  if (behaviour === 'deactivate' && !context.settings.users.deactivate) {
    return decide('held-back', `${why} Deactivating is switched off.`, { accountId });
  }
  if (doubt !== undefined) return decide('held-back', `${why} ${doubt}`, { accountId, inDoubt: true });
  const confirmed = evidence !== 'unconfirmed';
  const leave: Memberships =
    memberships && confirmed && behaviour !== 'remove'
      ? { kind: 'leave', listed: account.groupIds }
      : { kind: 'untouched' };
  if (behaviour === 'keep') return decide('held-back', keeps, { accountId, memberships: leave, inDoubt: !confirmed });
  const kind = behaviour === 'remove' ? 'remove-account' : 'suspend';
  const changes: Change[] = [{ kind, user: context.user, accountId, evidence, reason: why }];
  if (!confirmed) {
    const reason = `${why} That is not confirmed yet, so nothing is taken.`;
    return decide('held-back', reason, { accountId, changes, inDoubt: true });
  }
  return decide(behaviour === 'remove' ? 'removed' : 'deactivated', why, { accountId, changes, memberships: leave });
}

/** What differs and cannot be set from here (facts/atlassian.md): told once, never a change that comes back every night. */
function compareProfile(
  wish: { readonly email: string; readonly displayName: string },
  account: DirectoryAccount,
): readonly string[] {
  const notes: string[] = [];
  const email = normalizeEmail(account.email);
  if (email !== undefined && email !== wish.email) {
    notes.push(
      `The e-mail address differs: ${wish.email} in Keycloak, ${email} in Atlassian. It cannot be set from here.`,
    );
  }
  if (account.name.trim() !== wish.displayName) {
    notes.push(
      `The name differs: "${wish.displayName}" in Keycloak, "${account.name}" in Atlassian. It cannot be set from here.`,
    );
  }
  return notes;
}

function decide(
  operation: PersonOperation,
  reason: string,
  more: Partial<Omit<Decision, 'operation' | 'reason'>> = {},
): Decision {
  return { notes: [], changes: [], memberships: { kind: 'untouched' }, inDoubt: false, ...more, operation, reason };
}
