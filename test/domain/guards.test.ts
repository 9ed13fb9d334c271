import { changeKey, type Change } from '../../src/domain/change';
import type { LimitPreset } from '../../src/domain/connector';
import { acceptsRules, checkGuards, deprovisionLimit } from '../../src/domain/guards';
import { runId } from '../../src/domain/identity';
import type { ConnectorMemory } from '../../src/domain/memory';
import type { Plan, PlanBase } from '../../src/domain/plan';
import { countPlan } from '../../src/domain/plan-counts';
import { account, atlassianGroupId, hour, issuer, keycloakGroupId, now, userId } from './model';

const reason = 'Because.';
const many = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const suspend = (count: number, evidence: 'listed' | 'unconfirmed' = 'listed') =>
  many(count, (index): Change => {
    return { kind: 'suspend', user: userId(`s${index}`), accountId: account(`s${index}`), evidence, reason };
  });
const removeAccounts = (count: number) =>
  many(count, (index): Change => {
    return {
      kind: 'remove-account',
      user: userId(`r${index}`),
      accountId: account(`r${index}`),
      evidence: 'listed',
      reason,
    };
  });
const removeFrom = (group: string, count: number) =>
  many(count, (index): Change => {
    const ids = { group: keycloakGroupId(group), groupId: atlassianGroupId(group), groupName: group };
    return { kind: 'remove-member', user: userId(`m${index}`), accountId: account(`m${index}`), ...ids, reason };
  });
const invite = (count: number) =>
  many(count, (index): Change => {
    return { kind: 'invite', user: userId(`i${index}`), email: `i${index}@example.com`, displayName: 'New', reason };
  });
const restore = (count: number) =>
  many(count, (index): Change => ({
    kind: 'restore',
    user: userId(`b${index}`),
    accountId: account(`b${index}`),
    reason,
  }));
const relink = (count: number) =>
  many(count, (index): Change => {
    const ids = { user: userId(`n${index}`), accountId: account(`o${index}`), relinks: userId(`o${index}`) };
    return { kind: 'adopt-account', ...ids, email: 'a@example.com', reason };
  });
const adopt = (count: number) =>
  many(count, (index): Change => {
    return {
      kind: 'adopt-account',
      user: userId(`a${index}`),
      accountId: account(`a${index}`),
      email: 'a@example.com',
      reason,
    };
  });

function plan(changes: readonly Change[], base: Partial<PlanBase> = {}, more: Partial<Plan> = {}): Plan {
  const sizes = {
    accounts: 1000,
    memberships: 1000,
    groupMembers: {},
    losingAccess: [],
    seats: [],
    protectedChanges: [],
    inDoubt: 0,
  };
  return {
    changes,
    people: [],
    groups: [],
    counts: countPlan(changes, [], []),
    removals: { kind: 'allowed' },
    notes: [],
    base: { ...sizes, ...base },
    ...more,
  };
}

const memory: ConnectorMemory = { acceptedRules: 'rules', acceptedIssuer: issuer, deprovisioned: [], recent: [] };
const context = { preset: 'strict' as LimitPreset, memory, rules: 'rules', issuer, now };
const check = (given: Plan, more: Partial<typeof context> = {}) =>
  checkGuards(given, { ...context, ...more }).violations.map(
    ({ guard, found, limit }) => `${guard} ${found} > ${limit}`,
  );
const large = { 'k-devs': 1000 };

describe('the guards', () => {
  it.each<[string, Plan, readonly string[]]>([
    ['let ten of 1,000 accounts go', plan(suspend(10)), []],
    ['hold eleven of 1,000 accounts', plan(suspend(11)), ['accounts-deprovisioned 11 > 10']],
    ['let 1 % of 5,000 accounts go', plan(suspend(50), { accounts: 5000 }), []],
    ['hold more than 1 % of 5,000 accounts', plan(suspend(51), { accounts: 5000 }), ['accounts-deprovisioned 51 > 50']],
    ['let a quarter of twelve accounts go', plan(suspend(3), { accounts: 12 }), []],
    ['hold more than a quarter of twelve accounts', plan(suspend(4), { accounts: 12 }), ['accounts-quarter 4 > 3']],
    ['hold the only account', plan(suspend(1), { accounts: 1 }), ['accounts-quarter 1 > 0']],
    [
      'count removed accounts with suspended ones',
      plan([...suspend(6), ...removeAccounts(5)]),
      ['accounts-deprovisioned 11 > 10'],
    ],
    [
      'count accounts that lose their last group with product access, each account once',
      plan(suspend(9), { losingAccess: [account('x'), account('y'), account('s0')] }),
      ['accounts-deprovisioned 11 > 10'],
    ],
    ['count what is not confirmed', plan(suspend(11, 'unconfirmed')), ['accounts-deprovisioned 11 > 10']],
    ['let 50 memberships go', plan(removeFrom('devs', 50), { groupMembers: large }), []],
    ['hold 51 memberships', plan(removeFrom('devs', 51), { groupMembers: large }), ['memberships-removed 51 > 50']],
    ['let 5 % of many memberships go', plan(removeFrom('devs', 100), { memberships: 2000, groupMembers: large }), []],
    ['let a fifth of one group go', plan(removeFrom('devs', 4), { groupMembers: { 'k-devs': 20 } }), []],
    [
      'hold more than a fifth of one group',
      plan(removeFrom('devs', 5), { groupMembers: { 'k-devs': 20 } }),
      ['group-share 5 > 4'],
    ],
    ['let two of a small group go', plan(removeFrom('devs', 2), { groupMembers: { 'k-devs': 9 } }), []],
    [
      'hold three of a small group',
      plan(removeFrom('devs', 3), { groupMembers: { 'k-devs': 9 } }),
      ['group-share 3 > 2'],
    ],
    [
      'hold the last member of a group',
      plan(removeFrom('devs', 1), { groupMembers: { 'k-devs': 1 } }),
      ['last-member 1 > 0'],
    ],
    [
      'hold the last members of a group although others come: they may be refused',
      plan(
        [
          { kind: 'add-member', user: userId('n'), group: keycloakGroupId('devs'), groupName: 'devs', reason },
          ...removeFrom('devs', 2),
        ],
        { groupMembers: { 'k-devs': 2 } },
      ),
      ['last-member 1 > 0'],
    ],
    [
      'name the group with the most losses once for all groups',
      plan([...removeFrom('devs', 3), ...removeFrom('ops', 4)], { groupMembers: { 'k-devs': 8, 'k-ops': 9 } }),
      ['group-share 4 > 2'],
    ],
    ['let 25 accounts be created', plan(invite(25)), []],
    ['hold 26 created accounts', plan(invite(26)), ['accounts-created 26 > 25']],
    ['let 2 % of 5,000 accounts be created', plan(invite(100), { accounts: 5000 }), []],
    ['let ten accounts be reactivated', plan(restore(10)), []],
    ['hold eleven reactivated accounts', plan(restore(11)), ['accounts-reactivated 11 > 10']],
    [
      'hold eleven relinked and reactivated accounts',
      plan([...relink(6), ...restore(5)]),
      ['accounts-reactivated 11 > 10'],
    ],
    ['let ten accounts be relinked', plan(relink(10)), []],
    ['do not limit links to accounts that exist', plan(adopt(500)), []],
    ['let an empty plan pass', plan([]), []],
  ])('%s', (_, given, violations) => {
    expect(check(given)).toEqual(violations);
  });

  it('hold three times the limit within seven days, whatever the single run takes', () => {
    const earlier = (days: number, accounts: number) => ({ at: now - days * 24 * hour, accounts });
    const after = (deprovisioned: ConnectorMemory['deprovisioned'], given = plan(suspend(5))) =>
      check(given, { memory: { ...memory, deprovisioned } });
    expect(after([earlier(1, 10), earlier(3, 10), earlier(6, 5)])).toEqual([]);
    expect(after([earlier(1, 10), earlier(3, 10), earlier(6, 6)])).toEqual(['accounts-seven-days 31 > 30']);
    expect(after([earlier(7, 30)])).toEqual([]);
    expect(after([earlier(1, 99)], plan([]))).toEqual([]);
  });

  it.each<[string, Partial<ConnectorMemory>, readonly string[]]>([
    ['the rules changed', { acceptedRules: 'other rules' }, ['rules-changed 1 > 0']],
    ['the issuer changed', { acceptedIssuer: 'https://other.example.com/realms/main' }, ['issuer-changed 1 > 0']],
  ])('hold a single removal when %s since the last accepted run, and no addition', (_, changed, violations) => {
    const changedMemory = { memory: { ...memory, ...changed } };
    expect(check(plan(suspend(1)), changedMemory)).toEqual(violations);
    expect(check(plan(removeFrom('devs', 1), { groupMembers: large }), changedMemory)).toEqual(violations);
    expect(check(plan([...invite(5), ...restore(1)]), changedMemory)).toEqual([]);
  });

  it('hold every plan on links of another issuer, so that an administrator says whether it is the same realm', () => {
    const linkedIssuer = 'https://other.example.com/realms/main';
    expect(check(plan([], { linkedIssuer }))).toEqual(['issuer-changed 1 > 0']);
    expect(check(plan(invite(1), { linkedIssuer }))).toEqual(['issuer-changed 1 > 0']);
  });

  it.each<[string, number, number, readonly string[]]>([
    ['hold what was undone in two runs', 4, 4, ['another-writer 4 > 3']],
    ['let what was undone for the first time pass', 4, 0, []],
    ['let three undone changes pass, which may be somebody’s corrections', 3, 40, []],
    ['let three earlier undone changes pass', 40, 3, []],
  ])('%s', (_, undone, again, violations) => {
    const changes = removeFrom('devs', undone);
    const lastWritten = { run: runId('run-1'), keys: changes.map(changeKey), again };
    const given = plan([...changes, ...invite(5)], { groupMembers: large });
    expect(check(given, { memory: { ...memory, lastWritten } })).toEqual(violations);
  });

  it('hold a single removal before any run was accepted', () => {
    const first = { memory: { deprovisioned: [], recent: [] } };
    expect(check(plan(suspend(1)), first)).toEqual(['rules-changed 1 > 0']);
  });

  it.each<[LimitPreset, readonly string[]]>([
    [
      'strict',
      [
        'accounts-deprovisioned 21 > 10',
        'memberships-removed 101 > 50',
        'accounts-created 51 > 25',
        'accounts-reactivated 21 > 10',
      ],
    ],
    [
      'normal',
      [
        'accounts-deprovisioned 21 > 20',
        'memberships-removed 101 > 100',
        'accounts-created 51 > 50',
        'accounts-reactivated 21 > 20',
      ],
    ],
    ['first-load', ['accounts-deprovisioned 21 > 10', 'memberships-removed 101 > 50', 'accounts-reactivated 21 > 10']],
  ])('of the preset %s', (preset, violations) => {
    const given = plan([...invite(51), ...restore(21), ...removeFrom('devs', 101), ...suspend(21)], {
      groupMembers: large,
    });
    expect(check(given, { preset })).toEqual(violations);
  });

  it('of the preset normal let twice as much of one group go, and never the last member or more than a quarter', () => {
    const normal = { preset: 'normal' as const };
    expect(check(plan(removeFrom('devs', 4), { groupMembers: { 'k-devs': 9 } }), normal)).toEqual([]);
    expect(check(plan(removeFrom('devs', 5), { groupMembers: { 'k-devs': 9 } }), normal)).toEqual([
      'group-share 5 > 4',
    ]);
    expect(check(plan(removeFrom('devs', 8), { groupMembers: { 'k-devs': 20 } }), normal)).toEqual([]);
    expect(check(plan(removeFrom('devs', 1), { groupMembers: { 'k-devs': 1 } }), normal)).toEqual([
      'last-member 1 > 0',
    ]);
    expect(check(plan(suspend(4), { accounts: 12 }), normal)).toEqual(['accounts-quarter 4 > 3']);
  });

  it('find protected objects among the changes, by the directory and by the rows', () => {
    expect(check(plan(suspend(2), { protectedChanges: [1] }))).toEqual(['protected 1 > 0']);
    const row = { user: userId('s0'), name: '', operation: 'protected' as const, reason, notes: [], changes: [] };
    expect(check(plan(suspend(2), {}, { people: [row] }))).toEqual(['protected 1 > 0']);
    const group = { group: keycloakGroupId('devs'), name: 'devs', path: '/devs', reason, notes: [] };
    const groups = [{ ...group, operation: 'protected' as const, grantsAccess: [], added: 0, removed: 1 }];
    expect(check(plan(removeFrom('devs', 1), { groupMembers: large }, { groups }))).toEqual(['protected 1 > 0']);
  });

  it('speak in sentences with numbers', () => {
    const given = plan([...removeFrom('devs', 3), ...suspend(11)], { groupMembers: { 'k-devs': 8 } });
    expect(checkGuards(given, context).violations.map(({ message }) => message)).toEqual([
      '11 of 1000 active managed accounts would lose access; 10 may without approval.',
      'Group "devs" would lose 3 of 8 members; 2 may without approval.',
    ]);
  });
});

describe('the rules of a run', () => {
  it.each<[string, Plan, boolean]>([
    ['are accepted when nothing was left out', plan([]), true],
    [
      'are not accepted while removals are withheld',
      plan([], {}, { removals: { kind: 'withheld', reasons: ['Drift.'] } }),
      false,
    ],
    ['are not accepted when something was left out in doubt', plan([], { inDoubt: 1 }), false],
  ])('%s', (_, given, accepted) => {
    expect(acceptsRules(given)).toBe(accepted);
  });
});

it.each<[LimitPreset, number, number]>([
  ['strict', 1000, 10],
  ['strict', 5000, 50],
  ['strict', 12, 3],
  ['normal', 1000, 20],
  ['first-load', 1000, 10],
])('under %s, of %d accounts %d may be deprovisioned', (preset, managed, limit) => {
  expect(deprovisionLimit(preset, managed)).toBe(limit);
});
