import { nameConnector } from './foreign';
import { normalizeEmail } from './identity';
import { isSamePerson, readImmutable } from './immutable';
import type { AccountLink } from './link';
import { findRelink, isConfirmed } from './candidate';
import { addressOf } from './map-people';
import { none, type Match } from './match';
import type { MatchContext } from './match-context';
import { nameAccount, namePeople } from './match-reasons';
import { describeProtection } from './protection';

/** A linked person keeps the account, unless its address says that two people mean the same one: then nothing happens to either. */
export function matchLinked(context: MatchContext, link: AccountLink): Match {
  if ((context.linksOfAccount.get(link.accountId)?.length ?? 0) > 1) {
    return none('conflict', 'The Atlassian account is linked to more than one Keycloak user: remove one link.', link);
  }
  const account = context.directory.account.get(link.accountId);
  const protection = account === undefined ? undefined : describeProtection(account);
  if (protection !== undefined) return none('protected', protection, link);
  const contest = describeClaim(context, link) ?? describeAddress(context, link);
  if (contest !== undefined) return contest;
  // An account that is listed without an invitation is in no directory.
  if (account === undefined || account.status === 'not-invited') return { kind: 'linked', link };
  return { kind: 'linked', link, account };
}

/** Somebody else has the address of the linked account. */
function describeClaim(context: MatchContext, link: AccountLink): Match | undefined {
  const claimants = context.claimants.get(link.accountId) ?? [];
  const [claimant] = claimants;
  if (claimant === undefined) return undefined;
  const email = addressOf(claimant, context.mapped) ?? '';
  const relink = context.linkOf.has(claimant.id) ? undefined : findRelink(context, claimant, email, link);
  if (relink !== undefined && claimants.length === 1 && isConfirmed(context, claimant, relink.account)) {
    return none('filtered', `The account goes over to ${namePeople([claimant])}, as an administrator confirmed.`, link);
  }
  const self = context.users.get(link.sourceUserId);
  const whose = self === undefined ? 'somebody who is gone from Keycloak' : namePeople([self]);
  const what = isSamePerson(link, readImmutable(claimant, context.settings.relinkAttribute))
    ? `the ${context.settings.relinkAttribute ?? ''} of`
    : `the e-mail address ${email} of`;
  const reason = `The account of ${whose} has ${what} ${namePeople(claimants)}: nothing is taken from either before an administrator confirms whose it is.`;
  return none('conflict', reason, link);
}

/** The linked person has an address that is somebody else's as well. */
function describeAddress(context: MatchContext, link: AccountLink): Match | undefined {
  const user = context.users.get(link.sourceUserId);
  const email = user === undefined ? undefined : addressOf(user, context.mapped);
  if (user === undefined || email === undefined) return undefined;
  const holders = context.holders.get(email) ?? [];
  if (holders.length > 1) {
    return none('conflict', `${namePeople(holders)} have the same e-mail address ${email}: correct one of them.`, link);
  }
  const others = (context.directory.accountsByEmail.get(email) ?? []).filter(({ id }) => id !== link.accountId);
  const [other] = others;
  if (other === undefined) return undefined;
  const own = context.directory.account.get(link.accountId);
  // The account has the address itself: a second one with it changes nothing about whose the first is.
  if (normalizeEmail(own?.email) === email) return undefined;
  const linked = own === undefined ? `an account (${link.accountId})` : nameAccount(own);
  const owner = context.foreign.accounts.get(other.id);
  const whose = owner === undefined ? '' : `, which ${nameConnector(context.foreign, owner)} owns,`;
  const reason = `${namePeople([user])} is linked to ${linked}, and ${nameAccount(other)}${whose} has the e-mail address ${email}: correct one of them, or release the account.`;
  return none('conflict', reason, link);
}
