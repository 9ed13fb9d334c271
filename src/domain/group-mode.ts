/**
 * What is taken from the members of a linked Atlassian group: nothing; memberships of linked people whom Keycloak no longer has in
 * the group; also those of accounts that no Keycloak user is linked to.
 */
export type GroupMode = 'add-only' | 'take-over' | 'exact';

export const groupModes = ['add-only', 'take-over', 'exact'] as const satisfies readonly GroupMode[];

export function describeMode(mode: GroupMode): string {
  return mode === 'add-only' ? 'add only' : mode === 'take-over' ? 'take over' : 'exact';
}
