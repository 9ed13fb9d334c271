import { leaveOut } from '../domain/approval';
import { describeDispute, findClaims, isAnswered, listAsked } from '../domain/own-groups';
import { describeEnabled, findDisabledClaims } from '../domain/own-state';
import type { ClearedPlan } from '../domain/plan';
import type { Progress } from '../domain/run';
import type { SourceSnapshot } from '../domain/snapshot';
import { askEach, type Asked } from './ask-each';
import type { RecordedOutcome } from './outcomes';
import { work, type Step } from './step';

export type Confirmation =
  /** The invocation is nearly used; what was asked is kept, and the next one goes on with planning. */
  | { readonly kind: 'unfinished'; readonly progress: Progress }
  | {
      readonly kind: 'confirmed';
      /** Without the changes that Keycloak's record of the person contradicts. */
      readonly cleared: ClearedPlan;
      readonly outcomes: readonly RecordedOutcome[];
      readonly notes: readonly string[];
    };

/**
 * Asks Keycloak for the own record of everybody who would lose something: a list of members may be short and still look complete,
 * and a list of users may show somebody of a federation disabled whose LDAP did not answer for a moment. Only what may be applied is
 * asked about: the groups of who would lose a membership, or everything for having left the required groups (and, for people of a
 * federation, of somebody who is listed in the group: LDAP that does not answer takes the group from all), and the state of
 * disabled people of a federation. What is taken back by an undo rests on no list and needs none. Throws `SourceError`.
 */
export async function confirmRemovals(step: Step, source: SourceSnapshot, cleared: ClearedPlan): Promise<Confirmation> {
  if (step.run.undoes !== undefined) return { kind: 'confirmed', cleared, outcomes: [], notes: [] };
  const groups = await disputeGroups(step, source, cleared);
  if (groups.kind === 'unfinished') return groups;
  const states = await disputeStates(step, source, cleared);
  if (states.kind === 'unfinished') return states;
  await step.world.work.delete(step.run.id, [work.ownGroups, work.ownStates]);
  const outcomes = [...new Map([...states.outcomes, ...groups.outcomes].map((each) => [each.key, each])).values()];
  return {
    kind: 'confirmed',
    cleared: leaveOut(cleared, new Set(outcomes.map(({ key }) => key))),
    outcomes,
    notes: describe(outcomes),
  };
}

type Disputes =
  | Extract<Asked<never>, { readonly kind: 'unfinished' }>
  | { readonly kind: 'asked'; readonly outcomes: readonly RecordedOutcome[] };

async function disputeGroups(step: Step, source: SourceSnapshot, { changes }: ClearedPlan): Promise<Disputes> {
  const claims = findClaims(changes, source, step.settings.scope, step.settings.groups.subGroups);
  const kept = { name: work.ownGroups, what: 'people whose groups are confirmed' };
  const asked = await askEach(
    step,
    kept,
    listAsked(claims),
    async (keycloak, user) => (await keycloak.readGroupsOf(user)) ?? null,
  );
  if (asked.kind === 'unfinished') return asked;
  const { answers } = asked;
  return {
    kind: 'asked',
    outcomes: claims.flatMap((claim) =>
      dispute(claim.key, describeDispute(claim, answers), isAnswered(claim, answers)),
    ),
  };
}

async function disputeStates(step: Step, source: SourceSnapshot, { changes }: ClearedPlan): Promise<Disputes> {
  const claims = findDisabledClaims(changes, source);
  const kept = { name: work.ownStates, what: 'people whose state is confirmed' };
  const people = [...new Set(claims.map(({ user }) => user))];
  const asked = await askEach(step, kept, people, async (keycloak, user) => (await keycloak.readState(user)) ?? null);
  if (asked.kind === 'unfinished') return asked;
  const { answers } = asked;
  return {
    kind: 'asked',
    outcomes: claims.flatMap((claim) =>
      dispute(claim.key, describeEnabled(claim, answers), answers[claim.user] !== undefined),
    ),
  };
}

function dispute(key: string, message: string | undefined, isAnswered: boolean): readonly RecordedOutcome[] {
  if (message === undefined) return [];
  if (!isAnswered) return [{ key, outcome: 'not-reached', message }];
  return [{ key, outcome: 'refused', message, code: 'contradicted' }];
}

function describe(outcomes: readonly RecordedOutcome[]): readonly string[] {
  const contradicted = outcomes.filter(({ outcome }) => outcome === 'refused').length;
  const open = outcomes.length - contradicted;
  return [
    ...(contradicted === 0
      ? []
      : [`${contradicted} removals are left out: Keycloak's lists and its records of these people do not agree.`]),
    ...(open === 0
      ? []
      : [`${open} removals wait for a later run: there was no room left to confirm them with Keycloak.`]),
  ];
}
