import { sampleDomain, sampleRealm } from './sample';

/** An Atlassian account that exists before the first sync, in plain words. */
export interface SeedAccount {
  readonly email: string;
  readonly name: string;
  /** Whether the organization manages the account, that is, owns the domain of its e-mail. */
  readonly managed: boolean;
  readonly status: 'active' | 'suspended' | 'deactivated';
  /** Names of the groups below. */
  readonly groups: readonly string[];
}

export interface SeedGroup {
  readonly name: string;
  readonly description: string;
  /** What membership gives: administration, use of a product (new accounts get it by default), or nothing. */
  readonly grants: 'administration' | 'product' | 'nothing';
}

export interface OrganizationSeed {
  readonly domains: readonly string[];
  readonly accounts: readonly SeedAccount[];
  readonly groups: readonly SeedGroup[];
}

const groups: readonly SeedGroup[] = [
  { name: 'site-admins', description: 'Administers the site', grants: 'administration' },
  { name: 'jira-users', description: 'May use Jira', grants: 'product' },
  { name: 'confluence-users', description: 'May use Confluence', grants: 'product' },
  { name: 'Marketing', description: 'Kept by hand until now', grants: 'nothing' },
  { name: 'Finance', description: 'Kept by hand until now', grants: 'nothing' },
  { name: 'Book Club', description: 'Not in Keycloak', grants: 'nothing' },
];

/** Accounts that no realm knows: they must stay as they are. */
const strangers: readonly SeedAccount[] = [
  {
    email: `admin@${sampleDomain}`,
    name: 'Site Administrator',
    managed: true,
    status: 'active',
    groups: ['site-admins', 'jira-users', 'confluence-users'],
  },
  {
    email: 'auditor@audit.example.net',
    name: 'External Auditor',
    managed: false,
    status: 'active',
    groups: ['jira-users'],
  },
  { email: `former@${sampleDomain}`, name: 'Former Colleague', managed: true, status: 'deactivated', groups: [] },
];

/**
 * What the demo's organization holds before the first sync: about every fourth person of the sample realm who has an
 * e-mail (also foreign, unverified and disabled ones; one of them suspended by hand), a few strangers, and groups of which some have the name of a realm's group.
 */
export function sampleOrganizationSeed(): OrganizationSeed {
  const known = sampleRealm().users.filter(
    (user, index) => user.email !== undefined && (index % 4 === 3 || index % 32 === 5),
  );
  const accounts = known.map((user, index): SeedAccount => {
    const { email = '', firstName = '', lastName = '', username, groups: paths = [] } = user;
    const name = `${firstName} ${lastName}`.trim();
    const memberships = groups.map((group) => group.name).filter((group) => paths.includes(`/${group}`));
    return {
      email,
      name: name === '' ? username : name,
      managed: email.endsWith(`@${sampleDomain}`),
      status: index === 6 ? 'suspended' : 'active',
      // Nobody becomes an administrator for being in the realm's group of that name; every other one reads the book.
      groups: [
        'jira-users',
        ...memberships.filter((group) => group !== 'site-admins'),
        ...(index % 2 === 0 ? ['Book Club'] : []),
      ],
    };
  });
  return { domains: [sampleDomain], accounts: [...strangers, ...accounts], groups };
}
