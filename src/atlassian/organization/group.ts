import { parseMark } from '../../domain/group-mark';
import type { GroupId } from '../../domain/identity';
import { groupId } from '../../domain/identity';
import type { DirectoryGroup } from '../../domain/snapshot';
import type { GroupAnswer, GroupRoleAnswer } from './answers';

/** `groups[].id` of a user may be an ARI; everywhere else it is the bare id. */
export function stripGroupId(id: string): GroupId {
  return groupId(id.slice(id.lastIndexOf('/') + 1));
}

/** Roles that make somebody an administrator of something. */
export const administrativeRoles: readonly string[] = [
  'atlassian/org-admin',
  'atlassian/site-admin',
  'atlassian/admin',
  'atlassian/user-access-admin',
];

const rolesWithoutAccess: readonly string[] = [
  'atlassian/org-admin',
  'atlassian/site-admin',
  'atlassian/user-access-admin',
  'atlassian/ai-access',
];

/** What a group grants, in plain data. */
export interface Grants {
  readonly access: readonly string[];
  readonly administration: boolean;
  /** Everybody who gets the product lands in the group. */
  readonly byDefault: boolean;
}

export const noGrants: Grants = { access: [], administration: false, byDefault: false };

export function computeGrants(roles: readonly GroupRoleAnswer[]): Grants {
  const grantsAccess = (role: GroupRoleAnswer): boolean =>
    (role.roles ?? []).some((each) => !rolesWithoutAccess.includes(each));
  const products = roles.filter(grantsAccess).map((role) => role.resourceOwner ?? role.resourceId ?? 'a product');
  return {
    access: [...new Set(products)].sort(),
    administration: roles.some((role) => (role.roles ?? []).some((each) => administrativeRoles.includes(each))),
    byDefault: roles.some((role) => role.defaultRole !== null && role.defaultRole !== undefined),
  };
}

// Names that Atlassian gives to its own groups, old and new sites.
const builtInNames =
  /^(site-admins|org-admins|organization-admins?|administrators|system-administrators|trusted-users-[\w-]+|atlassian-addons(-admin)?|(jira|confluence|jira-[\w-]+)-(admins|administrators)(-.+)?)$/i;

/** Why the group must not be written, one sentence; `undefined` when it may. */
export function describeGroupProtection(group: GroupAnswer, grants: Grants): string | undefined {
  if (group.externalSynced === true || group.managedBy === 'external')
    return 'The group is synced from an identity provider and can only be changed there.';
  if (group.managedBy === 'team-members' || group.managedBy === 'open')
    return 'The group belongs to an Atlassian team and is managed by its members.';
  if (group.managedBy !== undefined && group.managedBy !== null && group.managedBy !== 'admins')
    return 'The group is managed in a way that this app does not know.';
  if (grants.administration) return 'The group grants administration.';
  if (grants.byDefault) return 'The group is the default group of a product, which new users join by themselves.';
  if (builtInNames.test(group.name.trim())) return 'The group has the name of a built-in administrators’ group.';
  if (group.managementAccess === undefined || group.managementAccess === null) {
    // Whether the field can be absent is not documented (facts 12). A group with our mark was made with such a key.
    const ours = parseMark(group.description ?? '') !== undefined;
    return ours ? undefined : 'Atlassian does not say whether the key may change the group.';
  }
  return group.managementAccess.modifiable === true ? undefined : 'The key may not change the group.';
}

export function toGroup(group: GroupAnswer, grants: Grants): DirectoryGroup {
  const description = group.description ?? '';
  const mark = parseMark(description);
  const protectedBecause = describeGroupProtection(group, grants);
  return {
    id: stripGroupId(group.id),
    name: group.name,
    description,
    ...(mark === undefined ? {} : { mark }),
    ...(protectedBecause === undefined ? {} : { protectedBecause }),
    grantsAccess: grants.access,
  };
}
