import type { UserProvisioning } from './connector';
import type { Wish } from './desired';
import { nameConnector } from './foreign';
import { normalizeEmail } from './identity';
import type { AccountLink } from './link';
import type { Match } from './match';
import type { MatchContext } from './match-context';
import { nameAccount, namePeople } from './match-reasons';

/** The address that a linked account of our own shall get, as far as the settings allow to change it. */
export function findWantedEmail(
  { updateEmail }: UserProvisioning,
  wish: Extract<Wish, { readonly kind: 'account' }>,
  match: Match,
): string | undefined {
  if (!updateEmail || match.kind !== 'linked' || match.link.guest !== undefined) return undefined;
  const { account } = match;
  const now = normalizeEmail(account?.email);
  return account?.claimed === true && now !== undefined && now !== wish.email ? wish.email : undefined;
}

/**
 * Who else has or claims an address that a linked account shall get: what `matchLinked` cannot see, because it only matters where
 * addresses are written. The sentence names both; `undefined` when nobody does.
 */
export function describeTaken(context: MatchContext, own: AccountLink, email: string): string | undefined {
  const holder = findHolder(context, own, email);
  if (holder === undefined) return undefined;
  const user = context.users.get(own.sourceUserId);
  const account = context.directory.account.get(own.accountId);
  const who = user === undefined ? 'The person' : namePeople([user]);
  const linked = account === undefined ? `an account (${own.accountId})` : nameAccount(account);
  return `${who} is linked to ${linked} and shall get the e-mail address ${email}, but ${holder}: nothing changes before one of them is corrected.`;
}

function findHolder(context: MatchContext, own: AccountLink, email: string): string | undefined {
  const found = [
    ...(context.directory.accountsByEmail.get(email) ?? []),
    ...(context.elsewhereByEmail.get(email) ?? []),
  ].find(({ id }) => id !== own.accountId);
  if (found !== undefined) return `${nameAccount(found)} has it`;
  const link = context.linksByEmail.get(email)?.find(({ accountId }) => accountId !== own.accountId);
  if (link !== undefined) {
    const other = context.users.get(link.sourceUserId);
    const whose = other === undefined ? 'somebody who is gone from Keycloak' : namePeople([other]);
    return `the account of ${whose} goes by it`;
  }
  const invitedBy = context.foreign.invited.get(email);
  if (invitedBy !== undefined) return `${nameConnector(context.foreign, invitedBy)} has invited somebody with it`;
  return context.openInvitations.has(email) ? 'an invitation may have been sent to it' : undefined;
}
