import { groupScope } from './model';
import fc from 'fast-check';
import { clearGuards } from '../../src/domain/approval';
import { computePlan } from '../../src/domain/compute-plan';
import { checkGuards, rulesFingerprint } from '../../src/domain/guards';
import type { AccountId, GroupId } from '../../src/domain/identity';
import type { ConnectorMemory, Deprovisioned } from '../../src/domain/memory';
import type { PlanInput } from '../../src/domain/planning';
import type { DirectoryAccount, DirectorySnapshot } from '../../src/domain/snapshot';
import {
  accountLink,
  applyChanges,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  hour,
  issuer,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

/*
 * Whatever happens in Keycloak within a week, and however often it is synced, no more is taken than the limits say. What was taken
 * is measured on the directory before and after, never by the counts of the plan.
 */
const groupNames = ['base', 'devs', 'ops'] as const;
const week = 7 * 24 * hour;

/** What a night does to a stretch of people. */
const event = fc.record({
  what: fc.constantFrom<string>(
    'disable',
    'enable',
    'delete',
    'leave base',
    'leave devs',
    'leave ops',
    'join devs',
    'join ops',
  ),
  from: fc.nat(90),
  count: fc.oneof(fc.nat(4), fc.nat(14), fc.nat(90)),
});
const life = fc.record({
  people: fc.oneof(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 40, max: 90 })),
  behaviour: fc.constantFrom<'deactivate' | 'remove'>('deactivate', 'remove'),
  nights: fc.array(fc.record({ hours: fc.integer({ min: 1, max: 40 }), events: fc.array(event, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 14,
  }),
});
/** Night after night a few others leave, each time about as many as one run may take. */
const erosion = fc
  .record({
    nights: fc.array(fc.record({ hours: fc.integer({ min: 6, max: 40 }), count: fc.integer({ min: 5, max: 11 }) }), {
      minLength: 3,
      maxLength: 9,
    }),
    what: fc.constantFrom('disable', 'delete', 'leave base', 'leave devs'),
  })
  .map(({ nights, what }): Life => ({
    people: 90,
    behaviour: 'deactivate',
    nights: nights.map(({ hours, count }, index) => ({ hours, events: [{ what, from: index * 10, count }] })),
  }));
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

interface Person {
  readonly name: string;
  enabled: boolean;
  there: boolean;
  readonly groups: Set<string>;
}

function happen(people: readonly Person[], { what, from, count }: Life['nights'][number]['events'][number]): void {
  for (const person of people.slice(from % people.length, (from % people.length) + count)) {
    const [verb, group = ''] = what.split(' ');
    if (verb === 'disable') person.enabled = false;
    if (verb === 'enable') person.enabled = true;
    if (verb === 'delete') person.there = false;
    if (verb === 'leave') person.groups.delete(group);
    if (verb === 'join') person.groups.add(group);
  }
}

function begin(people: readonly Person[], behaviour: 'deactivate' | 'remove'): PlanInput {
  const scope = groupScope([sourceGroup('base').id], false);
  return planInput({
    settings: settings({ scope, cleanup: { behaviour, memberships: true } }),
    source: readSource(people, now),
    directory: directory(
      people.map(({ name }) => directoryAccount(name, { groups: groupNames })),
      groupNames.map((name) => directoryGroup(name, name === 'devs' ? { grantsAccess: ['jira'] } : {})),
    ),
    links: links(
      people.map(({ name }) => accountLink(name)),
      groupNames.map((name) => groupLink(name)),
    ),
  });
}

function readSource(people: readonly Person[], at: number): PlanInput['source'] {
  const users = people.flatMap(({ name, enabled, there, groups }) =>
    there ? [user(name, { enabled, groups: [...groups] })] : [],
  );
  // An empty realm is no reading; nobody knows this person, and nobody invites without a listed domain.
  const anchor = user('anchor', { email: 'anchor@foreign.test', groups: ['base'] });
  const groups = groupNames.map((name) => sourceGroup(name));
  return source([...users, anchor], groups, undefined, at);
}

const rank = (id: string): GroupId => directoryGroup(id).id;
const activeOf = ({ accounts }: DirectorySnapshot): readonly DirectoryAccount[] =>
  accounts.filter(({ status }) => status === 'active');
const hasAccess = ({ groupIds }: DirectoryAccount): boolean => groupIds.includes(rank('devs'));

/** Accounts that were active and are not any more, or had a group that grants access and have none. */
function countLost(before: DirectorySnapshot, after: DirectorySnapshot): number {
  const later = new Map<AccountId, DirectoryAccount>(activeOf(after).map((account) => [account.id, account]));
  return activeOf(before).filter((account) => {
    const now = later.get(account.id);
    return now === undefined || (hasAccess(account) && !hasAccess(now));
  }).length;
}

/** Memberships that accounts lost by themselves, by group: of accounts that are gone the memberships went with them. */
function countLeft(before: DirectorySnapshot, after: DirectorySnapshot): ReadonlyMap<GroupId, number> {
  const later = new Map<AccountId, DirectoryAccount>(after.accounts.map((account) => [account.id, account]));
  const left = new Map<GroupId, number>();
  for (const account of before.accounts) {
    const groups = later.get(account.id)?.groupIds;
    for (const id of account.groupIds) {
      if (groups !== undefined && !groups.includes(id)) left.set(id, (left.get(id) ?? 0) + 1);
    }
  }
  return left;
}

/** Lives through the nights; whatever is over its limits is not done. Calls `look` at each run that did something. */
function live({ people: count, behaviour, nights }: Life, look: (run: Run) => void): number {
  const people = Array.from({ length: count }, (_, index): Person => ({
    name: `p${index}`,
    enabled: true,
    there: true,
    groups: new Set(groupNames),
  }));
  let world = begin(people, behaviour);
  const rules = rulesFingerprint(world.settings);
  let deprovisioned: readonly Deprovisioned[] = [];
  let applied = 0;
  let at = now;
  for (const { hours, events } of nights) {
    at += hours * hour;
    for (const each of events) happen(people, each);
    const gone = people.filter(({ there }) => !there).map(({ name }) => userId(name));
    world = { ...world, now: at, source: readSource(people, at), confirmedAbsent: new Set(gone) };
    const memory: ConnectorMemory = { acceptedRules: rules, acceptedIssuer: issuer, deprovisioned, recent: [] };
    const plan = computePlan(world);
    const cleared = clearGuards(checkGuards(plan, { preset: 'strict', memory, rules, issuer, now: at }));
    if (cleared === undefined) continue;
    const before = world.directory;
    world = applyChanges(world, cleared.changes);
    const lost = countLost(before, world.directory);
    if (lost > 0) deprovisioned = [...deprovisioned, { at, accounts: lost }];
    applied += lost;
    look({ before, after: world.directory, lost, inSevenDays: sumSince(deprovisioned, at - week) });
  }
  return applied;
}

interface Run {
  readonly before: DirectorySnapshot;
  readonly after: DirectorySnapshot;
  readonly lost: number;
  readonly inSevenDays: number;
}

function sumSince(deprovisioned: readonly Deprovisioned[], since: number): number {
  return deprovisioned.filter(({ at }) => at > since).reduce((sum, each) => sum + each.accounts, 0);
}

const holds = (look: (run: Run) => void): void =>
  fc.assert(
    fc.property(fc.oneof(life, erosion), (each) => void live(each, look)),
    { numRuns: 150 },
  );

describe('whatever the sequence of runs, without approval', () => {
  it('no run takes access from more than ten accounts or a hundredth, nor from more than a quarter', () =>
    holds(({ before, lost }) => {
      const active = activeOf(before).length;
      expect(lost).toBeLessThanOrEqual(Math.max(10, Math.floor(active / 100)));
      expect(lost).toBeLessThanOrEqual(active / 4);
    }));

  it('no seven days take access from more than three times as many', () =>
    holds(({ before, inSevenDays }) => {
      expect(inSevenDays).toBeLessThanOrEqual(3 * Math.max(10, Math.floor(activeOf(before).length / 100)));
    }));

  it('no run takes more than fifty memberships or a twentieth, nor a fifth of a group, nor its last member', () =>
    holds(({ before, after }) => {
      const left = countLeft(before, after);
      const members = (side: DirectorySnapshot, id: GroupId): number =>
        activeOf(side).filter(({ groupIds }) => groupIds.includes(id)).length;
      const all = groupNames.reduce((sum, name) => sum + members(before, rank(name)), 0);
      expect([...left.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(
        Math.max(50, Math.floor(all / 20)),
      );
      for (const [id, count] of left) {
        const size = members(before, id);
        expect(count).toBeLessThanOrEqual(size < 10 ? 2 : Math.floor(size / 5));
        expect(count).toBeLessThan(size);
      }
    }));

  it('something is taken in many of these lives, so that the others can fail', () => {
    const lives = fc.sample(life, { numRuns: 60, seed: 7 });
    expect(lives.filter((each) => live(each, () => undefined) > 0).length).toBeGreaterThan(15);
  });
});
