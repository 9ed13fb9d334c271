import { countPlan } from '../../../src/domain/plan-counts';
import type { PlanCounts } from '../../../src/domain/plan';
import { compareCounts } from '../../../static/admin/src/run/compare-counts';

const none = countPlan([], [], []);
const people = (part: Partial<PlanCounts['people']>): PlanCounts => ({ ...none, people: { ...none.people, ...part } });
const groups = (part: Partial<PlanCounts['groups']>): PlanCounts => ({ ...none, groups: { ...none.groups, ...part } });
const changes = (part: Partial<PlanCounts['changes']>): PlanCounts => ({
  ...none,
  changes: { ...none.changes, ...part },
});

describe('counts of two settings', () => {
  it.each<[string, PlanCounts, PlanCounts, readonly (readonly [string, number, number])[]]>([
    ['that agree have no difference', people({ added: 3 }), people({ added: 3 }), []],
    [
      'differ where people are',
      people({ added: 3 }),
      people({ deactivated: 2 }),
      [
        ['People: added', 3, 0],
        ['People: deactivated', 0, 2],
      ],
    ],
    ['differ where groups are', groups({ created: 1 }), groups({ created: 4 }), [['Groups: created', 1, 4]]],
    ['differ where memberships are', changes({ 'remove-member': 9 }), none, [['Memberships removed', 9, 0]]],
    ['say the rest by the people and groups alone', changes({ invite: 9 }), none, []],
  ])('%s', (_, before, after, expected) => {
    expect(compareCounts(before, after).map((each) => [each.what, each.before, each.after])).toEqual(expected);
  });

  it('of a run from before an operation was counted have none of it', () => {
    const kept = Object.entries(none.people).filter(([operation]) => operation !== 'removed');
    const before = { ...none, people: Object.fromEntries(kept) } as PlanCounts; // as an older version of the app kept it
    expect(compareCounts(before, people({ removed: 1 })).map(({ before: count }) => count)).toEqual([0]);
  });
});
