import { groupScope } from './model';
import { computePlan } from '../../src/domain/compute-plan';
import { nothingForeign, type Foreign } from '../../src/domain/foreign';
import { connectorId } from '../../src/domain/identity';
import type { PlanInput } from '../../src/domain/planning';
import type { SourceUser } from '../../src/domain/snapshot';
import {
  account,
  accountLink,
  applyChanges,
  atlassianGroupId,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  keycloakGroupId,
  links,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

const owner = connectorId('connector-2');
const foreign: Foreign = {
  ...nothingForeign,
  accounts: new Map([[account('anna'), owner]]),
  names: new Map([[owner, 'Head office']]),
  managedAccounts: new Set([account('anna')]),
};
const everybody = settings();
const staffOnly = settings({ scope: groupScope([keycloakGroupId('staff')], false) });
const groups = [sourceGroup('devs'), sourceGroup('staff')];

/** In the realm of every case, so that no read is empty. */
const bystander = user('zoe', { email: 'zoe@other.test', groups: ['staff'] });

/** Anna's account is in `devs`, which this connector fills, and in `theirs`, which the owner fills. */
const guest = (
  people: readonly SourceUser[],
  more: Partial<PlanInput> = {},
  status: 'active' | 'suspended' = 'active',
) =>
  planInput({
    source: source([...people, bystander], groups),
    directory: directory(
      [directoryAccount('anna', { status, groups: ['devs', 'theirs'] })],
      [directoryGroup('devs'), directoryGroup('theirs')],
    ),
    links: links([accountLink('anna', { guest: true })], [groupLink('devs')]),
    confirmedAbsent: new Set([userId('anna')]),
    foreign,
    ...more,
  });
const read = (input: PlanInput) => {
  const { changes, people } = computePlan(input);
  return {
    changes: changes.map((change) => [change.kind, 'groupId' in change ? change.groupId : undefined]),
    operations: people.filter((row) => row.user === userId('anna')).map(({ operation }) => operation),
  };
};
const leaves = [['remove-member', atlassianGroupId('devs')]];

describe('an account that another connector owns', () => {
  it('is linked as a guest by a proven address, and fills our groups', () => {
    const input = guest([user('anna', { groups: ['devs'] })], {
      directory: directory([directoryAccount('anna')], [directoryGroup('devs')]),
      links: links([], [groupLink('devs')]),
    });
    const plan = computePlan(input);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(['adopt-account', 'add-member']);
    expect(plan.people[0]?.reason).toContain('"Head office"');
    const after = applyChanges(input, plan.changes);
    expect(after.links.accounts.map((link) => link.guest)).toEqual([true]);
    expect(computePlan(after).changes).toEqual([]);
  });

  it('is not adopted while its owner keeps it suspended', () => {
    const input = guest([user('anna')], { links: links() }, 'suspended');
    expect(read(input)).toEqual({ changes: [], operations: ['blocked-by-hand'] });
    expect(computePlan(input).people[0]?.reason).toContain('"Head office"');
  });

  it.each<[string, PlanInput]>([
    ['is disabled in this realm', guest([user('anna', { enabled: false, groups: ['devs'] })])],
    ['leaves the scope of this connector', guest([user('anna')], { settings: staffOnly })],
    ['is gone from this realm', guest([])],
    [
      'is gone, where the cleanup removes accounts',
      guest([], { settings: settings({ cleanup: { behaviour: 'remove', memberships: true } }) }),
    ],
    [
      'is gone, where the cleanup deactivates and keeps memberships of others',
      guest([], { settings: settings({ cleanup: { behaviour: 'deactivate', memberships: false } }) }),
    ],
  ])('loses only our own groups when the person %s', (_why, input) => {
    expect(read(input)).toMatchObject({ changes: leaves });
    expect(computePlan(input).people.find((row) => row.user === userId('anna'))?.operation).toBe('updated');
    expect(computePlan(applyChanges(input, computePlan(input).changes)).changes).toEqual([]);
  });

  it.each<[string, PlanInput, string]>([
    ['the absence is not confirmed', guest([], { confirmedAbsent: new Set() }), 'held-back'],
    ['the read is in doubt', guest([], { source: source([bystander], groups, 'Pages were short.') }), 'held-back'],
    [
      'the cleanup keeps accounts and memberships',
      guest([], { settings: settings({ cleanup: { behaviour: 'keep', memberships: false } }) }),
      'held-back',
    ],
    [
      'deactivating is off',
      guest([user('anna', { enabled: false })], { settings: settings({ users: { deactivate: false } }) }),
      'held-back',
    ],
    ['the owner keeps it suspended', guest([user('anna')], {}, 'suspended'), 'not-modified'],
    ['the mapping gives no address', guest([{ ...user('anna'), email: '' }]), 'frozen'],
  ])('keeps everything when %s', (_why, input, operation) => {
    expect(read(input)).toEqual({ changes: [], operations: [operation] });
  });

  it('is not restored from here, whatever the link says', () => {
    const marked = links([accountLink('anna', { guest: true, suspendedAt: 1 })], [groupLink('devs')]);
    expect(read(guest([user('anna', { groups: ['devs'] })], { links: marked }, 'suspended')).changes).toEqual([]);
  });

  it.each<[string, PlanInput, true | undefined]>([
    ['another connector owns', guest([user('anna', { groups: ['devs'] })]), true],
    ['its owner keeps suspended', guest([user('anna')], {}, 'suspended'), true],
    ['another connector owns, of a person who is gone', guest([]), true],
    ['nobody owns any more', guest([user('anna')], { foreign: nothingForeign }), true],
    ['is our own', guest([user('anna')], { links: links([accountLink('anna')]) }), undefined],
    ['is not linked yet', guest([user('anna')], { links: links() }), undefined],
  ])('shows in the row of an account that %s', (_which, input, shown) => {
    const row = computePlan(input).people.find(({ user: each }) => each === userId('anna'));
    expect([row?.accountId, row?.guest]).toEqual([account('anna'), shown]);
  });

  it('is told to be nobody’s when its owner is gone', () => {
    const { people } = computePlan(guest([user('anna', { groups: ['devs'] })], { foreign: nothingForeign }));
    expect(people[0]?.notes[0]).toContain('No connector owns the account any more');
  });
});

it('an account that its owner misses in the directory is not invited from here', () => {
  const there = directoryAccount('anna', { status: 'not-invited' });
  const input = planInput({ source: source([user('anna')]), directory: directory([]), elsewhere: [there], foreign });
  expect(read(input)).toEqual({ changes: [], operations: ['blocked-by-hand'] });
});

it('nobody is invited whom another connector has just invited', () => {
  const invited = { ...foreign, accounts: new Map(), invited: new Map([['anna@example.com', owner]]) };
  const input = planInput({ source: source([user('anna')]), directory: directory([]), foreign: invited });
  expect(read(input)).toEqual({ changes: [], operations: ['waiting'] });
  expect(computePlan(input).people[0]?.reason).toContain('"Head office"');
});

describe('the sizes that shares are measured against', () => {
  it('count what every connector of the directory manages, once', () => {
    const more = { ...foreign, managedAccounts: new Set([account('anna'), account('bert'), account('gone')]) };
    const { base } = computePlan(
      planInput({
        settings: everybody,
        source: source([user('anna', { groups: ['devs'] })], groups),
        directory: directory(
          [directoryAccount('anna', { groups: ['devs', 'theirs'] }), directoryAccount('bert', { groups: ['theirs'] })],
          [directoryGroup('devs'), directoryGroup('theirs')],
        ),
        links: links([accountLink('anna')], [groupLink('devs')]),
        foreign: { ...more, managedGroups: new Set([atlassianGroupId('theirs')]) },
      }),
    );
    expect([base.accounts, base.memberships]).toEqual([2, 3]);
  });
});
