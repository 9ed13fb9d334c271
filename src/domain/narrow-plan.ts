import { assemblePlan, computeSides, planPeople, type PlannedPerson, type PlanSides } from './compute-plan';
import type { Wish } from './desired';
import { createAscent } from './group-tree';
import type { SourceGroupId } from './identity';
import type { Plan } from './plan';
import type { PlanInput } from './planning';
import type { OnlyPerson } from './run';

/**
 * The plan of one person alone: what the whole plan has for that person, and the groups that must be created or linked for it.
 * Never cleanup: nothing is taken from somebody who left the scope or is gone. Somebody disabled in Keycloak is suspended only
 * where `suspend` says so. Counts and base are those of the narrowed plan, so that the guards measure it as they measure any.
 */
export function narrowPlan(input: PlanInput, only: OnlyPerson): Plan {
  const sides = computeSides(input);
  const people = planPeople(input, sides)
    .filter(({ row }) => row.user === only.user)
    .map((person) => narrowPerson(person, sides.wishes.get(only.user), only));
  const plan = assemblePlan(input, { ...sides, groups: narrowGroups(input, sides, people, only) }, people);
  const note =
    people.length === 0
      ? 'The person is not in scope and has no linked account, so nothing is to be done.'
      : 'Only one person is synced: nobody else is changed, and nothing is cleaned up.';
  return { ...plan, notes: [note, ...plan.notes] };
}

function narrowPerson(person: PlannedPerson, wish: Wish | undefined, { suspend }: OnlyPerson): PlannedPerson {
  if (person.changes.length === 0 || wish === undefined) return person;
  switch (wish.kind) {
    case 'account':
    case 'unmappable':
      return person;
    case 'inactive':
      return suspend ? person : hold(person, 'Deactivating one person needs your express confirmation.');
    case 'out-of-scope':
    case 'absent':
      return hold(person, 'Syncing one person never cleans up: the next sync of everybody does.');
  }
}

function hold({ row, inDoubt }: PlannedPerson, why: string): PlannedPerson {
  return { row: { ...row, operation: 'held-back', reason: `${row.reason} ${why}` }, changes: [], inDoubt };
}

/** Groups that the changes need, and the person's other ones as they are; nothing is adopted that this person does not need. */
function narrowGroups(
  { source, settings }: PlanInput,
  { groups }: PlanSides,
  people: readonly PlannedPerson[],
  { user }: OnlyPerson,
): PlanSides['groups'] {
  const needed = new Set<SourceGroupId>(
    people.flatMap(({ changes }) => changes.flatMap((change) => ('group' in change ? [change.group] : []))),
  );
  const rise = createAscent(source.groups, settings.groups.subGroups);
  const own = new Set<SourceGroupId>(
    people.length === 0 ? [] : rise(source.users.find((each) => each.id === user)?.groupIds ?? []),
  );
  return new Map(
    [...groups].filter(([id, decision]) => {
      const adopts = decision.kind === 'target' && decision.operation === 'adopted';
      return needed.has(id) || (own.has(id) && !adopts);
    }),
  );
}
