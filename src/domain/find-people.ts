import type { PersonChoice } from './explanation';
import { normalizeEmail } from './identity';
import type { AccountLink, Links } from './link';
import type { SourceSnapshot, SourceUser } from './snapshot';

/**
 * Everybody whose user name, e-mail address, Keycloak id or linked Atlassian account id is exactly this text. Names and addresses
 * in any case, as Keycloak compares them. People who are gone from Keycloak are found by their link.
 */
export function findPeople(source: SourceSnapshot, links: Links, asked: string): readonly PersonChoice[] {
  const text = asked.trim();
  const any = text.toLowerCase();
  const email = normalizeEmail(text);
  const linked = new Set(
    links.accounts.filter((link) => isAskedFor(link, text, email)).map((link) => link.sourceUserId),
  );
  // A link says what was; whoever has the address now is who is meant, and both are shown.
  const found = source.users.filter(
    (user) =>
      user.id === text ||
      user.username.toLowerCase() === any ||
      (email !== undefined && normalizeEmail(user.email) === email) ||
      linked.has(user.id),
  );
  const present = new Set(source.users.map((user) => user.id));
  const gone = links.accounts.filter((link) => linked.has(link.sourceUserId) && !present.has(link.sourceUserId));
  return [...found.map(describeUser), ...gone.map(describeGone)];
}

function isAskedFor(link: AccountLink, text: string, email: string | undefined): boolean {
  return link.sourceUserId === text || link.accountId === text || (email !== undefined && link.email === email);
}

export function describeUser(user: SourceUser): PersonChoice {
  const { id, username, email, enabled } = user;
  const name = `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim();
  return {
    user: id,
    name: name === '' ? username : name,
    username,
    ...(email === undefined ? {} : { email }),
    state: enabled ? 'enabled' : 'disabled',
  };
}

export function describeGone(link: AccountLink): PersonChoice {
  return { user: link.sourceUserId, name: link.email, email: link.email, state: 'gone' };
}
