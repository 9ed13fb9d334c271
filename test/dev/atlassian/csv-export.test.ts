import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from '../../../dev/atlassian/csv';
import { createFromExport, readCsvExport } from '../../../dev/atlassian/csv-export';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const users = [
  'User id,User name,email,User status,Added to org,Org role,Last seen in Jira - example',
  '712020:1,"Ann, the ""first""",ann@example.com,Active,01 Feb 2024,Org admin,',
  '712020:2,Ben,ben@example.com,Suspended,2024-02-01,User,',
  '712020:3,Cat,cat@example.com,Deactivated,,User,',
].join('\r\n');

describe('Exports of Atlassian fill an organization', () => {
  it('users with their state, groups with their members', () => {
    const groups = 'Group name,User name,Email address\nteam,Ann,ann@example.com\nteam,Ben,ben@example.com\nempty,,\n';
    const organization = createFromExport(readCsvExport(file('users.csv', users), file('groups.csv', groups)));
    const common = { emailVerified: true, claimed: true, signedOut: 0 };
    expect(organization.snapshot()).toEqual({
      accounts: [
        {
          ...common,
          email: 'ann@example.com',
          name: 'Ann, the "first"',
          accountStatus: 'active',
          platformRoles: ['atlassian/org-admin'],
          directories: { 'Example Directory': 'active' },
          groups: ['team'],
        },
        {
          ...common,
          email: 'ben@example.com',
          name: 'Ben',
          accountStatus: 'active',
          platformRoles: [],
          directories: { 'Example Directory': 'suspended' },
          groups: ['team'],
        },
        {
          ...common,
          email: 'cat@example.com',
          name: 'Cat',
          accountStatus: 'inactive',
          platformRoles: [],
          directories: { 'Example Directory': 'active' },
          groups: [],
        },
      ],
      groups: [
        { directory: 'Example Directory', name: 'empty', description: '', members: [] },
        {
          directory: 'Example Directory',
          name: 'team',
          description: '',
          members: ['ann@example.com', 'ben@example.com'],
        },
      ],
    });
    expect(organization.account('ann@example.com')?.id).toBe('712020:1');
  });

  it('groups by user id, and header names of any case and spelling', () => {
    const data = readCsvExport(
      file('users.csv', '\uFEFFUSER_ID,Email Address\n7,ann@example.com\n'),
      file('groups.csv', 'group_id,GROUP NAME,user id\ng-1,team,7\n'),
    );
    expect([data.groups, data.memberships]).toEqual([
      [{ name: 'team', id: 'g-1' }],
      [{ group: 'team', email: 'ann@example.com' }],
    ]);
  });

  it('a users file with a column of groups is enough', () => {
    const data = readCsvExport(file('users.csv', 'email,Groups\nann@example.com,red; blue\n'));
    expect(data.memberships).toEqual([
      { group: 'red', email: 'ann@example.com' },
      { group: 'blue', email: 'ann@example.com' },
    ]);
  });

  it.each([
    ['a users file without addresses', 'User id\n1\n', undefined, 'needs a column "email"'],
    [
      'a groups file without group names',
      'email\na@example.com\n',
      'email\na@example.com\n',
      'needs a column "Group name"',
    ],
    ['an empty file', 'email\n', undefined, 'has no rows'],
  ])('%s is refused with the reason', (_, usersText, groupsText, message) => {
    const groups = groupsText === undefined ? undefined : file('groups.csv', groupsText);
    expect(() => readCsvExport(file('users.csv', usersText), groups)).toThrow(message);
  });
});

describe('CSV', () => {
  it.each([
    ['quotes, commas and line breaks inside quotes', 'a,b\n"x,""y""\nz",2\n', [{ a: 'x,"y"\nz', b: '2' }]],
    ['empty cells at the end', 'a,b,c\n1,,\n', [{ a: '1', b: '', c: '' }]],
    ['no line break at the end', 'a\n1', [{ a: '1' }]],
    ['blank lines', 'a\n\n1\n\n', [{ a: '1' }]],
  ])('%s', (_, text, expected) => {
    expect(parseCsv(text)).toEqual(expected);
  });

  it('a quote in the middle of a cell is an error', () => {
    expect(() => parseCsv('a\nx"y\n')).toThrow('broken in row 2');
  });
});
