import { normalizeEmail } from './identity';
import type { SourceUser } from './snapshot';

export type MappedUser =
  | { readonly kind: 'mapped'; readonly email: string; readonly displayName: string; readonly active: boolean }
  | { readonly kind: 'unmappable'; readonly reason: string };

/**
 * The default attribute mapping: e-mail; display name from first and last name, else from the user name, else from the e-mail;
 * active from enabled. The e-mail comes out trimmed and in lower case.
 */
export function mapUser(user: SourceUser): MappedUser {
  const given = user.email?.trim() ?? '';
  if (given === '') return { kind: 'unmappable', reason: 'Has no e-mail address in Keycloak.' };
  const email = normalizeEmail(given);
  if (email === undefined) return { kind: 'unmappable', reason: 'The e-mail address in Keycloak is not a usable one.' };
  return { kind: 'mapped', email, displayName: chooseDisplayName(user, email).text, active: user.enabled };
}

/** The display name, with the attributes that it comes from. `email` is the normalized address. */
export function chooseDisplayName(
  user: SourceUser,
  email: string,
): { readonly text: string; readonly from: readonly ('firstName' | 'lastName' | 'username' | 'email')[] } {
  const full = squeeze(`${user.firstName ?? ''} ${user.lastName ?? ''}`);
  if (full !== '') return { text: full, from: ['firstName', 'lastName'] };
  // Realms with "e-mail as user name" would otherwise show addresses as names.
  const local = (text: string): string => text.slice(0, Math.max(text.lastIndexOf('@'), 0)) || text;
  const name = local(squeeze(user.username));
  return name === '' ? { text: local(email), from: ['email'] } : { text: name, from: ['username'] };
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
