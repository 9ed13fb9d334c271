import type { PlanCounts } from '../../../../src/domain/plan';
import type { Tone } from '../parts/tone';
import { groupOperations, personOperations } from './operations';

/** One count that the two settings do not agree in. */
export interface CountDifference {
  readonly what: string;
  readonly tone: Tone;
  readonly before: number;
  readonly after: number;
}

const memberships = [
  ['add-member', 'Memberships added', 'success'],
  ['remove-member', 'Memberships removed', 'danger'],
] as const;

/** Where two plans differ in numbers: people and groups by operation, then memberships; nothing where they agree. */
export function compareCounts(before: PlanCounts, after: PlanCounts): readonly CountDifference[] {
  const people = Object.entries(personOperations).map(([operation, { text, tone }]) => ({
    what: `People: ${text.toLowerCase()}`,
    tone,
    ...countBoth(before.people, after.people, operation),
  }));
  const groups = Object.entries(groupOperations).map(([operation, { text, tone }]) => ({
    what: `Groups: ${text.toLowerCase()}`,
    tone,
    ...countBoth(before.groups, after.groups, operation),
  }));
  const changes = memberships.map(([kind, what, tone]) => ({
    what,
    tone,
    ...countBoth(before.changes, after.changes, kind),
  }));
  return [...people, ...groups, ...changes].filter((each) => each.before !== each.after);
}

/** An operation that no plan counts is 0 on both sides. */
function countBoth(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>, key: string) {
  return { before: before[key] ?? 0, after: after[key] ?? 0 };
}
