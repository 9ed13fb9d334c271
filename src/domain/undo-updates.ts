import { listFields, readProfileValue } from './account-profile';
import type { Change } from './change';
import type { DirectoryIndex } from './directory-index';
import { domainOf, normalizeEmail } from './identity';
import type { AccountLink } from './link';
import { addressOfLink } from './match-context';
import type { PlanInput } from './planning';
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
  { source, directory, links, settings }: PlanInput,
  index: DirectoryIndex,
  account: DirectoryAccount,
  link: AccountLink,
  { before, after, user }: EmailUpdate,
): Undone {
  if (!isOurs(account, link) || normalizeEmail(account.email) !== after) return { notes: [] };
  const stays = (why: string): Undone => ({ notes: [`The e-mail address stays ${after}: ${why}`] });
  const isWhole = source.removals.kind === 'allowed' && directory.removals.kind === 'allowed';
  if (!isWhole || links.issuer !== source.issuer) return stays('a read is in doubt.');
  if (!settings.users.emailDomains.includes(domainOf(before))) {
    return stays(`the domain ${domainOf(before)} is not among the listed ones.`);
  }
  const others = [
    ...(index.accountsByEmail.get(before) ?? []).map(({ id }) => id),
    ...links.accounts.flatMap((each) => (addressOfLink({ directory: index }, each) === before ? each.accountId : [])),
  ].filter((id) => id !== account.id);
  if (others.length > 0) return stays(`somebody else has ${before} now.`);
  const reason = 'Undo: the run had changed it.';
  return {
    change: { kind: 'update-email', user, accountId: account.id, before: after, after: before, reason },
    notes: [`The e-mail address goes back to ${before}: Atlassian signs the person out everywhere once more.`],
  };
}

/** Whether a person's account is one that may still be written. */
function isOurs(account: DirectoryAccount, link: AccountLink): boolean {
  return account.claimed && account.emailVerified && account.status === 'active' && link.guest === undefined;
}
