import { clearApproved, clearGuards } from '../../src/domain/approval';
import { changeKey, type Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { checkGuards, rulesFingerprint } from '../../src/domain/guards';
import type { PlanInput } from '../../src/domain/planning';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  hour,
  issuer,
  links,
  now,
  planInput,
  source,
  sourceGroup,
  user,
} from './model';

/** Something of every kind: new is invited, back is reactivated, old is suspended, gone is absent without confirmation. */
const input = planInput({
  source: source(
    [
      user('new', { groups: ['fresh', 'devs'] }),
      user('found', { groups: ['devs'] }),
      user('back', { groups: ['devs'] }),
      user('kept'),
      user('old', { enabled: false }),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => user(name)),
    ],
    [sourceGroup('fresh'), sourceGroup('devs')],
  ),
  directory: directory(
    [
      directoryAccount('found'),
      directoryAccount('back', { status: 'suspended' }),
      directoryAccount('kept', { groups: ['devs'] }),
      directoryAccount('old'),
      directoryAccount('gone'),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => directoryAccount(name, { groups: [] })),
      directoryAccount('guest', { groups: ['devs'] }),
    ],
    [directoryGroup('devs')],
  ),
  links: links(
    [
      accountLink('back', { suspendedAt: now - 24 * hour }),
      ...['kept', 'old', 'gone', 'a', 'b', 'c', 'd', 'e', 'f'].map((name) => accountLink(name)),
    ],
    [groupLink('devs')],
  ),
});

function guard(given: PlanInput, acceptedRules = rulesFingerprint(given.settings)) {
  const memory = { acceptedRules, acceptedIssuer: issuer, deprovisioned: [], recent: [] };
  return checkGuards(computePlan(given), {
    preset: 'strict',
    memory,
    rules: rulesFingerprint(given.settings),
    issuer,
    now,
  });
}

const keys = (changes: readonly Change[]) => changes.map(changeKey);
const all = [
  'create-group k-fresh fresh',
  'adopt-account u-found a-found',
  'restore u-back a-back',
  'invite u-new new@example.com',
  'add-member u-new k-fresh',
  'add-member u-new k-devs',
  'add-member u-found k-devs',
  'add-member u-back k-devs',
  'remove-member u-kept a-kept g-devs',
  'suspend u-old a-old',
];
const unconfirmed = 'suspend u-gone a-gone';

describe('a plan within its limits', () => {
  it('is cleared whole, in its order, but for what is not confirmed', () => {
    const cleared = clearGuards(guard(input));
    expect(cleared && keys(cleared.changes)).toEqual(all);
    expect(cleared && keys(cleared.skipped.notApproved)).toEqual([unconfirmed]);
    expect(cleared?.skipped.noLongerNeeded).toEqual([]);
  });

  it('is not cleared by itself when it is over one limit', () => {
    expect(clearGuards(guard(input, 'other rules'))).toBeUndefined();
  });
});

describe('an approved plan', () => {
  const shown = computePlan(input).changes;
  const without = (...kinds: readonly Change['kind'][]) => shown.filter((change) => !kinds.includes(change.kind));

  it('is carried out over its limits as far as the fresh plan still contains it', () => {
    const cleared = clearApproved(guard(input, 'other rules'), shown);
    expect(keys(cleared.changes)).toEqual(all);
    expect(keys(cleared.skipped.notApproved)).toEqual([unconfirmed]);
  });

  it('leaves out what is no longer needed, and does nothing that was not shown', () => {
    const fresh = guard({
      ...input,
      source: source(
        input.source.users.map((each) =>
          each.username === 'old' ? user('old') : each.username === 'a' ? user('a', { enabled: false }) : each,
        ),
        input.source.groups,
      ),
    });
    const cleared = clearApproved(fresh, shown);
    expect(keys(cleared.changes)).toEqual(all.filter((key) => key !== 'suspend u-old a-old'));
    expect(keys(cleared.skipped.noLongerNeeded)).toEqual(['suspend u-old a-old']);
    expect(keys(cleared.skipped.notApproved).sort()).toEqual(['suspend u-a a-a', unconfirmed]);
  });

  it.each<[string, readonly Change['kind'][], readonly string[]]>([
    ['without its invitation', ['invite'], ['add-member u-new k-fresh', 'add-member u-new k-devs']],
    ['without its adoption', ['adopt-account'], ['add-member u-found k-devs']],
    ['without its reactivation', ['restore'], ['add-member u-back k-devs']],
    ['without its group', ['create-group'], ['add-member u-new k-fresh']],
  ])('leaves out a membership %s', (_, kinds, stranded) => {
    const cleared = clearApproved(guard(input), without(...kinds));
    const kindOf = (key: string) => key.split(' ')[0];
    expect(keys(cleared.changes)).toEqual(
      all.filter((key) => !stranded.includes(key) && !kinds.some((kind) => kind === kindOf(key))),
    );
    expect(keys(cleared.skipped.notApproved)).toEqual(expect.arrayContaining([...stranded]));
  });

  it('never holds a protected object, whoever approved it', () => {
    const plan = computePlan(input);
    const suspend = plan.changes.findIndex((change) => changeKey(change) === 'suspend u-old a-old');
    const memory = { deprovisioned: [], recent: [] };
    const faulty = { ...plan, base: { ...plan.base, protectedChanges: [suspend] } };
    const guarded = checkGuards(faulty, { preset: 'strict', memory, rules: '', issuer, now });
    const cleared = clearApproved(guarded, plan.changes);
    expect(keys(cleared.changes)).toEqual(all.filter((key) => key !== 'suspend u-old a-old'));
    expect(keys(cleared.skipped.notApproved)).toContain('suspend u-old a-old');
  });
});
