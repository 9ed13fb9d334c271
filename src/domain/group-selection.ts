import type { GroupNaming, GroupProvisioning } from './connector';
import { describeRule, isUnusable, selectGroups, type GroupSetEntry } from './group-matching';
import type { SourceGroupId } from './identity';
import type { SourceGroup } from './snapshot';
import { createTransformer, type TransformedStep } from './text-rules/transform';

/** Why a group is synced or not: the first entry of the settings that speaks for or against it, where one does. */
export type Selected =
  | { readonly kind: 'included'; readonly by?: GroupSetEntry }
  | { readonly kind: 'excluded'; readonly by: GroupSetEntry }
  | { readonly kind: 'not-chosen' };

/** Which groups of the realm are synced: all or those that are chosen, and none that is excluded. */
export function createSelection(
  groups: readonly SourceGroup[],
  chosen: Pick<GroupProvisioning, 'selection' | 'exclude'>,
): (group: SourceGroupId) => boolean {
  const judge = judgeSelection(groups, chosen);
  return (group) => judge(group).kind === 'included';
}

/** The same, with what decides. */
export function judgeSelection(
  groups: readonly SourceGroup[],
  { selection, exclude }: Pick<GroupProvisioning, 'selection' | 'exclude'>,
): (group: SourceGroupId) => Selected {
  const chosen = selection.kind === 'all' ? undefined : selectGroups(groups, selection.include);
  const excluded = selectGroups(groups, exclude);
  // Any group may be the one that was to be left out.
  const unusable = exclude.rules.find(isUnusable);
  return (group) => {
    const against = excluded.get(group) ?? unusable;
    if (against !== undefined) return { kind: 'excluded', by: against };
    if (chosen === undefined) return { kind: 'included' };
    const by = chosen.get(group);
    return by === undefined ? { kind: 'not-chosen' } : { kind: 'included', by };
  };
}

/** What decides about a group, as a sentence; nothing where all groups are synced. */
export function describeSelected(selected: Selected): string | undefined {
  switch (selected.kind) {
    case 'not-chosen':
      return 'Is not among the chosen groups.';
    case 'excluded':
      return typeof selected.by === 'string'
        ? 'Left out: it is one of the picked exceptions.'
        : `Left out by the rule: ${describeRule(selected.by)}.`;
    case 'included':
      if (selected.by === undefined) return undefined;
      return typeof selected.by === 'string'
        ? 'Included: it is one of the picked groups.'
        : `Included by the rule: ${describeRule(selected.by)}.`;
  }
}

/** How a group comes to its name in Atlassian: from what, step by step, and to what. */
export interface NamedGroup {
  readonly before: string;
  readonly steps: readonly TransformedStep[];
  readonly after: string;
}

/**
 * The groups by the names that they get in Atlassian, before anything else looks at a name: name or path, transformed, with the
 * prefix before it. Where the transformations leave nothing, or cannot be carried through, the name is empty, which no prefix hides.
 */
export function renameGroups(groups: readonly SourceGroup[], naming: GroupNaming): readonly SourceGroup[] {
  const { from, prefix, transformations } = naming;
  if (from === 'name' && prefix === '' && transformations.length === 0) return groups;
  const rename = createNaming(groups, naming);
  return groups.map((group) => ({ ...group, name: rename(group).after }));
}

/** Names one group as `renameGroups` does, and says how. */
export function createNaming(groups: readonly SourceGroup[], naming: GroupNaming): (group: SourceGroup) => NamedGroup {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const transform = createTransformer(naming.transformations);
  return (group) => {
    const before = nameGroup(group, byId, naming);
    const steps: TransformedStep[] = [];
    const { text, gaveUp } = transform(before, (step) => steps.push(step));
    const isEmpty = text.trim() === '' || gaveUp === true;
    return { before, steps, after: isEmpty ? '' : `${naming.prefix}${text}` };
  };
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
