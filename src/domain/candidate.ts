import { domainOf, type AccountId } from './identity';
import { isSamePerson, readImmutable } from './immutable';
import type { AccountLink } from './link';
import { findGone, type MatchContext } from './match-context';
import { federationOf } from './outage';
import type { Candidate } from './plan';
import { describeProtection } from './protection';
import type { DirectoryAccount, SourceUser } from './snapshot';

/** An account that may be confirmed, with the link that would go over. */
export interface Found {
  readonly account: DirectoryAccount;
  readonly candidate: Candidate;
}

/**
 * The account of somebody who is gone from a complete read, and whose address or immutable attribute the person has: a relink that
 * may be confirmed.
 * `undefined` where anything is ambiguous, or the account is protected, or has no access by somebody else's hand.
 */
export function findRelink(
  context: MatchContext,
  user: SourceUser,
  email: string,
  link: AccountLink,
): Found | undefined {
  const account = context.directory.account.get(link.accountId);
  if (account === undefined || context.source.removals.kind === 'withheld') return undefined;
  const links = new Set([
    ...(context.linksByEmail.get(email) ?? []),
    ...(context.linksOfAccount.get(link.accountId) ?? []),
  ]);
  const named = context.directory.accountsByEmail.get(email) ?? [];
  const claimants = context.claimants.get(link.accountId) ?? [];
  const isAlone =
    links.size === 1 && named.every(({ id }) => id === account.id) && claimants.every(({ id }) => id === user.id);
  const isGone = !context.users.has(link.sourceUserId);
  const hasAccess = account.status === 'active' || (account.status === 'suspended' && link.suspendedAt !== undefined);
  if (!isAlone || !isGone || !hasAccess || !mayBeConfirmed(context, email, account)) return undefined;
  return { account, candidate: describe(account, 'relink', isAgreed(context, user, email, link)) };
}

/**
 * Whether the two are surely one person: by the attribute that the settings name, else by all that both sides say. Somebody of the realm
 * itself, who may be able to write their own attributes, is not surely one of a federation.
 */
function isAgreed(
  { settings, goneByValue }: MatchContext,
  user: SourceUser,
  email: string,
  link: AccountLink,
): boolean {
  const before = federationOf(link.sourceUserId, link.lastSeen.federationLink);
  const now = federationOf(user.id, user.federationLink);
  if (settings.relinkAttribute !== undefined) {
    const isOnly = findGone(goneByValue, user, settings).length === 1;
    const isAlike = (before === undefined) === (now === undefined);
    return isOnly && isAlike && isSamePerson(link, readImmutable(user, settings.relinkAttribute));
  }
  return link.username === user.username && link.email === email && before === now;
}

/** The only account of the directory with the person's address, where the address proves nothing. */
export function findUnproven(
  context: MatchContext,
  user: SourceUser,
  email: string,
  account: DirectoryAccount,
): Found | undefined {
  const hasAccess = account.status === 'active' || findSuspension(context, user, account) !== undefined;
  if (!hasAccess || !mayBeConfirmed(context, email, account)) return undefined;
  return { account, candidate: describe(account, 'unproven-email', account.name.trim() === fullName(user)) };
}

export function isConfirmed(context: MatchContext, user: SourceUser, account: { readonly id: AccountId }): boolean {
  return context.confirmedOf.get(user.id)?.accountId === account.id;
}

/** When we suspended an account that we have no link to, as a file of links says. */
export function findSuspension(context: MatchContext, user: SourceUser, account: DirectoryAccount): number | undefined {
  const pair = context.confirmedOf.get(user.id);
  return account.status === 'suspended' && pair?.accountId === account.id ? pair.suspendedAt : undefined;
}

function mayBeConfirmed({ settings }: MatchContext, email: string, account: DirectoryAccount): boolean {
  return settings.emailDomains.includes(domainOf(email)) && describeProtection(account) === undefined;
}

function describe(account: DirectoryAccount, why: Candidate['why'], agrees: boolean): Candidate {
  const { id: accountId, name, email } = account;
  return { accountId, name, ...(email === undefined ? {} : { email }), why, agrees };
}

function fullName(user: SourceUser): string {
  return `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim();
}
