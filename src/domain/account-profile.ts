import type { ProfileChanges, ValueChange } from './change';
import type { Profile, ProfileAttribute } from './mapping';
import type { DirectoryAccount } from './snapshot';

/** What an account says; an empty text where it says nothing. */
export function readProfileValue(account: DirectoryAccount, attribute: ProfileAttribute): string {
  return attribute === 'displayName' ? account.name.trim() : (account.profile?.[attribute] ?? '');
}

/** The account with other values; empty ones leave nothing behind. */
export function withProfile(account: DirectoryAccount, values: Profile): DirectoryAccount {
  const { displayName, ...others } = values;
  const { profile, ...rest } = account;
  const kept = Object.entries({ ...profile, ...others }).filter(([, text]) => text !== '');
  return {
    ...rest,
    ...(displayName === undefined ? {} : { name: displayName }),
    ...(kept.length === 0 ? {} : { profile: Object.fromEntries(kept) }),
  };
}

/** The attributes of a profile one by one. */
export function listProfile(profile: Profile): readonly (readonly [ProfileAttribute, string])[] {
  // `Object.entries` forgets the keys; they are those of the profile.
  return Object.entries(profile) as readonly (readonly [ProfileAttribute, string])[];
}

/** The changed attributes one by one. */
export function listFields(fields: ProfileChanges): readonly (readonly [ProfileAttribute, ValueChange])[] {
  // `Object.entries` forgets the keys; they are those of the record.
  return Object.entries(fields) as readonly (readonly [ProfileAttribute, ValueChange])[];
}

/** What the attributes say after the changes. */
export function valuesAfter(fields: ProfileChanges): Profile {
  return Object.fromEntries(listFields(fields).map(([attribute, { after }]) => [attribute, after]));
}

/** Whether the account says what the changes made it say. */
export function saysSo(account: DirectoryAccount, fields: ProfileChanges): boolean {
  return listFields(fields).every(([attribute, { after }]) => readProfileValue(account, attribute) === after);
}
