import type { Wish } from './desired';
import { findRelink, findSuspension, findUnproven, isConfirmed, type Found } from './candidate';
import { nameConnector } from './foreign';
import { domainOf, type SourceUserId } from './identity';
import type { AccountLink } from './link';
import { none, type Match } from './match';
import { findGone, type MatchContext } from './match-context';
import { matchLinked } from './match-linked';
import { describeDoubt, describeFiltered, describeStatus, namePeople } from './match-reasons';
import { describeProtection } from './protection';
import type { DirectoryAccount, SourceUser } from './snapshot';

export type { Match } from './match';

/** Matches everybody who has a wish: by link, then by e-mail. An e-mail that proves nothing is a conflict, never a guess. */
export function matchPeople(context: MatchContext): ReadonlyMap<SourceUserId, Match> {
  const matches = new Map<SourceUserId, Match>();
  for (const [user, wish] of context.wishes) {
    const link = context.linkOf.get(user);
    matches.set(user, link === undefined ? matchUnlinked(context, user, wish) : matchLinked(context, link));
  }
  return matches;
}

function matchUnlinked(context: MatchContext, id: SourceUserId, wish: Wish): Match {
  const user = context.users.get(id);
  if (user === undefined || wish.kind !== 'account') return none('filtered', describeFiltered(wish));
  const released = context.releasedOf.get(id);
  if (released !== undefined) {
    const reason = 'Released by an administrator: confirm the match to take the account back.';
    return none('filtered', reason, released);
  }
  const { email } = wish;
  const holders = context.holders.get(email) ?? [];
  if (holders.length > 1) {
    const reason = `${namePeople(holders)} have the same e-mail address ${email}: give each of them an own one.`;
    return none('conflict', reason);
  }
  const owners = (context.owners.get(email) ?? []).filter((owner) => owner.id !== id);
  if (owners.length > 0) {
    const reason = `The mapping gives ${namePeople([user])} the e-mail address ${email}, which is that of ${namePeople(owners)} in Keycloak: correct one of them.`;
    return none('conflict', reason);
  }
  const accounts = context.directory.accountsByEmail.get(email) ?? [];
  const [account, ...others] = accounts;
  const linked = context.linksByEmail.get(email)?.[0] ?? (account && context.linksOfAccount.get(account.id)?.[0]);
  if (linked !== undefined) return matchTaken(context, user, email, linked);
  const [returned] = findGone(context.goneByValue, user, context.settings);
  if (returned !== undefined) return matchReturned(context, user, email, returned);
  if (others.length > 0) {
    return none('conflict', 'Several Atlassian accounts have this e-mail address: it does not tell whose they are.');
  }
  if (account === undefined) return matchElsewhere(context, user, email);
  if (account.status === 'not-invited') return matchOutside(context, user, email, account);
  return matchExisting(context, user, email, account);
}

/** The account is linked to another Keycloak id: of somebody else, or of this person before an import anew. */
function matchTaken(context: MatchContext, user: SourceUser, email: string, link: AccountLink): Match {
  const found = findRelink(context, user, email, link);
  if (found === undefined) {
    const holder = context.users.get(link.sourceUserId);
    const whose = holder === undefined ? 'another Keycloak id' : namePeople([holder]);
    const reason = `The Atlassian account with the e-mail address ${email} of ${namePeople([user])} is linked to ${whose}: correct the address, or release the account.`;
    return none('conflict', reason, link);
  }
  return offerRelink(context, user, link, found);
}

/** Somebody who is gone was this person, under another Keycloak id and another address. */
function matchReturned(context: MatchContext, user: SourceUser, email: string, link: AccountLink): Match {
  const found = findRelink(context, user, email, link);
  if (found !== undefined) return offerRelink(context, user, link, found);
  const attribute = link.immutable?.attribute ?? '';
  const reason = `${namePeople([user])} has the ${attribute} of somebody who is gone from Keycloak and whose account (${link.email}) is linked: release that account, or correct ${attribute}.`;
  return none('conflict', reason, link);
}

function offerRelink(context: MatchContext, user: SourceUser, link: AccountLink, found: Found): Match {
  if (!isConfirmed(context, user, found.account)) {
    const reason = 'The Atlassian account is linked to another Keycloak id, which is gone: confirm the relink.';
    return none('conflict', reason, link, found.candidate);
  }
  return {
    kind: 'adopt',
    account: found.account,
    relinks: link.sourceUserId,
    ...(link.suspendedAt === undefined ? {} : { suspendedAt: link.suspendedAt }),
    ...(link.guest === undefined ? {} : { guest: true }),
    reason: 'An administrator confirmed that the person came back under a new Keycloak id.',
  };
}

function matchExisting(context: MatchContext, user: SourceUser, email: string, account: DirectoryAccount): Match {
  const protection = describeProtection(account);
  if (protection !== undefined) return none('protected', protection, account);
  if (context.openInvitations.has(email) && account.status === 'active') {
    return adopt(context, account, 'The account comes from an invitation of this connector that was cut off.');
  }
  const doubt = describeDoubt(context.settings, user, email, account);
  const found = doubt === undefined ? undefined : findUnproven(context, user, email, account);
  const confirmed = found !== undefined && isConfirmed(context, user, account);
  if (doubt !== undefined && !confirmed) return none('conflict', doubt, account, found?.candidate);
  const suspendedAt = findSuspension(context, user, account);
  if (account.status !== 'active' && suspendedAt === undefined) {
    const owner = context.foreign.accounts.get(account.id);
    const by = owner === undefined ? 'not by this connector' : `and ${nameConnector(context.foreign, owner)} owns it`;
    return none('blocked-by-hand', `The Atlassian account is ${describeStatus(account)}, ${by}.`, account);
  }
  const proof = confirmed
    ? 'An administrator confirmed that the account is the person’s.'
    : 'The account has the proven e-mail address of the Keycloak user.';
  const match = adopt(context, account, proof);
  return match.kind === 'adopt' && suspendedAt !== undefined ? { ...match, suspendedAt } : match;
}

/** An account that another connector owns is linked as its guest: this connector fills its own groups with it, no more. */
function adopt({ foreign }: MatchContext, account: DirectoryAccount, why: string): Match {
  const owner = foreign.accounts.get(account.id);
  if (owner === undefined) return { kind: 'adopt', account, reason: why };
  return { kind: 'adopt', account, guest: true, reason: `${why} It belongs to ${nameConnector(foreign, owner)}.` };
}

/** Nobody in the directory has the address; perhaps somebody in the organization has. */
function matchElsewhere(context: MatchContext, user: SourceUser, email: string): Match {
  const [account, ...others] = context.elsewhereByEmail.get(email) ?? [];
  const link = account === undefined ? undefined : context.linksOfAccount.get(account.id)?.[0];
  if (link !== undefined) return matchTaken(context, user, email, link);
  if (others.length > 0) {
    return none('conflict', 'Several Atlassian accounts have this e-mail address: it does not tell whose they are.');
  }
  return account === undefined ? matchNobody(context, email) : matchOutside(context, user, email, account);
}

/** The organization knows the account, the directory does not have it. */
function matchOutside(context: MatchContext, user: SourceUser, email: string, account: DirectoryAccount): Match {
  const protection = describeProtection(account);
  if (protection !== undefined) return none('protected', protection, account);
  const invitable = account.status === 'active' || account.status === 'not-invited';
  if (context.openInvitations.has(email) && invitable) {
    return adopt(context, account, 'The account comes from an invitation of this connector that was cut off.');
  }
  const invited = describeForeignInvitation(context, email);
  if (invited !== undefined) return invited;
  const owner = context.foreign.accounts.get(account.id);
  if (owner !== undefined) {
    const whose = nameConnector(context.foreign, owner);
    const reason = `The account belongs to ${whose} and is not in the directory any more: it is not invited from here.`;
    return none('blocked-by-hand', reason, account);
  }
  const doubt = describeDoubt(context.settings, user, email, account);
  if (doubt !== undefined) return none('conflict', doubt, account);
  if (!invitable) {
    const reason = `The organization has an account with this e-mail address that is ${describeStatus(account)}: it is not invited.`;
    return none('blocked-by-hand', reason, account);
  }
  return invite(
    context,
    'The account exists in the organization, with a proven e-mail address, and is not in the directory.',
  );
}

function matchNobody(context: MatchContext, email: string): Match {
  if (context.openInvitations.has(email)) {
    return none(
      'waiting',
      'An invitation may have been sent a moment ago; it is not repeated before Atlassian shows it.',
    );
  }
  const invited = describeForeignInvitation(context, email);
  if (invited !== undefined) return invited;
  if (!context.settings.emailDomains.includes(domainOf(email))) {
    return none('filtered', `The e-mail domain ${domainOf(email)} is not among the domains that may be invited.`);
  }
  return invite(context, 'Is in scope and has no Atlassian account.');
}

function describeForeignInvitation({ foreign }: MatchContext, email: string): Match | undefined {
  const by = foreign.invited.get(email);
  if (by === undefined) return undefined;
  const who = nameConnector(foreign, by);
  return none('waiting', `Is invited by ${who}; Atlassian does not show the account in the directory yet.`);
}

function invite(context: MatchContext, reason: string): Match {
  if (!context.settings.createAccounts) return none('filtered', 'Creating accounts is switched off.');
  return { kind: 'invite', reason };
}
