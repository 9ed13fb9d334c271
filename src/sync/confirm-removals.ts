import pMap from 'p-map';
import { leaveOut } from '../domain/approval';
import { describeDispute, findClaims, isAnswered, listAsked, type OwnGroups } from '../domain/own-groups';
import type { ClearedPlan } from '../domain/plan';
import type { Progress } from '../domain/run';
import type { SourceSnapshot } from '../domain/snapshot';
import { isNearlyUsed } from './budget';
import type { RecordedOutcome } from './outcomes';
import type { SourceUserId } from '../domain/identity';
import { work, type Step } from './step';

/** Measured: 6 to 8 at once read a realm fastest. */
const atOnce = 8;

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
 * Asks Keycloak for the own groups of everybody who would lose a membership, or everything for having left the required groups:
 * a list of members may be short and still look complete. Only what may be applied is asked about, one request for each person
 * and, for people of a federation, one for somebody who is listed in the group: LDAP that does not answer takes the group from all.
 * What is taken back by an undo rests on no list and needs none. Throws `SourceError`.
 */
export async function confirmRemovals(step: Step, source: SourceSnapshot, cleared: ClearedPlan): Promise<Confirmation> {
  const { world, run, fence } = step;
  const claims = run.undoes === undefined ? findClaims(cleared.changes, source, step.settings.scope) : [];
  if (claims.length === 0) return { kind: 'confirmed', cleared, outcomes: [], notes: [] };
  const before = (await world.work.load<OwnGroups>(run.id, work.ownGroups)) ?? {};
  const people = listAsked(claims);
  const { own, failure } = await readOwnGroups(step, people, before);
  const asked = Object.keys(own).length;
  await world.work.save(work.ownGroups, own, fence);
  if (failure !== undefined) throw failure.error;
  // An invocation that has no room for a single person would come back for ever.
  if (asked < people.length && asked > Object.keys(before).length) {
    return {
      kind: 'unfinished',
      progress: { what: 'people whose groups are confirmed', done: asked, total: people.length },
    };
  }
  await world.work.delete(run.id, [work.ownGroups]);
  const outcomes = claims.flatMap((claim): readonly RecordedOutcome[] => {
    const message = describeDispute(claim, own);
    if (message === undefined) return [];
    const { key } = claim;
    if (!isAnswered(claim, own)) return [{ key, outcome: 'not-reached', message }];
    return [{ key, outcome: 'refused', message, code: 'contradicted' }];
  });
  return {
    kind: 'confirmed',
    cleared: leaveOut(cleared, new Set(outcomes.map(({ key }) => key))),
    outcomes,
    notes: describe(outcomes),
  };
}

async function readOwnGroups(
  step: Step,
  people: readonly SourceUserId[],
  before: OwnGroups,
): Promise<{ readonly own: OwnGroups; readonly failure?: { readonly error: unknown } }> {
  const own = new Map(Object.entries(before));
  const source = await step.source();
  let failure: { readonly error: unknown } | undefined;
  const open = people.filter((user) => !own.has(user));
  await pMap(
    open,
    async (user) => {
      // Requests in flight come to their end whatever happens to one of them: none runs on in a later invocation.
      if (failure !== undefined || isNearlyUsed(step.budget)) return;
      try {
        own.set(user, (await source.readGroupsOf(user)) ?? null);
      } catch (error) {
        failure ??= { error };
      }
    },
    { concurrency: atOnce },
  );
  return { own: Object.fromEntries(own), ...(failure === undefined ? {} : { failure }) };
}

function describe(outcomes: readonly RecordedOutcome[]): readonly string[] {
  const contradicted = outcomes.filter(({ outcome }) => outcome === 'refused').length;
  const open = outcomes.length - contradicted;
  return [
    ...(contradicted === 0
      ? []
      : [
          `${contradicted} removals are left out: Keycloak's lists of members and its records of these people do not agree.`,
        ]),
    ...(open === 0
      ? []
      : [`${open} removals wait for a later run: there was no room left to confirm them with Keycloak.`]),
  ];
}
