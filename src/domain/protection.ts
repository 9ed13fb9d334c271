import type { DirectoryAccount } from './snapshot';

/** Why an account must never be adopted, invited or written, as a sentence (promise 11); `undefined` when it may. */
export function describeProtection(account: DirectoryAccount): string | undefined {
  if (!account.person) return 'The Atlassian account is no person.';
  if (account.platformRoles.length > 0) {
    return `The Atlassian account has an administrative role (${account.platformRoles.join(', ')}).`;
  }
  if (account.synced) return 'The Atlassian account is synced by another identity provider.';
  return undefined;
}
