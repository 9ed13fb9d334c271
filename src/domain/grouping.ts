import { decideAssigned } from './assigned-groups';
import type { GroupProvisioning } from './connector';
import { collect, normalizeGroupName, type DirectoryIndex } from './directory-index';
import { nameConnector } from './foreign';
import { describeInvalidName, noGroup, type GroupDecision, type GroupTarget } from './group-decision';
import { createSelection, renameGroups } from './group-selection';
import { isSameMark } from './group-mark';
import { describeMode } from './group-mode';
import type { GroupId, SourceGroupId } from './identity';
import type { GroupAdoption, GroupLink } from './link';
import type { PlanInput } from './planning';
import type { DirectoryGroup, SourceGroup } from './snapshot';

export type { GroupDecision, GroupTarget } from './group-decision';

type GroupInput = Pick<PlanInput, 'connectorId' | 'links' | 'adoptions' | 'foreign'> & {
  readonly groups: readonly SourceGroup[];
  readonly directory: DirectoryIndex;
  readonly settings: GroupProvisioning;
};

/**
 * Decides for every selected or linked Keycloak group which Atlassian group it fills, if any, and for every one that is always
 * assigned. Equal names are no consent.
 */
export function decideGroups(given: GroupInput): ReadonlyMap<SourceGroupId, GroupDecision> {
  const input = { ...given, groups: renameGroups(given.groups, given.settings.naming) };
  const context = openContext(input, createSelection(given.groups, given.settings));
  const neverRemove: ReadonlySet<GroupId> = new Set(given.settings.neverRemove);
  const decisions = new Map<SourceGroupId, GroupDecision>();
  for (const group of input.groups) {
    const link = context.linkOf.get(group.id);
    if (link !== undefined) decisions.set(group.id, keep(decideLinked(context, group, link), neverRemove));
    else if (context.isSelected(group.id)) {
      decisions.set(group.id, keep(decideUnlinked(context, group), neverRemove));
    }
  }
  for (const link of input.links.groups) {
    if (decisions.has(link.sourceGroupId)) continue;
    const reason = 'The group is gone from Keycloak: the Atlassian group stays and keeps its members.';
    const existing = input.directory.group.get(link.groupId);
    decisions.set(link.sourceGroupId, noGroup('orphaned', existing?.name ?? link.name, reason, existing));
  }
  const whyNot = (group: DirectoryGroup) => describeForeign(context, group);
  return new Map([...decisions, ...decideAssigned(given.settings.alwaysAssign, decisions, input.directory, whyNot)]);
}

/** Marks a group that an administrator named as one from which nobody is ever removed. */
function keep(decision: GroupDecision, neverRemove: ReadonlySet<GroupId>): GroupDecision {
  if (decision.kind === 'none' || decision.target.existing === undefined) return decision;
  if (!neverRemove.has(decision.target.existing.id)) return decision;
  return { ...decision, target: { ...decision.target, keeps: true } };
}

interface Context extends GroupInput {
  readonly linkOf: ReadonlyMap<SourceGroupId, GroupLink>;
  readonly linkOfGroup: ReadonlyMap<GroupId, GroupLink>;
  readonly adoptionOf: ReadonlyMap<SourceGroupId, GroupAdoption>;
  readonly adoptionsOfGroup: ReadonlyMap<GroupId, readonly GroupAdoption[]>;
  readonly ownMarked: ReadonlyMap<SourceGroupId, readonly DirectoryGroup[]>;
  /** Unlinked selected groups by the name that they would get. */
  readonly newcomers: ReadonlyMap<string, readonly SourceGroup[]>;
  /** Names of linked Atlassian groups. */
  readonly taken: ReadonlySet<string>;
  isSelected(group: SourceGroupId): boolean;
}

function openContext(input: GroupInput, isSelected: Context['isSelected']): Context {
  const linkOf = new Map(input.links.groups.map((link) => [link.sourceGroupId, link]));
  const adoptionOf = new Map(input.adoptions.map((adoption) => [adoption.sourceGroupId, adoption]));
  const unlinked = input.groups.filter((group) => isSelected(group.id) && !linkOf.has(group.id));
  return {
    ...input,
    linkOf,
    linkOfGroup: new Map(input.links.groups.map((link) => [link.groupId, link])),
    adoptionOf,
    adoptionsOfGroup: collect(
      input.adoptions.filter((adoption) => isSelected(adoption.sourceGroupId) && !linkOf.has(adoption.sourceGroupId)),
      (adoption) => adoption.groupId,
    ),
    ownMarked: collect([...input.directory.group.values()], ({ mark }) =>
      mark?.connectorId === input.connectorId ? mark.sourceGroupId : undefined,
    ),
    // A group that an administrator gave another Atlassian group does not compete for its own name.
    newcomers: collect(
      unlinked.filter((group) => !adoptionOf.has(group.id)),
      (group) => normalizeGroupName(group.name),
    ),
    taken: new Set(
      input.links.groups.map((link) => normalizeGroupName(input.directory.group.get(link.groupId)?.name ?? link.name)),
    ),
    isSelected,
  };
}

/** A group that another connector linked first, or that carries another connector's mark, is never filled from here. */
function describeForeign(
  { connectorId, foreign }: Context,
  { id, name, mark }: DirectoryGroup,
  adoption?: GroupAdoption,
): string | undefined {
  const owner = foreign.groups.get(id);
  if (owner !== undefined) {
    return `The Atlassian group "${name}" belongs to ${nameConnector(foreign, owner)}: release it there first.`;
  }
  if (mark === undefined || mark.connectorId === connectorId) return undefined;
  // Deleted since, and its links were imported here.
  const isHeir = adoption?.groupId === id && adoption.from === mark.connectorId;
  if (isHeir && !foreign.names.has(mark.connectorId)) return undefined;
  const by = nameConnector(foreign, mark.connectorId);
  return `The Atlassian group "${name}" carries the mark of ${by} in its description: nothing is changed in it from here.`;
}

function decideLinked(context: Context, group: SourceGroup, link: GroupLink): GroupDecision {
  const existing = context.directory.group.get(link.groupId);
  const name = existing?.name ?? link.name;
  if (existing === undefined) {
    return noGroup('conflict', name, 'The linked Atlassian group is gone: it was deleted by hand or cannot be seen.');
  }
  if (existing.protectedBecause !== undefined) return noGroup('protected', name, existing.protectedBecause, existing);
  const foreign = describeForeign(context, existing, context.adoptionOf.get(group.id));
  if (foreign !== undefined) return noGroup('conflict', name, foreign, existing);
  if (!context.isSelected(group.id)) {
    return noGroup('filtered', name, 'The group is no longer chosen: the Atlassian group keeps its members.', existing);
  }
  const notes =
    normalizeGroupName(name) === normalizeGroupName(group.name)
      ? []
      : [
          `The group would be called "${group.name.trim()}" by its name in Keycloak; the linked Atlassian group keeps its name.`,
        ];
  const adoption = context.adoptionOf.get(group.id);
  const { mode, origin } = link;
  const target = { group: group.id, name, existing, mode, origin };
  if (adoption?.groupId === link.groupId && origin === 'adopted' && adoption.mode !== mode) {
    const reason = `An administrator changed the adoption to ${describeMode(adoption.mode)}.`;
    return { kind: 'target', operation: 'adopted', target: { ...target, mode: adoption.mode }, reason, notes };
  }
  return { kind: 'target', operation: 'not-modified', target, reason: 'The group is linked.', notes };
}

function decideUnlinked(context: Context, group: SourceGroup): GroupDecision {
  const adoption = context.adoptionOf.get(group.id);
  if (adoption !== undefined) return decideAdopted(context, group, adoption);
  const name = group.name.trim();
  const invalid = describeInvalidName(group.name);
  if (invalid !== undefined) return noGroup('conflict', name, invalid);
  const key = normalizeGroupName(name);
  const same = context.directory.groupsByName.get(key) ?? [];
  const guarded = same.find((existing) => existing.protectedBecause !== undefined);
  if (guarded?.protectedBecause !== undefined) return noGroup('protected', name, guarded.protectedBecause, guarded);
  const [own, second] = (context.ownMarked.get(group.id) ?? []).filter((each) => !context.linkOfGroup.has(each.id));
  const isFree = own !== undefined && describeForeign(context, own) === undefined;
  if (isFree && second === undefined) return decideOwn(group, own);
  if (context.taken.has(key)) {
    return noGroup(
      'conflict',
      name,
      `The name "${name}" is taken by the Atlassian group of another linked Keycloak group.`,
    );
  }
  if ((context.newcomers.get(key)?.length ?? 0) > 1) {
    return noGroup(
      'conflict',
      name,
      `Several Keycloak groups are called "${name}": none of them is synced, and none merged.`,
    );
  }
  const [existing] = same;
  const foreign = existing === undefined ? undefined : describeForeign(context, existing);
  if (foreign !== undefined) return noGroup('conflict', name, foreign, existing);
  if (existing?.mark !== undefined) {
    const reason = `This connector created the Atlassian group "${name}" for another Keycloak group.`;
    return noGroup('conflict', name, reason, existing);
  }
  if (existing !== undefined) {
    const reason = `Atlassian already has a group "${existing.name}": adopt it, or rename one of them.`;
    return noGroup('conflict', name, reason, existing);
  }
  if (!context.settings.createMissing) return noGroup('filtered', name, 'Creating missing groups is switched off.');
  const target: GroupTarget = { group: group.id, name, mode: 'take-over', origin: 'created' };
  return { kind: 'create', target, reason: 'People in scope are members, and Atlassian has no such group.' };
}

function decideOwn(group: SourceGroup, own: DirectoryGroup): GroupDecision {
  if (own.protectedBecause !== undefined) return noGroup('protected', own.name, own.protectedBecause, own);
  const target: GroupTarget = { group: group.id, name: own.name, existing: own, mode: 'take-over', origin: 'created' };
  const reason = 'This connector created the group for this very Keycloak group.';
  return { kind: 'target', operation: 'adopted', target, reason, notes: [] };
}

function decideAdopted(context: Context, group: SourceGroup, adoption: GroupAdoption): GroupDecision {
  const name = group.name.trim();
  const existing = context.directory.group.get(adoption.groupId);
  if (existing === undefined) {
    return noGroup(
      'conflict',
      name,
      'The Atlassian group that was chosen for adoption no longer exists: choose again.',
    );
  }
  if (existing.protectedBecause !== undefined)
    return noGroup('protected', existing.name, existing.protectedBecause, existing);
  if (context.linkOfGroup.has(existing.id) || (context.adoptionsOfGroup.get(existing.id)?.length ?? 0) > 1) {
    return noGroup('conflict', existing.name, 'Another Keycloak group uses the chosen Atlassian group.', existing);
  }
  const foreign = describeForeign(context, existing, adoption);
  if (foreign !== undefined) return noGroup('conflict', existing.name, foreign, existing);
  // Marked for this very group: our own creation, whatever was clicked.
  if (isSameMark(existing.mark, { connectorId: context.connectorId, sourceGroupId: group.id })) {
    return decideOwn(group, existing);
  }
  const target: GroupTarget = {
    group: group.id,
    name: existing.name,
    existing,
    mode: adoption.mode,
    origin: 'adopted',
  };
  const reason = `An administrator chose to adopt the existing group (${describeMode(adoption.mode)}).`;
  return { kind: 'target', operation: 'adopted', target, reason, notes: [] };
}
