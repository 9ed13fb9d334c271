import { computePlan } from '../../src/domain/compute-plan';
import { describeChange } from '../../src/domain/describe-change';
import type { PlanInput } from '../../src/domain/planning';
import { planInput } from './model';

/** What a plan says, short enough to compare whole: changes as sentences, operations by person and group. */
export function readPlan(input: PlanInput) {
  const plan = computePlan(input);
  return {
    changes: plan.changes.map((change) => `${'user' in change ? `${change.user}: ` : ''}${describeChange(change)}`),
    people: Object.fromEntries(plan.people.map((row) => [row.user.slice(2), row.operation])),
    groups: Object.fromEntries(plan.groups.map((row) => [row.group.slice(2), row.operation])),
  };
}

/** One input and what its plan says; rows that are left out may be anything. */
export interface Case {
  readonly name: string;
  readonly input: Partial<PlanInput> & Pick<PlanInput, 'source' | 'directory'>;
  readonly changes: readonly string[];
  readonly people?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, string>>;
}

/** A test for each case. */
export function describePlans(what: string, cases: readonly Case[]): void {
  describe(`a plan for ${what}`, () => {
    it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, { input, changes, people, groups }) => {
      const plan = readPlan(planInput(input));
      expect(plan.changes).toEqual(changes);
      if (people !== undefined) expect(plan.people).toEqual(people);
      if (groups !== undefined) expect(plan.groups).toEqual(groups);
    });
  });
}
