import { createFromExport, readCsvExport } from '../atlassian/csv-export';
import { loadState } from '../atlassian/keep';
import { createOrganization, openOrganization, type Organization } from '../atlassian/organization';
import { sampleOrganizationSeed, type SeedGroup } from '../keycloak/sample-organization';

export const demoKey = 'demo-organization-key';
export const demoAdmin = 'admin@example.com';

/** The organization of the demo: as an earlier demo left it, from Atlassian's exports, or the sample. */
export function openDemoOrganization(options: {
  readonly users?: string;
  readonly groups?: string;
  readonly file: string;
}): Organization {
  if (options.users !== undefined) {
    const organization = createFromExport(readCsvExport(options.users, options.groups), { key: demoKey });
    return withAdmin(organization);
  }
  const kept = loadState(options.file);
  return kept === undefined ? createSample() : openOrganization(kept);
}

/** Whoever sits in front of the demo's page administers product and organization. */
function withAdmin(organization: Organization): Organization {
  if (organization.account(demoAdmin) === undefined) addAdmin(organization, []);
  return organization;
}

function addAdmin(organization: Organization, groups: readonly string[]): void {
  organization.addAccount({
    email: demoAdmin,
    name: 'Site Administrator',
    platformRoles: ['atlassian/org-admin'],
    productAdmin: ['jira', 'confluence'],
    groups,
  });
}

function createSample(): Organization {
  const seed = sampleOrganizationSeed();
  const organization = createOrganization({
    name: 'Example Organization',
    verifiedDomains: seed.domains,
    key: demoKey,
  });
  for (const group of seed.groups)
    organization.addGroup({ name: group.name, description: group.description, ...rolesOf(group) });
  for (const { email, name, managed, status, groups } of seed.accounts) {
    if (email === demoAdmin) {
      addAdmin(organization, groups);
      continue;
    }
    organization.addAccount({
      email,
      name,
      claimed: managed,
      groups,
      ...(status === 'deactivated' ? { accountStatus: 'inactive' as const } : { status }),
    });
  }
  return organization;
}

function rolesOf({ name, grants }: SeedGroup) {
  if (grants === 'administration') return { platformRoles: ['atlassian/org-admin'] };
  if (grants === 'nothing') return {};
  const product = name.startsWith('confluence') ? ('confluence' as const) : ('jira' as const);
  return { grants: [{ product, role: 'atlassian/user', byDefault: true }] };
}
