import { assemblePlan, computeSides, planPeople, type PlannedPerson, type PlanSides } from './compute-plan';
import { describeChange } from './describe-change';
import { explainGroups } from './explain-groups';
import { explainMapping } from './explain-mapping';
import { explainFound, explainMatch, explainScope } from './explain-steps';
import type { ExplainedGuard, ExplainedPerson, Explanation, ExplainStep } from './explanation';
import { describeGone, describeUser, findPeople } from './find-people';
import { checkGuards, type GuardContext } from './guards';
import { normalizeEmail, type SourceUserId } from './identity';
import type { Plan } from './plan';
import type { PlanInput } from './planning';

/** Explains who is asked for: by user name, e-mail address or id; several hits are offered, none is said plainly. */
export function explain(input: PlanInput, asked: string, guards: GuardContext): Explanation {
  const head = { asked, readAt: input.source.readAt, peopleRead: input.source.users.length };
  const choices = findPeople(input.source, input.links, asked);
  const [first, ...others] = choices;
  if (first === undefined) return { ...head, kind: 'nobody', message: describeNobody(input, asked) };
  if (others.length > 0) return { ...head, kind: 'several', choices };
  return { ...head, kind: 'person', person: explainUser(input, first.user, guards) };
}

/**
 * The way of one person through the plan of everybody, step by step. It is cut out of that plan: same wish, match, row, changes
 * and guards. Throws what `computePlan` throws; `user` is somebody of the source, or linked.
 */
export function explainUser(input: PlanInput, user: SourceUserId, guards: GuardContext): ExplainedPerson {
  const sides = computeSides(input);
  const people = planPeople(input, sides);
  const plan = assemblePlan(input, sides, people);
  const row = plan.people.find((each) => each.user === user);
  const changes = (row?.changes ?? []).flatMap((index) => plan.changes[index] ?? []);
  const groups = new Set(changes.flatMap((change) => ('group' in change ? [change.group] : [])));
  const needs = plan.changes.filter(
    (change) => (change.kind === 'create-group' || change.kind === 'adopt-group') && groups.has(change.group),
  );
  const subject = { input, sides, user, row, changes };
  const told = [...needs, ...changes].map((change) => ({
    kind: change.kind,
    text: describeChange(change),
    reason: change.reason,
  }));
  const steps: readonly ExplainStep[] =
    row === undefined
      ? [explainFound(subject), explainScope(subject)]
      : [
          explainFound(subject),
          explainScope(subject),
          explainMatch(subject),
          explainMapping(subject),
          explainGroups(subject),
          {
            kind: 'changes',
            mark: changes.length > 0 ? 'passed' : 'idle',
            sentence: changes.length > 0 ? row.reason : `Nothing changes. ${row.reason}`,
            changes: told,
          },
          explainGuards(input, sides, people, plan, user, guards),
        ];
  return {
    ...describePerson(input, user),
    ...(row === undefined ? {} : { name: row.name }),
    operation: row?.operation ?? 'not-concerned',
    reason: row?.reason ?? 'Is not in scope and has no linked account: this connector does nothing with the person.',
    notes: row?.notes ?? [],
    ...(row?.guest === undefined ? {} : { guest: row.guest }),
    steps,
    changes,
    needs,
  };
}

function describePerson({ source, links }: PlanInput, id: SourceUserId) {
  const user = source.users.find((each) => each.id === id);
  if (user !== undefined) return describeUser(user);
  const link = links.accounts.find((each) => each.sourceUserId === id);
  if (link === undefined) throw new Error('nobody with this id is in the source or linked');
  return describeGone(link);
}

/** Whom a limit counts shows by the guards themselves: they measure the plan once with and once without this person's changes. */
function explainGuards(
  input: PlanInput,
  sides: PlanSides,
  people: readonly PlannedPerson[],
  plan: Plan,
  user: SourceUserId,
  context: GuardContext,
): ExplainStep {
  const { violations } = checkGuards(plan, context);
  const others = people.map((person) => (person.row.user === user ? { ...person, changes: [] } : person));
  const without = new Map(
    violations.length === 0
      ? []
      : checkGuards(assemblePlan(input, sides, others), context).violations.map((each) => [each.guard, each]),
  );
  const guards = violations.map(({ guard, message, found }): ExplainedGuard => {
    const other = without.get(guard);
    return { guard, message, counts: other?.found !== found || other.message !== message };
  });
  const counted = guards.some(({ counts }) => counts);
  return { kind: 'guards', ...describeGuards(guards.length, counted), guards };
}

function describeGuards(held: number, counted: boolean): Pick<ExplainStep, 'mark' | 'sentence'> {
  if (held === 0) return { mark: 'passed', sentence: 'No safety limit holds the plan of this moment.' };
  if (!counted) {
    return {
      mark: 'attention',
      sentence: 'A sync of everybody would be held for approval, but not because of this person.',
    };
  }
  return {
    mark: 'attention',
    sentence: 'A sync of everybody would be held for approval, and this person is among what is counted.',
  };
}

function describeNobody({ source, directory }: PlanInput, asked: string): string {
  const text = asked.trim();
  const email = normalizeEmail(text);
  const account =
    email === undefined ? undefined : directory.accounts.find((each) => normalizeEmail(each.email) === email);
  const atlassian =
    account === undefined
      ? ''
      : ` Atlassian has an account with this address ("${account.name}"); this connector has nothing to do with it.`;
  return `Nobody among the ${source.users.length} people in Keycloak has the user name, the e-mail address or the id "${text}", and no link remembers one.${atlassian}`;
}
