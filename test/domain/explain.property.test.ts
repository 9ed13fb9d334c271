import fc from 'fast-check';
import { changeKey, isDeprovision } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { explainUser } from '../../src/domain/explain';
import type { ExplainStep } from '../../src/domain/explanation';
import { checkGuards, rulesFingerprint, type GuardContext } from '../../src/domain/guards';
import { narrowPlan } from '../../src/domain/narrow-plan';
import { countPlan } from '../../src/domain/plan-counts';
import type { PlanInput } from '../../src/domain/planning';
import { computeScope } from '../../src/domain/scope';
import { issuer, now } from './model';
import { build, world } from './worlds';

const guardsOf = (input: PlanInput): GuardContext => ({
  preset: 'strict',
  memory: { deprovisioned: [], recent: [] },
  rules: rulesFingerprint(input.settings),
  issuer,
  now,
});

/** Everybody whom an explanation can be asked for. */
const everybody = (input: PlanInput) => [
  ...new Set([...input.source.users.map(({ id }) => id), ...input.links.accounts.map((link) => link.sourceUserId)]),
];

function holds(check: (input: PlanInput) => void): void {
  fc.assert(
    fc.property(world, (each) => check(build(each))),
    { numRuns: 150 },
  );
}

function stepOf<Kind extends ExplainStep['kind']>(steps: readonly ExplainStep[], kind: Kind) {
  return steps.find((step): step is Extract<ExplainStep, { kind: Kind }> => step.kind === kind);
}

describe('the explanation of everybody', () => {
  it('has the row and the changes of the plan, and no others', () =>
    holds((input) => {
      const plan = computePlan(input);
      for (const user of everybody(input)) {
        const explained = explainUser(input, user, guardsOf(input));
        const row = plan.people.find((each) => each.user === user);
        const { operation, reason, notes, changes } = explained;
        if (row === undefined) {
          expect({ operation, changes }).toEqual({ operation: 'not-concerned', changes: [] });
          continue;
        }
        expect({ operation, reason, notes }).toEqual({
          operation: row.operation,
          reason: row.reason,
          notes: row.notes,
        });
        expect(changes).toEqual(plan.changes.filter((change) => 'user' in change && change.user === user));
        expect(plan.changes).toEqual(expect.arrayContaining([...explained.needs]));
      }
    }));

  it('says of scope, membership and limits what the plan does', () =>
    holds((input) => {
      const plan = computePlan(input);
      const { inScope } = computeScope(input.source, input.settings.scope);
      const { violations } = checkGuards(plan, guardsOf(input));
      for (const user of everybody(input)) {
        const { steps, changes } = explainUser(input, user, guardsOf(input));
        expect(stepOf(steps, 'scope')?.mark).toBe(inScope.has(user) ? 'passed' : 'stopped');
        if (input.settings.scope.kind === 'groups') {
          expect(stepOf(steps, 'scope')?.through.length ?? 0).toBe(inScope.has(user) ? 1 : 0);
        }
        const groups = stepOf(steps, 'groups')?.groups ?? [];
        const told = (membership: string) =>
          groups.filter((each) => each.membership === membership).map(({ group }) => group);
        const made = (kind: string) =>
          changes.flatMap((change) => (change.kind === kind && 'group' in change ? [change.group] : []));
        expect(told('added').sort()).toEqual(made('add-member').sort());
        expect(told('removed').sort()).toEqual(made('remove-member').sort());
        const guards = stepOf(steps, 'guards')?.guards;
        if (guards === undefined) continue;
        expect(guards.map(({ message }) => message)).toEqual(violations.map(({ message }) => message));
        // Whoever changes nothing is counted by nothing; whoever loses something is counted where rules are new.
        const counted = guards.filter(({ counts }) => counts).map(({ guard }) => guard);
        if (changes.length === 0) expect(counted).toEqual([]);
        if (changes.some(isDeprovision)) expect(counted).toContain('rules-changed');
      }
    }));
});

describe('the plan of one person', () => {
  it('holds nothing but changes of the whole plan for this person and the groups that they need', () =>
    holds((input) => {
      const whole = new Set(computePlan(input).changes.map(changeKey));
      for (const user of everybody(input)) {
        const plan = narrowPlan(input, { user, suspend: true });
        const groups = new Set(
          plan.changes.flatMap((change) => ('user' in change && 'group' in change ? [change.group] : [])),
        );
        for (const change of plan.changes) {
          expect(whole).toContain(changeKey(change));
          if ('user' in change) expect(change.user).toBe(user);
          else expect(groups).toContain(change.group);
        }
        expect(plan.people.every((row) => row.user === user)).toBe(true);
        expect(plan.people.flatMap((row) => row.changes).length).toBe(
          plan.changes.filter((change) => 'user' in change).length,
        );
        expect(plan.counts).toEqual(countPlan(plan.changes, plan.people, plan.groups));
        expect(plan.base.protectedChanges).toEqual([]);
      }
    }));

  it('takes nothing from anybody who left the scope or is gone, and suspends only who is disabled, when asked to', () =>
    holds((input) => {
      const { inScope } = computeScope(input.source, input.settings.scope);
      for (const user of everybody(input)) {
        const person = input.source.users.find(({ id }) => id === user);
        const asked = narrowPlan(input, { user, suspend: true }).changes;
        const plain = narrowPlan(input, { user, suspend: false }).changes;
        const takes = (kinds: readonly string[]) => (change: { readonly kind: string }) => kinds.includes(change.kind);
        if (!inScope.has(user)) expect(asked.filter(isDeprovision)).toEqual([]);
        if (person?.enabled !== false) expect(asked.filter(takes(['suspend', 'remove-account']))).toEqual([]);
        expect(asked.filter(takes(['remove-account']))).toEqual([]);
        expect(plain).toEqual(asked.filter((change) => change.kind !== 'suspend'));
      }
    }));

  it('is the whole of what the plan of everybody has for a person in scope and enabled', () =>
    holds((input) => {
      const { inScope } = computeScope(input.source, input.settings.scope);
      for (const { id, enabled } of input.source.users) {
        if (!enabled || !inScope.has(id)) continue;
        const { changes, needs } = explainUser(input, id, guardsOf(input));
        const narrowed = narrowPlan(input, { user: id, suspend: false });
        expect(new Set(narrowed.changes.map(changeKey))).toEqual(new Set([...needs, ...changes].map(changeKey)));
      }
    }));
});
