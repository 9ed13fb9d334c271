import { normalizeEmail } from './identity';
import type { DirectoryAccount } from './snapshot';

/** What differs and cannot be set from here (facts/atlassian.md): told once, never a change that comes back every night. */
export function compareProfile(
  wish: { readonly email: string; readonly displayName: string },
  account: DirectoryAccount,
): readonly string[] {
  const notes: string[] = [];
  const email = normalizeEmail(account.email);
  if (email !== undefined && email !== wish.email) {
    notes.push(
      `The e-mail address differs: ${wish.email} in Keycloak, ${email} in Atlassian. It cannot be set from here.`,
    );
  }
  if (account.name.trim() !== wish.displayName) {
    notes.push(
      `The name differs: "${wish.displayName}" in Keycloak, "${account.name}" in Atlassian. It cannot be set from here.`,
    );
  }
  return notes;
}
