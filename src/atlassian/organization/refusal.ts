import type { Refusal } from '../../sync/ports';

export type RefusalCode =
  | 'licence-limit'
  | 'synced-group'
  | 'not-modifiable'
  | 'exists'
  | 'not-found'
  | 'forbidden'
  | 'protected'
  | 'invalid'
  | 'known-address'
  | 'not-invited'
  | 'not-settable';

export function refuse(code: RefusalCode, message: string): Refusal {
  return { kind: 'refused', code, message };
}

export const licenceLimit = (what: string): Refusal =>
  refuse('licence-limit', `${what}: the user limit of an app is reached. Add licences or free some, then sync again.`);

export const forbidden = (what: string): Refusal =>
  refuse(
    'forbidden',
    `${what}: Atlassian forbids it to this key. Check that the key has no scopes and that its owner is still an organization admin.`,
  );

/** Codes of the two licence limits, User management's and the organization's (facts 4.9). */
export function isLicenceCode(code: string): boolean {
  return code === 'ADMIN-UAM-409-3' || code === 'ADMIN-409-3' || code === 'ADMIN-400-32';
}
