import { findAssigned } from './assigned-groups';
import type { Change } from './change';
import type { GroupDecision } from './grouping';
import type { SourceGroupId } from './identity';
import type { GroupRow } from './plan';
import type { PlanInput } from './planning';
import type { SourceGroup } from './snapshot';

type Decisions = ReadonlyMap<SourceGroupId, GroupDecision>;

/** Changes that make or link the groups. A group is created only when somebody is added to it. */
export function createsAndAdoptions(decisions: Decisions, wanted: ReadonlySet<SourceGroupId>): readonly Change[] {
  const changes: Change[] = [];
  for (const [group, decision] of decisions) {
    if (decision.kind === 'create' && wanted.has(group)) {
      changes.push({ kind: 'create-group', group, name: decision.target.name, reason: decision.reason });
    }
    if (decision.kind !== 'target' || decision.operation !== 'adopted') continue;
    const { existing, name, origin, mode } = decision.target;
    if (existing === undefined) continue;
    changes.push({ kind: 'adopt-group', group, groupId: existing.id, name, origin, mode, reason: decision.reason });
  }
  return changes;
}

/** One row for each selected or linked group. */
export function computeGroupRows(
  input: Pick<PlanInput, 'source' | 'links'>,
  decisions: Decisions,
  changes: readonly Change[],
): readonly GroupRow[] {
  const groups = new Map(input.source.groups.map((group) => [group.id, group]));
  const links = new Map(input.links.groups.map((link) => [link.sourceGroupId, link.groupId]));
  const tally = countMemberChanges(changes);
  return [...decisions].map(([group, decision]): GroupRow => {
    const existing = decision.kind === 'none' ? decision.existing : decision.target.existing;
    const groupId = existing?.id ?? links.get(group);
    const { added, removed } = tally.get(group) ?? { added: 0, removed: 0 };
    return {
      group,
      ...(groupId === undefined ? {} : { groupId }),
      ...describeGroup(decision, groups.get(group), added, removed),
      grantsAccess: existing?.grantsAccess ?? [],
      ...(findAssigned(group) === undefined ? {} : { assigned: true }),
      added,
      removed,
    };
  });
}

function describeGroup(
  decision: GroupDecision,
  group: SourceGroup | undefined,
  added: number,
  removed: number,
): Pick<GroupRow, 'name' | 'path' | 'operation' | 'reason' | 'notes'> {
  const path = group?.path ?? '';
  if (decision.kind === 'none') {
    return { name: decision.name, path, operation: decision.operation, reason: decision.reason, notes: [] };
  }
  const { name } = decision.target;
  if (decision.kind === 'create') {
    if (added > 0) return { name, path, operation: 'created', reason: decision.reason, notes: [] };
    return { name, path, operation: 'filtered', reason: 'Nobody who gets an account is a member.', notes: [] };
  }
  const { notes } = decision;
  const changed = added + removed > 0 && decision.operation === 'not-modified';
  if (changed) return { name, path, operation: 'updated', reason: 'Members change.', notes };
  return { name, path, operation: decision.operation, reason: decision.reason, notes };
}

function countMemberChanges(
  changes: readonly Change[],
): ReadonlyMap<SourceGroupId, { added: number; removed: number }> {
  const tally = new Map<SourceGroupId, { added: number; removed: number }>();
  for (const change of changes) {
    if (change.kind !== 'add-member' && change.kind !== 'remove-member') continue;
    const count: { added: number; removed: number } = tally.get(change.group) ?? { added: 0, removed: 0 };
    if (change.kind === 'add-member') count.added += 1;
    else count.removed += 1;
    tally.set(change.group, count);
  }
  return tally;
}
