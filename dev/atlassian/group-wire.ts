import { Refusal } from './refusal';
import type { Group } from './state';
import type { Store } from './store';

/** A group as the documents describe it. */
export function describeGroup(store: Store, group: Group, expand: readonly string[]): Record<string, unknown> {
  const counts = {
    ...(expand.includes('counts.users') ? { users: countMembers(store, group) } : {}),
    ...(expand.includes('counts.resources') ? { resources: group.roles.length } : {}),
  };
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    directoryId: group.directoryId,
    externalSynced: group.externalSynced,
    managedBy: group.managedBy,
    ...(group.managementAccess === null ? {} : { managementAccess: group.managementAccess }),
    ...(Object.keys(counts).length > 0 ? { counts } : {}),
  };
}

function countMembers(store: Store, group: Group): number {
  return [...store.memberIds(group.id)].filter((id) => {
    const account = store.account(id);
    const status = account && store.seenEntry(account, group.directoryId)?.status;
    return status === 'active' || (status === 'suspended' && store.doubts.suspendedMembers === 'shown');
  }).length;
}

const grantingAdministration = ['atlassian/org-admin', 'atlassian/site-admin'];

export function grantsAdministration(group: Group): boolean {
  return group.roles.some((role) => role.roles.some((each) => grantingAdministration.includes(each)));
}

/** Refuses to change the members of a group that somebody else owns, or that the key may not change. */
export function checkModifiable(group: Group): void {
  if (group.externalSynced || group.managedBy === 'external' || group.managementAccess?.modifiable === false)
    throw new Refusal(403, 'ADMIN-UAM-403-1', 'You are not allowed to change this group');
}

/** Refuses to delete groups as the error codes of the documents foresee it. */
export function checkDeletable(group: Group): void {
  if (group.externalSynced || group.managedBy === 'external' || group.managementAccess?.deletable === false)
    throw new Refusal(403, 'ADMIN-403-5', 'You are not allowed to delete this group');
  if (group.roles.some((role) => role.defaultRole !== null))
    throw new Refusal(403, 'ADMIN-403-6', 'The group is a default group');
  if (grantsAdministration(group)) throw new Refusal(403, 'ADMIN-403-7', 'The group grants administration');
}
