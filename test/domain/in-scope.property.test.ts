import fc from 'fast-check';
import { computeObservations } from '../../src/domain/absence';
import { withholdRemovals, proveSource } from '../../src/domain/completeness';
import { computePlan } from '../../src/domain/compute-plan';
import type { Scope } from '../../src/domain/connector';
import { SourceError } from '../../src/domain/errors';
import { noGroups } from '../../src/domain/group-set';
import { countMembers } from '../../src/domain/member-counts';
import { findOutages } from '../../src/domain/outage';
import { findClaims } from '../../src/domain/own-groups';
import type { PlanInput } from '../../src/domain/planning';
import { findDecisiveGroups, measureScope } from '../../src/domain/scope';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import { keycloakGroupId, now } from './model';
import { build, world } from './worlds';

const names = ['base', 'devs', 'ops', 'hr', 'admins'];
const set = fc
  .subarray(names, { maxLength: 2 })
  .map((chosen) => ({ groupIds: chosen.map(keycloakGroupId), rules: [] }));
const scopes: fc.Arbitrary<Scope> = fc.record({
  kind: fc.constant('groups' as const),
  include: set.filter(({ groupIds }) => groupIds.length > 0),
  exclude: fc.oneof(fc.constant(noGroups), set),
  match: fc.constantFrom('any' as const, 'all' as const),
  subGroups: fc.boolean(),
});
/** What lies below what: the same groups in trees of any shape. */
const parents = fc.array(fc.option(fc.nat(6), { nil: undefined }), { minLength: 7, maxLength: 7 });
const worlds = fc.record({
  world,
  scope: scopes,
  parents,
  subGroups: fc.constantFrom('direct' as const, 'parents' as const),
});

type Given = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

/** The whole reading of a world, with its own scope and tree of groups. */
function wholeOf({ world: given, scope, parents: above, subGroups }: Given): PlanInput {
  const input = build(given);
  const groups = input.source.groups.map((group, index) => {
    const parent = above[index];
    // Only groups before it, so that no circle comes up.
    const parentId = parent === undefined || parent >= index ? undefined : input.source.groups[parent]?.id;
    return { ...group, ...(parentId === undefined ? {} : { parentId }) };
  });
  const settings = { ...input.settings, scope, groups: { ...input.settings.groups, subGroups } };
  return { ...input, source: prove({ ...input.source, groups }), settings };
}

/** The same as a reading brings it that the scope limits. */
function limitedOf(input: PlanInput): PlanInput {
  const { source, settings } = input;
  const { inScope } = measureScope(source, settings.scope);
  const { required, excluded } = findDecisiveGroups(source.groups, settings.scope);
  const users = source.users.map((user) =>
    inScope.has(user.id)
      ? user
      : { ...user, groupIds: user.groupIds.filter((id) => required.has(id) || excluded.has(id)) },
  );
  return { ...input, source: prove({ ...source, users, memberships: 'in-scope' }) };
}

function prove(given: SourceSnapshot): SourceSnapshot {
  const counts = { users: given.users.length, groups: given.groups.length };
  const evidence = { ...given, before: counts, after: counts, shortPages: 0, duplicates: 0 };
  if (given.removals.kind === 'withheld') return withholdRemovals(evidence, given.removals.reasons);
  const proof = proveSource(evidence);
  if (proof.kind === 'drifted') throw new Error(proof.reasons.join(' '));
  return proof.snapshot;
}

function attempt<Value>(work: () => Value): Value | string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.message;
  }
}

/** Links whose counts were made of this very realm, as a run before would have left them, with a fifth more each. */
function withCounts(input: PlanInput): PlanInput {
  const entries = attempt(() => computeObservations(input.source, input.links, input.directory, now, input.settings));
  const counted = new Map(
    (typeof entries === 'string' ? [] : entries).flatMap((entry) =>
      entry.kind === 'group' ? [[entry.link.sourceGroupId, entry.link] as const] : [],
    ),
  );
  const groups = input.links.groups.map((link) => {
    const { countedFor } = counted.get(link.sourceGroupId) ?? link;
    return { ...link, ...(countedFor === undefined ? {} : { countedFor }) };
  });
  return { ...input, links: { ...input.links, groups } };
}

describe('a reading that the scope limits', () => {
  it('gives the very plan of the whole reading, with the same claims, counts and outages', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const whole = withCounts(wholeOf(given));
        const limited = limitedOf(whole);
        const { settings } = whole;
        const plans = [whole, limited].map((input) => attempt(() => computePlan(input)));
        expect(plans[1]).toEqual(plans[0]);
        const [plan] = plans;
        if (plan === undefined || typeof plan === 'string') return;
        expect(measureScope(limited.source, settings.scope)).toEqual(measureScope(whole.source, settings.scope));
        expect(countMembers(limited.source, settings)).toEqual(countMembers(whole.source, settings));
        expect(findOutages(limited.source, whole.links, settings)).toEqual(
          findOutages(whole.source, whole.links, settings),
        );
        const claims = [whole, limited].map(({ source }) =>
          findClaims(plan.changes, source, settings.scope, settings.groups.subGroups).map(({ key, user, groups }) => ({
            key,
            user,
            groups,
          })),
        );
        expect(claims[1]).toEqual(claims[0]);
      }),
      { numRuns: 600 },
    );
  });
});
