import type { SubGroups } from './connector';
import type { SourceGroupId } from './identity';
import type { SourceGroup } from './snapshot';

/** Adds to groups everything that lies below them. */
export function createDescent(
  groups: readonly SourceGroup[],
): (chosen: ReadonlySet<SourceGroupId>) => ReadonlySet<SourceGroupId> {
  const children = new Map<SourceGroupId, SourceGroupId[]>();
  for (const group of groups) {
    if (group.parentId === undefined) continue;
    const siblings = children.get(group.parentId);
    if (siblings === undefined) children.set(group.parentId, [group.id]);
    else siblings.push(group.id);
  }
  return (chosen) => {
    const all = new Set(chosen);
    const open = [...chosen];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const child of children.get(id) ?? []) {
        if (all.has(child)) continue;
        all.add(child);
        open.push(child);
      }
    }
    return all;
  };
}

/** The groups that memberships count for: those of Keycloak, and with `parents` all groups above them as well. */
export function createAscent(
  groups: readonly SourceGroup[],
  subGroups: SubGroups,
): (direct: readonly SourceGroupId[]) => readonly SourceGroupId[] {
  if (subGroups === 'direct') return (direct) => direct;
  const parentOf = new Map(groups.map(({ id, parentId }) => [id, parentId]));
  return (direct) => {
    const all = new Set<SourceGroupId>();
    for (const group of direct) {
      // A circle, which Keycloak refuses to make, ends where it meets itself.
      for (let id: SourceGroupId | undefined = group; id !== undefined && !all.has(id); id = parentOf.get(id)) {
        all.add(id);
      }
    }
    return [...all];
  };
}
