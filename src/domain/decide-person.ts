import type { Change } from './change';
import { decideGuest } from './decide-guest';
import { decideLeaver } from './decide-leaver';
import { decideProfile, decideUpdates, describeDifferences } from './decide-updates';
import { decide, type Decision, type Memberships, type PersonContext } from './decision';
import type { Wish } from './desired';
import type { AccountLink } from './link';
import type { Match } from './match';
import type { DirectoryAccount } from './snapshot';

export type { Decision, Memberships, PersonContext } from './decision';

/** Decides what happens to one person's account. Nothing is taken when in doubt, and never what people did by hand undone. */
export function decidePerson(context: PersonContext, wish: Wish, match: Match): Decision {
  const { user } = context;
  if (match.kind === 'none') {
    const accountId = match.account;
    return decide(match.operation, match.reason, accountId === undefined ? {} : { accountId });
  }
  if (match.kind === 'linked') {
    const { link, account } = match;
    if (account === undefined) return decideMissing(context, wish, link);
    return link.guest === undefined
      ? decideLinked(context, wish, link, account)
      : { ...decideGuest(context, wish, link, account), guest: true };
  }
  // Only a wish for an account is matched to one without a link.
  if (wish.kind !== 'account') return decide('filtered', 'Is not in scope.');
  const { email, displayName, groups: wanted } = wish;
  const { reason } = match;
  if (match.kind === 'invite') {
    const changes: Change[] = [{ kind: 'invite', user, email, displayName, reason }];
    return decide('added', reason, { changes, memberships: { kind: 'align', wanted, listed: [] } });
  }
  return decideAdopted(context, wish, match);
}

function decideAdopted(
  context: PersonContext,
  wish: Extract<Wish, { readonly kind: 'account' }>,
  { account, reason, relinks, suspendedAt, guest }: Extract<Match, { readonly kind: 'adopt' }>,
): Decision {
  const { user } = context;
  const accountId = account.id;
  const more = {
    ...(relinks === undefined ? {} : { relinks }),
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
    ...(guest === undefined ? {} : { guest }),
  };
  const changes: Change[] = [{ kind: 'adopt-account', user, accountId, email: wish.email, reason, ...more }];
  if (account.status === 'suspended') {
    const note = 'This connector had suspended the account: the next run reactivates it.';
    const notes = [note, ...describeDifferences(wish, account, 'It can be set once the account is active.')];
    return decide('adopted', reason, { accountId, notes, changes });
  }
  const memberships: Memberships = { kind: 'align', wanted: wish.groups, listed: account.groupIds };
  if (guest !== undefined) {
    const notes = describeDifferences(wish, account, 'The connector that owns the account can set it.');
    return decide('adopted', reason, { accountId, notes, changes, memberships });
  }
  // The address is the one that the account was found by; where it is not, the next run sees the link.
  const { notes, changes: updates } = decideProfile(context, wish, account);
  return decide('adopted', reason, { accountId, notes, changes: [...changes, ...updates], memberships });
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
        why: wish.reason ?? 'Is no longer in scope.',
        doubt: context.doubts.whyNotLeave(context.federations, wish.reason === undefined ? 'groups' : 'mapping'),
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
  const memberships: Memberships = { kind: 'align', wanted: wish.groups, listed: account.groupIds };
  const isReturning = account.status === 'suspended' && link.suspendedAt !== undefined;
  if (account.status !== 'active' && !(isReturning && context.settings.users.reactivate)) {
    const notes = describeDifferences(wish, account, 'It can be set once the account is active.');
    if (isReturning) {
      return decide('not-modified', 'Is suspended, and reactivating is switched off.', { accountId, notes });
    }
    const done = account.status === 'suspended' ? 'suspended' : 'deactivated';
    return decide('blocked-by-hand', `Somebody else ${done} the account: it stays so.`, { accountId, notes });
  }
  const updates = decideUpdates(context, wish, link, account);
  if (updates.kind === 'conflict') return decide('conflict', updates.reason, { accountId });
  const { notes, changes } = updates;
  if (account.status === 'active') {
    const [operation, why] =
      changes.length === 0 ? (['not-modified', 'Is as wished.'] as const) : (['updated', updates.reason] as const);
    return decide(operation, why, { accountId, notes, changes, memberships });
  }
  const reason = 'Is active in Keycloak again, and this connector had suspended the account.';
  const doubt = context.doubts.whyNotDeprovision(context.federations) ?? context.doubts.notes[0];
  const keeps = doubt === undefined ? { keeps: wish.groups } : {};
  const restore: Change = { kind: 'restore', user: context.user, accountId, ...keeps, reason };
  return decide('reactivated', reason, { accountId, notes, changes: [restore, ...changes], memberships });
}

function decideInactive(context: PersonContext, link: AccountLink, account: DirectoryAccount): Decision {
  const { accountId } = link;
  if (account.status !== 'active') {
    return decide('not-modified', 'Is disabled in Keycloak, and the account has no access.', { accountId });
  }
  if (!context.settings.users.deactivate) {
    return decide('held-back', 'Is disabled in Keycloak; deactivating is switched off.', { accountId });
  }
  const doubt = context.doubts.whyNotDisable(context.federations);
  if (doubt !== undefined) return decide('held-back', doubt, { accountId, inDoubt: true });
  const reason = 'Is disabled in Keycloak.';
  const changes: Change[] = [{ kind: 'suspend', user: context.user, accountId, evidence: 'listed', reason }];
  return decide('deactivated', reason, { accountId, changes });
}
