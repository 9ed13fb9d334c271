import { normalizeEmail } from './identity';
import type { Profile } from './mapping';
import type { DirectoryAccount } from './snapshot';

/** What differs and cannot be set from here (facts/atlassian.md): told once, never a change that comes back every night. */
export function compareProfile(
  wish: { readonly email: string; readonly profile: Profile },
  account: DirectoryAccount,
): readonly string[] {
  const notes: string[] = [];
  const email = normalizeEmail(account.email);
  if (email !== undefined && email !== wish.email) {
    notes.push(
      `The e-mail address differs: ${wish.email} in Keycloak, ${email} in Atlassian. It cannot be set from here.`,
    );
  }
  const { displayName } = wish.profile;
  if (displayName !== undefined && account.name.trim() !== displayName) {
    notes.push(
      `The name differs: "${displayName}" in Keycloak, "${account.name}" in Atlassian. It cannot be set from here.`,
    );
  }
  return notes;
}
