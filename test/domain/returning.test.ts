import { computePlan } from '../../src/domain/compute-plan';
import { checkGuards } from '../../src/domain/guards';
import { sourceUserId } from '../../src/domain/identity';
import type { LastSeen } from '../../src/domain/link';
import { accountLink, directory, directoryAccount, hour, issuer, links, now, planInput, source, user } from './model';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${index}`);

/** Everybody was deactivated by this connector; the first so many are enabled in Keycloak again. */
function violations(suspended: number, back: number, lastSeen: LastSeen, id = (name: string) => `u-${name}`) {
  const people = names(suspended);
  const input = planInput({
    source: source([
      ...people.slice(0, back).map((name) => ({ ...user(name), id: sourceUserId(id(name)) })),
      user('other'),
    ]),
    directory: directory(people.map((name) => directoryAccount(name, { status: 'suspended' }))),
    links: links(
      people.map((name) => ({
        ...accountLink(name, { suspendedAt: now - 100 * hour, lastSeen }),
        sourceUserId: sourceUserId(id(name)),
      })),
    ),
  });
  const memory = { acceptedRules: 'r', acceptedIssuer: issuer, deprovisioned: [], recent: [] };
  const plan = computePlan(input);
  expect(plan.counts.changes.restore).toBe(back);
  return checkGuards(plan, { preset: 'strict', memory, rules: 'r', issuer, now }).violations.map(
    ({ guard, found, limit, message }) => [guard, found, limit, message],
  );
}

const disabled: LastSeen = { enabled: false };
const deleted: LastSeen = { enabled: true, absentSince: now - 200 * hour, absentUntil: now - 100 * hour };
const gone = (count: number) => [
  'back-after-deletion',
  count,
  0,
  `${count} people who were gone from Keycloak are back under their old ids, as after a backup of the realm was restored: nobody is reactivated without approval.`,
];
const together = (found: number, suspended: number, limit: number) => [
  'back-together',
  found,
  limit,
  `${found} of the ${suspended} accounts that this connector deactivated would be reactivated at once, as after a backup of the realm was restored.`,
];
const many = ['accounts-reactivated', 11, 10, '11 accounts would be reactivated or relinked; 10 may without approval.'];

describe('a realm restored from an old backup reactivates nobody by itself', () => {
  it.each<[string, number, number, LastSeen, readonly unknown[]]>([
    ['one who is enabled again is reactivated', 1, 1, disabled, []],
    ['two who are enabled again are reactivated', 2, 2, disabled, []],
    ['three of six are reactivated', 6, 3, disabled, []],
    ['three of five wait for approval', 5, 3, disabled, [together(3, 5, 2)]],
    ['ten of twenty are reactivated', 20, 10, disabled, []],
    ['eleven of thirty wait for approval', 30, 11, disabled, [many]],
    ['one who was deleted and is back under the old id waits for approval', 9, 1, deleted, [gone(1)]],
    ['all who were deleted wait for approval', 4, 4, deleted, [gone(4), together(4, 4, 2)]],
  ])('%s', (_, suspended, back, lastSeen, expected) => {
    expect(violations(suspended, back, lastSeen)).toEqual(expected);
  });

  it('people of a federation that does not import come back under their old ids with a filter of LDAP', () => {
    expect(violations(9, 1, deleted, (name) => `f:ldap:${name}`)).toEqual([]);
  });
});
