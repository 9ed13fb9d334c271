import { listFields, readProfileValue } from './account-profile';
import type { Change } from './change';
import type { DirectoryIndex } from './directory-index';
import { domainOf, normalizeEmail } from './identity';
import type { AccountLink } from './link';
import { addressOf, type MappedPeople } from './map-people';
import { addressOfLink } from './match-context';
import type { PlanInput } from './planning';
import { findOpenInvitations } from './recent';
import type { DirectoryAccount } from './snapshot';
import { describeUnwritable } from './unwritable';

type ProfileUpdate = Extract<Change, { readonly kind: 'update-profile' }>;
type EmailUpdate = Extract<Change, { readonly kind: 'update-email' }>;

export interface Undone {
  readonly change?: Change;
  /** What stays as the run made it, and what the undo means for the person; sentences. */
  readonly notes: readonly string[];
}

/** Puts back the values that still stand as the run set them; those that cannot be empty stay where there was none. */
export function undoProfile(account: DirectoryAccount, link: AccountLink, { fields, user }: ProfileUpdate): Undone {
  if (!isOurs(account, link)) return { notes: [] };
  const standing = listFields(fields).filter(
    ([attribute, { after }]) => readProfileValue(account, attribute) === after,
  );
  const back = standing.filter(([attribute, { before = '' }]) => describeUnwritable(attribute, before) === undefined);
  const notes =
    back.length === standing.length ? [] : ['Some of the profile stays: Atlassian does not let it be empty again.'];
  if (back.length === 0) return { notes };
  const restored = Object.fromEntries(
    back.map(([attribute, { before = '', after }]) => [
      attribute,
      { ...(after === '' ? {} : { before: after }), after: before },
    ]),
  );
  const reason = 'Undo: the run had changed it.';
  return { change: { kind: 'update-profile', user, accountId: account.id, fields: restored, reason }, notes };
}

/** Gives the address back by the rules of every other change of address, but for Keycloak's word, which is the new one. */
export function undoEmail(
  input: PlanInput,
  sides: { readonly directory: DirectoryIndex; readonly mapped: MappedPeople },
  account: DirectoryAccount,
  link: AccountLink,
  { before, after, user }: EmailUpdate,
): Undone {
  const { source, directory, links, settings } = input;
  if (!isOurs(account, link) || normalizeEmail(account.email) !== after) return { notes: [] };
  const stays = (why: string): Undone => ({ notes: [`The e-mail address stays ${after}: ${why}`] });
  const isWhole = source.removals.kind === 'allowed' && directory.removals.kind === 'allowed';
  if (!isWhole || links.issuer !== source.issuer) return stays('a read is in doubt.');
  if (!settings.users.emailDomains.includes(domainOf(before))) {
    return stays(`the domain ${domainOf(before)} is not among the listed ones.`);
  }
  if (isTaken(input, sides, account, link, before)) return stays(`somebody else has ${before} now.`);
  const reason = 'Undo: the run had changed it.';
  return {
    change: { kind: 'update-email', user, accountId: account.id, before: after, after: before, reason },
    notes: [`The e-mail address goes back to ${before}: Atlassian signs the person out everywhere once more.`],
  };
}

/** Whether an address is another one's on either side by now, or is promised to somebody. */
function isTaken(
  { source, links, foreign, recent, now }: PlanInput,
  { directory, mapped }: { readonly directory: DirectoryIndex; readonly mapped: MappedPeople },
  { id: own }: DirectoryAccount,
  { sourceUserId: user }: AccountLink,
  email: string,
): boolean {
  return (
    (directory.accountsByEmail.get(email) ?? []).some(({ id }) => id !== own) ||
    links.accounts.some((each) => each.accountId !== own && addressOfLink({ directory }, each) === email) ||
    source.users.some(
      (each) => each.id !== user && [normalizeEmail(each.email), addressOf(each, mapped)].includes(email),
    ) ||
    foreign.invited.has(email) ||
    findOpenInvitations(recent, now).has(email)
  );
}

/** Whether a person's account is one that may still be written. */
function isOurs(account: DirectoryAccount, link: AccountLink): boolean {
  return account.claimed && account.emailVerified && account.status === 'active' && link.guest === undefined;
}
