import { readFileSync } from 'node:fs';
import type { NewAccount } from './create';
import { normalizeHeader, parseCsv } from './csv';
import { createOrganization, type Organization, type Surroundings } from './organization';

/** Header names that are understood, the one of Atlassian's export first. Case, spaces and signs do not matter. */
const columns = {
  id: ['User id', 'Account id', 'Atlassian account id'],
  name: ['User name', 'Display name', 'Name', 'Full name'],
  email: ['email', 'Email address', 'User email'],
  status: ['User status', 'Status', 'Account status'],
  added: ['Added to org', 'Added to organization', 'Created'],
  role: ['Org role', 'Organization role', 'Role'],
  group: ['Group name', 'Group', 'Groups'],
  groupId: ['Group id'],
} as const;

type Column = keyof typeof columns;
type Row = Readonly<Record<string, string>>;

function cell(row: Row, column: Column): string {
  for (const name of columns[column]) {
    const value = row[normalizeHeader(name)];
    if (value !== undefined && value !== '') return value;
  }
  return '';
}

function readRows(file: string, what: string, needed: readonly Column[]): readonly Row[] {
  const rows = parseCsv(readFileSync(file, 'utf8'));
  const first = rows[0];
  if (!first) throw new Error(`The ${what} export ${file} has no rows.`);
  for (const column of needed) {
    const known = columns[column].map(normalizeHeader).some((name) => name in first);
    if (!known)
      throw new Error(
        `The ${what} export ${file} needs a column "${columns[column][0]}" (or ${columns[column].slice(1).join(', ')}).`,
      );
  }
  return rows;
}

function readAccount(row: Row): NewAccount {
  const status = cell(row, 'status').toLowerCase();
  const role = cell(row, 'role').toLowerCase();
  const added = Date.parse(cell(row, 'added'));
  const id = cell(row, 'id');
  const name = cell(row, 'name');
  const outside = status === 'not invited' || status === 'no membership';
  return {
    email: cell(row, 'email'),
    ...(name === '' ? {} : { name }),
    ...(id === '' ? {} : { id }),
    ...(Number.isNaN(added) ? {} : { addedAt: new Date(added).toISOString() }),
    status: status === 'suspended' ? 'suspended' : 'active',
    accountStatus: status === 'deactivated' || status === 'inactive' ? 'inactive' : 'active',
    platformRoles: role.includes('admin') ? ['atlassian/org-admin'] : [],
    ...(role.includes('admin') ? { productAdmin: ['jira', 'confluence'] as const } : {}),
    ...(outside ? { directories: [] } : {}),
  };
}

export interface CsvExport {
  readonly accounts: readonly NewAccount[];
  readonly groups: readonly { readonly name: string; readonly id?: string }[];
  /** Pairs of group name and address. */
  readonly memberships: readonly { readonly group: string; readonly email: string }[];
}

/**
 * Reads Atlassian's exports of users and of group memberships. The users file needs `email`, the groups file `Group name`
 * and `email` or `User id`; everything else is used when it is there. A users file with group columns alone will do, too:
 * several names in one cell are separated by `;`. Throws an error that names the missing column.
 */
export function readCsvExport(usersFile: string, groupsFile?: string): CsvExport {
  const users = readRows(usersFile, 'users', ['email']).filter((row) => cell(row, 'email') !== '');
  const accounts = [...new Map(users.map((row) => [cell(row, 'email').toLowerCase(), readAccount(row)])).values()];
  const rows = groupsFile === undefined ? users : readRows(groupsFile, 'groups', ['group']);
  const emailById = new Map(users.map((row) => [cell(row, 'id'), cell(row, 'email')]));
  const groups = new Map<string, { readonly name: string; readonly id?: string }>();
  const memberships: { readonly group: string; readonly email: string }[] = [];
  for (const row of rows) {
    const id = cell(row, 'groupId');
    const email = cell(row, 'email') || emailById.get(cell(row, 'id'));
    for (const name of cell(row, 'group')
      .split(';')
      .map((each) => each.trim())) {
      if (name === '') continue;
      if (!groups.has(name.toLowerCase())) groups.set(name.toLowerCase(), id === '' ? { name } : { name, id });
      if (email !== undefined && email !== '') memberships.push({ group: name, email });
    }
  }
  return { accounts, groups: [...groups.values()], memberships };
}

/** An organization filled from an export; every domain in it counts as verified unless `verifiedDomains` says otherwise. */
export function createFromExport(
  data: CsvExport,
  options: Surroundings & { readonly key?: string; readonly verifiedDomains?: readonly string[] } = {},
): Organization {
  const domains = new Set(data.accounts.map((account) => account.email.split('@').at(-1)?.toLowerCase() ?? ''));
  const organization = createOrganization({ verifiedDomains: [...domains], ...options });
  for (const account of data.accounts) organization.addAccount(account);
  for (const group of data.groups) organization.addGroup(group);
  for (const { group, email } of data.memberships)
    if (organization.account(email)) organization.addMember(group, email);
  return organization;
}
