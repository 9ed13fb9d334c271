import * as v from 'valibot';

/** The roles that a reader needs (`view-users` brings the two others), and those of optional features that read alone. */
const needed: ReadonlySet<string> = new Set([
  'view-users',
  'query-users',
  'query-groups',
  'view-events',
  'view-organizations',
  'query-organizations',
]);

const roles = v.object({ roles: v.array(v.string()) });
const claimsSchema = v.object({
  realm_access: v.optional(roles),
  resource_access: v.optional(v.record(v.string(), roles)),
});

/**
 * Administrative roles in an access token beyond those that a reader needs, for the client that holds the roles of `realm`.
 * Proves excess, never the lack of it: lightweight tokens carry no roles and still work.
 */
export function findExcessRoles(accessToken: string, realm: string): readonly string[] {
  const claims = v.safeParse(claimsSchema, parseClaims(accessToken));
  if (!claims.success) return [];
  const { realm_access, resource_access } = claims.output;
  const granted = ['realm-management', `${realm}-realm`].flatMap((client) => resource_access?.[client]?.roles ?? []);
  const ofServer = (realm_access?.roles ?? []).filter((role) => role === 'admin' || role === 'create-realm');
  return [...new Set([...ofServer, ...granted.filter((role) => !needed.has(role))])].sort();
}

function parseClaims(accessToken: string): unknown {
  try {
    const payload = accessToken.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
