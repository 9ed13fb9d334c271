import type { AccountLink, Immutable } from './link';
import type { SourceUser } from './snapshot';
import { readValues } from './source-attributes';

/** Links keep the value, and what tells one person from all others is short. */
const longestImmutable = 255;

/** What tells a person under any Keycloak id, where the settings name an attribute and the person has one value of it, not too long. */
export function readImmutable(user: SourceUser, attribute: string | undefined): Immutable | undefined {
  if (attribute === undefined) return undefined;
  const [value, ...others] = readValues(user, attribute);
  if (value === undefined || others.length > 0 || value.length > longestImmutable) return undefined;
  return { attribute, value };
}

/** The link with what tells the person; a value that is kept already stays, unless it is of another attribute. */
export function keepImmutable(link: AccountLink, seen: Immutable | undefined): AccountLink {
  if (seen === undefined || link.immutable?.attribute === seen.attribute) return link;
  return { ...link, immutable: seen };
}

export function isSamePerson(link: AccountLink, seen: Immutable | undefined): boolean {
  return seen !== undefined && link.immutable?.attribute === seen.attribute && link.immutable.value === seen.value;
}
