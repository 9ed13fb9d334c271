import type { GroupNaming, GroupProvisioning } from './connector';
import { selectGroups } from './group-matching';
import type { SourceGroupId } from './identity';
import type { SourceGroup } from './snapshot';
import { createTransformer } from './text-rules/transform';

/** Which groups of the realm are synced: all or those that are chosen, and none that is excluded. */
export function createSelection(
  groups: readonly SourceGroup[],
  { selection, exclude }: Pick<GroupProvisioning, 'selection' | 'exclude'>,
): (group: SourceGroupId) => boolean {
  const chosen = selection.kind === 'all' ? undefined : selectGroups(groups, selection.include);
  const excluded = selectGroups(groups, exclude);
  return (group) => chosen?.has(group) !== false && !excluded.has(group);
}

/**
 * The groups by the names that they get in Atlassian, before anything else looks at a name: name or path, transformed, with the
 * prefix before it. Where the transformations leave nothing, the name is empty, which no prefix hides.
 */
export function renameGroups(groups: readonly SourceGroup[], naming: GroupNaming): readonly SourceGroup[] {
  const { from, prefix, transformations } = naming;
  if (from === 'name' && prefix === '' && transformations.length === 0) return groups;
  const byId = new Map(groups.map((group) => [group.id, group]));
  const transform = createTransformer(transformations);
  return groups.map((group) => {
    const { text } = transform(nameGroup(group, byId, naming));
    return { ...group, name: text.trim() === '' ? '' : `${prefix}${text}` };
  });
}

/** From the names of the groups above it rather than from the path: a name may hold a slash itself. */
function nameGroup(group: SourceGroup, byId: ReadonlyMap<SourceGroupId, SourceGroup>, naming: GroupNaming): string {
  if (naming.from === 'name') return group.name;
  const names = [group.name];
  const seen = new Set([group.id]);
  for (let above = group.parentId; above !== undefined && !seen.has(above); above = byId.get(above)?.parentId) {
    seen.add(above);
    const parent = byId.get(above);
    if (parent !== undefined) names.unshift(parent.name);
  }
  return names.join(naming.separator);
}
