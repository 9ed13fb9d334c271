import { groupScope } from './model';
import fc from 'fast-check';
import type { Cleanup } from '../../src/domain/connector';
import type { AccountLink, GroupLink } from '../../src/domain/link';
import { ldapMapping } from '../../src/domain/mapping-row';
import type { PlanInput } from '../../src/domain/planning';
import type {
  AccountStatus,
  DirectoryAccount,
  DirectoryGroup,
  SourceGroup,
  SourceUser,
} from '../../src/domain/snapshot';
import {
  accountLink,
  connector,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  keycloakGroupId,
  atlassianGroupId,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
  without,
} from './model';

const groupNames = ['devs', 'ops', 'hr', 'admins', 'sales', 'qa'];
const some = fc.subarray(groupNames);

/** One person on both sides: every mixture of present, linked, disabled, suspended, protected and odd. */
const personParts = {
  inSource: fc.boolean(),
  enabled: fc.boolean(),
  verified: fc.boolean(),
  email: fc.constantFrom('own', 'own', 'own', 'shared', 'foreign', 'missing'),
  federation: fc.constantFrom(undefined, undefined, 'ldap'),
  groups: some,
  inDirectory: fc.boolean(),
  status: fc.constantFrom<AccountStatus>('active', 'active', 'active', 'suspended', 'not-invited', 'deactivated'),
  flaw: fc.constantFrom('none', 'none', 'none', 'none', 'administrator', 'synced', 'no person'),
  memberOf: some,
  linked: fc.boolean(),
  visible: fc.boolean(),
  suspendedByUs: fc.boolean(),
  wasEnabled: fc.boolean(),
  confirmed: fc.boolean(),
  claimed: fc.boolean(),
  oldName: fc.boolean(),
  address: fc.constantFrom('own', 'own', 'own', 'old', 'of the first'),
  title: fc.constantFrom(undefined, 'Clerk', 'Head'),
  oldTitle: fc.constantFrom(undefined, undefined, 'Clerk'),
};

/** Almost everybody is linked and active: what differs are names, titles and addresses. */
const settledParts = {
  ...personParts,
  inSource: fc.constant(true),
  enabled: fc.constant(true),
  verified: fc.constantFrom(true, true, true, false),
  email: fc.constantFrom('own', 'own', 'own', 'foreign'),
  inDirectory: fc.constant(true),
  status: fc.constantFrom<AccountStatus>('active', 'active', 'active', 'suspended'),
  linked: fc.constantFrom(true, true, true, false),
  visible: fc.constant(true),
  address: fc.constantFrom('own', 'own', 'old', 'old', 'old', 'of the first'),
  claimed: fc.constantFrom(true, true, true, false),
};

const group = fc.record({
  inSource: fc.constantFrom(true, true, true, false),
  inDirectory: fc.boolean(),
  linked: fc.boolean(),
  mode: fc.constantFrom<GroupLink['mode']>('add-only', 'take-over'),
  guarded: fc.constantFrom(false, false, false, true),
  marked: fc.boolean(),
  clicked: fc.boolean(),
});

const worldParts = {
  groups: fc.array(group, { minLength: groupNames.length, maxLength: groupNames.length }),
  behaviour: fc.constantFrom<Cleanup['behaviour']>('deactivate', 'remove', 'keep'),
  memberships: fc.boolean(),
  scoped: fc.boolean(),
  doubt: fc.constantFrom(undefined, undefined, 'source', 'directory'),
  updateName: fc.boolean(),
  updateEmail: fc.boolean(),
  updateProfile: fc.boolean(),
};
const worldOf = (parts: typeof personParts) =>
  fc.record({ people: fc.array(fc.record(parts), { minLength: 1, maxLength: 14 }), ...worldParts });

/** Every mixture of people, groups and settings: small, and odd wherever it can be; or settled, with profiles that differ. */
export const world = fc.oneof({ weight: 2, arbitrary: worldOf(personParts) }, worldOf(settledParts));

export type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const emailOf = (kind: string, name: string): string => {
  if (kind === 'shared') return 'shared@example.com';
  return `${name}@${kind === 'foreign' ? 'foreign.test' : 'example.com'}`;
};

const addressOf = ({ email, address }: World['people'][number], name: string): string => {
  if (address === 'own') return emailOf(email, name);
  return address === 'old' ? `old-${name}@example.com` : 'p0@example.com';
};

/** The input of a plan of such a world. The scope's group is `base`, and `anchor` is always in it. */
export function build(given: World): PlanInput {
  const { people, groups, behaviour, memberships, scoped, doubt, updateName, updateEmail, updateProfile } = given;
  const users: SourceUser[] = [user('anchor', { groups: ['base'] })];
  const accounts: DirectoryAccount[] = [];
  const accountLinks: AccountLink[] = [];
  const inSource = groupNames.filter((_, index) => groups[index]?.inSource === true);
  const inDirectory = groupNames.filter((_, index) => groups[index]?.inDirectory === true);
  for (const [index, each] of people.entries()) {
    const name = `p${index}`;
    const federation = each.federation === undefined ? {} : { federationLink: each.federation };
    if (each.inSource) {
      const known = each.groups.filter((key) => inSource.includes(key));
      const made = user(name, {
        ...federation,
        groups: each.enabled ? [...known, 'base'] : known,
        enabled: each.enabled,
        emailVerified: each.verified,
        email: emailOf(each.email, name),
        ...(each.title === undefined ? {} : { attributes: { title: [each.title] } }),
      });
      users.push(each.email === 'missing' ? without(made, 'email') : made);
    }
    if (each.inDirectory) {
      accounts.push(
        directoryAccount(name, {
          email: addressOf(each, name),
          claimed: each.claimed,
          ...(each.oldName ? { name: 'Old Name' } : {}),
          ...(each.oldTitle === undefined ? {} : { profile: { jobTitle: each.oldTitle } }),
          status: each.status,
          groups: each.memberOf.filter((key) => inDirectory.includes(key)),
          platformRoles: each.flaw === 'administrator' ? ['atlassian/org-admin'] : [],
          synced: each.flaw === 'synced',
          person: each.flaw !== 'no person',
        }),
      );
    }
    if (each.linked) {
      const suspendedAt = each.suspendedByUs ? { suspendedAt: now - 31 * 86_400_000 } : {};
      const lastSeen = { enabled: each.wasEnabled, ...federation };
      accountLinks.push(accountLink(name, { ...suspendedAt, lastSeen, visible: each.visible }));
    }
  }
  const sourceGroups: SourceGroup[] = [sourceGroup('base'), ...inSource.map((name) => sourceGroup(name))];
  const directoryGroups: DirectoryGroup[] = [];
  const groupLinks: GroupLink[] = [];
  for (const [index, each] of groups.entries()) {
    const name = groupNames[index] ?? '';
    const mark = { mark: { connectorId: connector, sourceGroupId: keycloakGroupId(name) } };
    const guarded = { protectedBecause: 'The group grants administration.' };
    if (each.inDirectory) {
      directoryGroups.push(directoryGroup(name, { ...(each.marked ? mark : {}), ...(each.guarded ? guarded : {}) }));
    }
    if (each.linked) groupLinks.push(groupLink(name, { mode: each.mode, lastMembers: { ldap: 3 } }));
  }
  const scope = groupScope([keycloakGroupId('base')], false);
  return planInput({
    source: source(users, sourceGroups, doubt === 'source' ? 'Drift.' : undefined),
    directory: directory(accounts, directoryGroups, doubt === 'directory' ? 'Drift.' : undefined),
    links: links(accountLinks, groupLinks),
    settings: settings({
      cleanup: { behaviour, memberships },
      users: { mapping: ldapMapping, updateName, updateEmail, updateProfile },
      ...(scoped ? { scope } : {}),
    }),
    adoptions: groups.flatMap((each, index) => {
      const name = groupNames[index] ?? '';
      const pair = { sourceGroupId: keycloakGroupId(name), groupId: atlassianGroupId(name) };
      return each.clicked ? [{ ...pair, mode: each.mode, by: 'a-admin', at: now }] : [];
    }),
    confirmedAbsent: new Set(people.flatMap((each, index) => (each.confirmed ? [userId(`p${index}`)] : []))),
  });
}
