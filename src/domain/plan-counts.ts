import { changeOrder, type Change, type ChangeKind } from './change';
import type { GroupOperation, GroupRow, PersonOperation, PersonRow, PlanCounts } from './plan';

const personOperations: readonly PersonOperation[] = [
  'added',
  'adopted',
  'updated',
  'reactivated',
  'deactivated',
  'removed',
  'leaving',
  'not-modified',
  'filtered',
  'frozen',
  'waiting',
  'blocked-by-hand',
  'conflict',
  'protected',
  'held-back',
];

const groupOperations: readonly GroupOperation[] = [
  'created',
  'adopted',
  'updated',
  'not-modified',
  'filtered',
  'conflict',
  'orphaned',
  'protected',
];

/** How often each operation and each kind of change occurs; kinds that do not occur count 0. */
export function countPlan(
  changes: readonly Change[],
  people: readonly PersonRow[],
  groups: readonly GroupRow[],
): PlanCounts {
  return {
    people: count<PersonOperation>(
      personOperations,
      people.map((row) => row.operation),
    ),
    groups: count<GroupOperation>(
      groupOperations,
      groups.map((row) => row.operation),
    ),
    changes: count<ChangeKind>(
      changeOrder,
      changes.map((change) => change.kind),
    ),
  };
}

function count<Key extends string>(keys: readonly Key[], seen: readonly Key[]): Readonly<Record<Key, number>> {
  const counts = new Map<Key, number>(keys.map((key) => [key, 0]));
  for (const key of seen) counts.set(key, (counts.get(key) ?? 0) + 1);
  // `fromEntries` forgets the keys; they are those of `keys`, every one of them.
  return Object.fromEntries(counts) as Record<Key, number>;
}
