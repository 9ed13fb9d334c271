import type { UserProvisioning } from './connector';
import type { Wish } from './desired';
import { indexByEmail, type DirectoryIndex } from './directory-index';
import { domainOf, normalizeEmail, type AccountId, type SourceUserId } from './identity';
import type { AccountLink, Links } from './link';
import { describeDoubt, describeFiltered, describeStatus } from './match-reasons';
import { describeProtection } from './protection';
import type { DirectoryAccount, SourceSnapshot, SourceUser } from './snapshot';

/** Which account a person of the source has, or may get. Reasons are sentences. */
export type Match =
  | { readonly kind: 'linked'; readonly link: AccountLink; readonly account?: DirectoryAccount }
  | { readonly kind: 'adopt'; readonly account: DirectoryAccount; readonly reason: string }
  | { readonly kind: 'invite'; readonly reason: string }
  | { readonly kind: 'none'; readonly operation: NoMatch; readonly reason: string; readonly account?: AccountId };

type NoMatch = 'conflict' | 'protected' | 'blocked-by-hand' | 'filtered' | 'waiting';

export interface MatchInput {
  readonly source: SourceSnapshot;
  readonly wishes: ReadonlyMap<SourceUserId, Wish>;
  readonly links: Links;
  readonly directory: DirectoryIndex;
  readonly elsewhere: readonly DirectoryAccount[];
  /** Addresses of our own invitations that may have been sent without an answer. */
  readonly openInvitations: ReadonlySet<string>;
  readonly settings: UserProvisioning;
}

/** Matches everybody who has a wish: by link, then by e-mail. An e-mail that proves nothing is a conflict, never a guess. */
export function matchPeople(input: MatchInput): ReadonlyMap<SourceUserId, Match> {
  const context = openContext(input);
  const matches = new Map<SourceUserId, Match>();
  for (const [user, wish] of input.wishes) {
    const link = context.linkOf.get(user);
    matches.set(user, link === undefined ? matchUnlinked(context, user, wish) : matchLinked(context, link));
  }
  return matches;
}

interface Context extends MatchInput {
  readonly users: ReadonlyMap<SourceUserId, SourceUser>;
  readonly linkOf: ReadonlyMap<SourceUserId, AccountLink>;
  readonly linksOfAccount: ReadonlyMap<AccountId, readonly AccountLink[]>;
  readonly linksByEmail: ReadonlyMap<string, readonly AccountLink[]>;
  readonly elsewhereByEmail: ReadonlyMap<string, readonly DirectoryAccount[]>;
  /** How many people of the source have an address. */
  readonly holders: ReadonlyMap<string, number>;
  /** Linked accounts whose address an unlinked person in scope has: both wait for an administrator. */
  readonly contested: ReadonlySet<AccountId>;
}

function openContext(input: MatchInput): Context {
  const linksOfAccount = new Map<AccountId, AccountLink[]>();
  const linksByEmail = new Map<string, AccountLink[]>();
  for (const link of input.links.accounts) {
    linksOfAccount.set(link.accountId, [...(linksOfAccount.get(link.accountId) ?? []), link]);
    const emails = new Set([link.email, normalizeEmail(input.directory.account.get(link.accountId)?.email)]);
    for (const email of emails) {
      if (email !== undefined) linksByEmail.set(email, [...(linksByEmail.get(email) ?? []), link]);
    }
  }
  const holders = new Map<string, number>();
  for (const user of input.source.users) {
    const email = normalizeEmail(user.email);
    if (email !== undefined) holders.set(email, (holders.get(email) ?? 0) + 1);
  }
  const linkOf = new Map(input.links.accounts.map((link) => [link.sourceUserId, link]));
  const contested = new Set<AccountId>();
  for (const [user, wish] of input.wishes) {
    if (wish.kind !== 'account' || linkOf.has(user)) continue;
    for (const link of linksByEmail.get(wish.email) ?? []) contested.add(link.accountId);
  }
  return {
    ...input,
    users: new Map(input.source.users.map((user) => [user.id, user])),
    linkOf,
    linksOfAccount,
    linksByEmail,
    elsewhereByEmail: indexByEmail(input.elsewhere),
    holders,
    contested,
  };
}

function matchLinked(context: Context, link: AccountLink): Match {
  if ((context.linksOfAccount.get(link.accountId)?.length ?? 0) > 1) {
    return none('conflict', 'The Atlassian account is linked to more than one Keycloak user: remove one link.', link);
  }
  const account = context.directory.account.get(link.accountId);
  const protection = account === undefined ? undefined : describeProtection(account);
  if (protection !== undefined) return none('protected', protection, link);
  if (context.contested.has(link.accountId)) {
    return none('conflict', 'Another Keycloak user has the e-mail address of this account: confirm whose it is.', link);
  }
  // An account that is listed without an invitation is in no directory.
  if (account === undefined || account.status === 'not-invited') return { kind: 'linked', link };
  return { kind: 'linked', link, account };
}

function matchUnlinked(context: Context, id: SourceUserId, wish: Wish): Match {
  const user = context.users.get(id);
  if (user === undefined || wish.kind !== 'account') return none('filtered', describeFiltered(wish));
  const { email } = wish;
  if ((context.holders.get(email) ?? 0) > 1) {
    return none('conflict', 'Several Keycloak users have this e-mail address: give each of them an own one.');
  }
  const accounts = context.directory.accountsByEmail.get(email) ?? [];
  const [account, ...others] = accounts;
  const relinked = context.linksByEmail.get(email)?.[0] ?? (account && context.linksOfAccount.get(account.id)?.[0]);
  if (relinked !== undefined) {
    return none('conflict', 'The Atlassian account is linked to another Keycloak id: confirm the relink.', relinked);
  }
  if (others.length > 0) {
    return none('conflict', 'Several Atlassian accounts have this e-mail address: it does not tell whose they are.');
  }
  if (account === undefined) return matchElsewhere(context, user, email);
  if (account.status === 'not-invited') return matchOutside(context, user, email, account);
  return matchExisting(context, user, email, account);
}

function matchExisting(context: Context, user: SourceUser, email: string, account: DirectoryAccount): Match {
  const protection = describeProtection(account);
  if (protection !== undefined) return none('protected', protection, account);
  if (context.openInvitations.has(email) && account.status === 'active') {
    return {
      kind: 'adopt',
      account,
      reason: 'The account comes from an invitation of this connector that was cut off.',
    };
  }
  const doubt = describeDoubt(context.settings, user, email, account);
  if (doubt !== undefined) return none('conflict', doubt, account);
  if (account.status !== 'active') {
    return none(
      'blocked-by-hand',
      `The Atlassian account is ${describeStatus(account)}, not by this connector.`,
      account,
    );
  }
  return { kind: 'adopt', account, reason: 'The account has the proven e-mail address of the Keycloak user.' };
}

/** Nobody in the directory has the address; perhaps somebody in the organization has. */
function matchElsewhere(context: Context, user: SourceUser, email: string): Match {
  const [account, ...others] = context.elsewhereByEmail.get(email) ?? [];
  const link = account === undefined ? undefined : context.linksOfAccount.get(account.id)?.[0];
  if (link !== undefined) {
    return none('conflict', 'The Atlassian account is linked to another Keycloak id: confirm the relink.', link);
  }
  if (others.length > 0) {
    return none('conflict', 'Several Atlassian accounts have this e-mail address: it does not tell whose they are.');
  }
  return account === undefined ? matchNobody(context, email) : matchOutside(context, user, email, account);
}

/** The organization knows the account, the directory does not have it. */
function matchOutside(context: Context, user: SourceUser, email: string, account: DirectoryAccount): Match {
  const protection = describeProtection(account);
  if (protection !== undefined) return none('protected', protection, account);
  const invitable = account.status === 'active' || account.status === 'not-invited';
  if (context.openInvitations.has(email) && invitable) {
    return {
      kind: 'adopt',
      account,
      reason: 'The account comes from an invitation of this connector that was cut off.',
    };
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

function matchNobody(context: Context, email: string): Match {
  if (context.openInvitations.has(email)) {
    return none(
      'waiting',
      'An invitation may have been sent a moment ago; it is not repeated before Atlassian shows it.',
    );
  }
  if (!context.settings.emailDomains.includes(domainOf(email))) {
    return none('filtered', `The e-mail domain ${domainOf(email)} is not among the domains that may be invited.`);
  }
  return invite(context, 'Is in scope and has no Atlassian account.');
}

function invite(context: Context, reason: string): Match {
  if (!context.settings.createAccounts) return none('filtered', 'Creating accounts is switched off.');
  return { kind: 'invite', reason };
}

function none(
  operation: NoMatch,
  reason: string,
  owner?: { readonly accountId: AccountId } | { readonly id: AccountId },
): Match {
  if (owner === undefined) return { kind: 'none', operation, reason };
  return { kind: 'none', operation, reason, account: 'id' in owner ? owner.id : owner.accountId };
}
