import type { DirectoryIndex } from './directory-index';
import { noGroup, type GroupDecision } from './group-decision';
import { groupId, sourceGroupId, type GroupId, type SourceGroupId } from './identity';
import type { DirectoryGroup } from './snapshot';

/** By what a plan calls an Atlassian group that everybody is put into and that no Keycloak group fills. */
const mark = 'atlassian:';
const assignedId = (group: GroupId): SourceGroupId => sourceGroupId(`${mark}${group}`);

/** The Atlassian group behind such a name; `undefined` for groups of Keycloak. */
export function findAssigned(group: SourceGroupId): GroupId | undefined {
  return group.startsWith(mark) ? groupId(group.slice(mark.length)) : undefined;
}

/**
 * Decisions for the groups that are always assigned, beside those of Keycloak's groups. One that a group of Keycloak fills as well
 * needs none of its own. `whyNot` says why a group must not be written to from here.
 */
export function decideAssigned(
  assigned: readonly GroupId[],
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
  directory: DirectoryIndex,
  whyNot: (group: DirectoryGroup) => string | undefined,
): ReadonlyMap<SourceGroupId, GroupDecision> {
  const filled = new Set(
    [...decisions.values()].flatMap((each) => (each.kind === 'none' ? [] : (each.target.existing?.id ?? []))),
  );
  return new Map(
    assigned
      .filter((id) => !filled.has(id))
      .map((id) => [assignedId(id), decideOne(id, directory.group.get(id), whyNot)]),
  );
}

function decideOne(
  id: GroupId,
  existing: DirectoryGroup | undefined,
  whyNot: (group: DirectoryGroup) => string | undefined,
): GroupDecision {
  if (existing === undefined) {
    return noGroup('conflict', id, 'The group that is always assigned no longer exists: choose again.');
  }
  const { name, protectedBecause } = existing;
  if (protectedBecause !== undefined) return noGroup('protected', name, protectedBecause, existing);
  const foreign = whyNot(existing);
  if (foreign !== undefined) return noGroup('conflict', name, foreign, existing);
  // Whoever was put in by hand stays, and so does who leaves: nobody knows by whom a membership was given.
  const target = { group: assignedId(id), name, existing, mode: 'add-only', origin: 'adopted' } as const;
  return { kind: 'target', operation: 'not-modified', target, reason: 'The group is always assigned.', notes: [] };
}

/** What everybody with an account in scope is put into, by the names that the plan has for these groups. */
export function listAssigned(
  assigned: readonly GroupId[],
  decisions: ReadonlyMap<SourceGroupId, GroupDecision>,
): readonly SourceGroupId[] {
  const ids = new Set(assigned);
  return [...decisions].flatMap(([group, decision]) =>
    decision.kind === 'target' && decision.target.existing !== undefined && ids.has(decision.target.existing.id)
      ? [group]
      : [],
  );
}
