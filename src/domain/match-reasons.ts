import type { UserProvisioning } from './connector';
import type { Wish } from './desired';
import { domainOf, normalizeEmail } from './identity';
import { federationOf } from './outage';
import type { DirectoryAccount, SourceUser } from './snapshot';

/** Why an address does not prove that account and user are one person; both sides must have verified it. */
export function describeDoubt(
  settings: UserProvisioning,
  user: SourceUser,
  email: string,
  account: DirectoryAccount,
): string | undefined {
  if (!settings.emailDomains.includes(domainOf(email))) {
    return `An Atlassian account has this e-mail address, and the domain ${domainOf(email)} is not among the listed ones.`;
  }
  const claim = describeUnproven(settings, user, email);
  if (claim !== undefined) return `An Atlassian account has this e-mail address, and ${claim}`;
  if (!account.emailVerified && !account.claimed) {
    return 'An Atlassian account has this e-mail address, and Atlassian has not verified that it is the account’s.';
  }
  return undefined;
}

/** Why Keycloak does not prove that an address is the user's; begins in the middle of a sentence. */
export function describeUnproven(settings: UserProvisioning, user: SourceUser, email: string): string | undefined {
  if (normalizeEmail(user.email) !== email) {
    return 'the mapping makes it of something else than Keycloak’s own e-mail: nothing proves that it is the user’s.';
  }
  const federation = federationOf(user.id, user.federationLink);
  if (!user.emailVerified && (federation === undefined || !settings.trustedFederations.includes(federation))) {
    return 'Keycloak has not verified that it is the user’s.';
  }
  return undefined;
}

/** Why somebody without a link is given no account. */
export function describeFiltered(wish: Wish): string {
  switch (wish.kind) {
    case 'unmappable':
      return wish.reason;
    case 'inactive':
      return 'Is disabled in Keycloak and has no linked account.';
    case 'out-of-scope':
      return wish.reason ?? 'Is not in scope.';
    case 'absent':
    case 'account':
      return 'Is not in scope.';
  }
}

/** What became of an account, as a word after "is". */
export function describeStatus(account: DirectoryAccount): string {
  switch (account.status) {
    case 'suspended':
      return 'suspended';
    case 'deactivated':
      return 'deactivated';
    case 'for-deletion':
      return 'scheduled for deletion';
    case 'active':
    case 'not-invited':
      return 'not invited';
  }
}

/** People of Keycloak in a sentence. */
export function namePeople(users: readonly SourceUser[]): string {
  return users.map(({ username }) => `"${username}"`).join(' and ');
}

/** An Atlassian account in a sentence. */
export function nameAccount({ id, name, email }: DirectoryAccount): string {
  return `the Atlassian account "${name}" (${email ?? id})`;
}
