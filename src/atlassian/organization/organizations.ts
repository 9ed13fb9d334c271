import type { Secret } from '../../domain/secret';
import type { HttpClient } from '../../http/http';
import { directoryPageSchema, organizationPageSchema, userPageSchema, workspacePageSchema } from './answers';
import type { Connection } from './connection';
import { openConnection } from './connection';
import { readAllPages, readCursor } from './page';
import { organizationPath } from './scope';

/** An organization of the key with what can be chosen in it: the directory, and the product access that invitations give. */
export interface FoundOrganization {
  readonly orgId: string;
  readonly name: string;
  readonly directories: readonly { readonly directoryId: string; readonly name: string }[];
  readonly products: readonly { readonly resource: string; readonly name: string }[];
}

/** All organizations of the key. Throws `DirectoryError`. */
export async function readOrganizations(http: HttpClient, key: Secret): Promise<readonly FoundOrganization[]> {
  const connection = openConnection({ http, key });
  const organizations = await readAllPages(connection, '/v1/orgs', {}, organizationPageSchema);
  const found: FoundOrganization[] = [];
  for (const { id, attributes } of organizations) {
    found.push({
      orgId: id,
      name: attributes.name ?? id,
      directories: await readDirectories(connection, id),
      products: await readProducts(connection, id),
    });
  }
  return found;
}

export async function readDirectories(
  connection: Connection,
  orgId: string,
): Promise<FoundOrganization['directories']> {
  const path = `${organizationPath(orgId)}/directories`;
  const directories = await readAllPages(connection, path, { limit: '100' }, directoryPageSchema);
  return directories.map(({ directoryId, name }) => ({ directoryId, name: name ?? directoryId }));
}

async function readProducts(connection: Connection, orgId: string): Promise<FoundOrganization['products']> {
  const path = `${organizationPath(orgId)}/workspaces`;
  const products: { resource: string; name: string }[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    // A cursor must be the only property (facts 4.1).
    const body = cursor === undefined ? { limit: 1_000 } : { cursor };
    const page = await connection.read({ method: 'POST', path, body, repeatable: true }, workspacePageSchema);
    for (const { id, attributes } of page.data) {
      if (attributes.status === 'deprecated') continue;
      const place = attributes.hostUrl ?? attributes.name ?? id;
      products.push({ resource: id, name: `${attributes.typeKey ?? 'Product'} · ${place}` });
    }
    cursor = readCursor(page.links?.next ?? '');
    if (cursor !== undefined && seen.has(cursor)) cursor = undefined;
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return products;
}

/**
 * Whether the account is an active organization administrator now, as the key sees it. Fails closed: whatever the answer
 * does not plainly say is no, and without an answer it throws `DirectoryError`.
 */
export async function isOrganizationAdmin(
  http: HttpClient,
  key: Secret,
  orgId: string,
  accountId: string,
): Promise<boolean> {
  if (orgId === '' || accountId === '') return false;
  const page = await openConnection({ http, key }).read(
    {
      method: 'POST',
      path: `${organizationPath(orgId)}/directories/-/users/search`,
      body: { accountIds: [accountId], expand: ['platformRoles'], limit: 10 },
      repeatable: true,
    },
    userPageSchema,
  );
  return page.data.some(
    (user) =>
      user.accountId === accountId &&
      user.accountType === 'atlassian' &&
      user.status === 'active' &&
      (user.platformRoles ?? []).includes('atlassian/org-admin'),
  );
}
