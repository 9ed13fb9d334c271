import { computeOwnership, type Holder } from '../../src/domain/ownership';
import { nothingForeign } from '../../src/domain/foreign';
import { connectorId } from '../../src/domain/identity';
import type { AccountLink, GroupLink } from '../../src/domain/link';
import { account, accountLink, atlassianGroupId, connector, groupLink, links, now, userId } from './model';

const second = connectorId('connector-2');
const holder = (
  id: typeof connector,
  accounts: readonly AccountLink[] = [],
  groups: readonly GroupLink[] = [],
  more: Partial<Holder> = {},
): Holder => ({
  name: id === connector ? 'Main' : 'Second',
  links: { ...links(accounts, groups), connectorId: id },
  owned: [],
  deprovisioned: [],
  recent: [],
  ...more,
});
const give = (name: string, at = now) => ({ user: userId(name), accountId: account(name), by: 'admin', at });
const early = { linkedAt: now - 2000 };
const late = { linkedAt: now - 1000 };

/** Whether our own link of anna is a guest's, and who else owns the account. */
function settle(own: Holder, other: Holder) {
  const { links: ours, foreign } = computeOwnership(own, [other]);
  return [ours.accounts[0]?.guest ?? false, foreign.accounts.get(account('anna'))];
}

describe('an account that two connectors link', () => {
  it.each<[string, Holder, Holder, readonly unknown[]]>([
    [
      'belongs to the connector that linked it first',
      holder(connector, [accountLink('anna', early)]),
      holder(second, [accountLink('anna', late)]),
      [false, undefined],
    ],
    [
      'is a guest of the connector that linked it later, although no guest was written down',
      holder(connector, [accountLink('anna', late)]),
      holder(second, [accountLink('anna', early)]),
      [true, second],
    ],
    [
      'belongs to one of both when they linked it at the same moment',
      holder(connector, [accountLink('anna', late)]),
      holder(second, [accountLink('anna', late)]),
      [false, undefined],
    ],
    [
      'does not belong to a guest who came earlier',
      holder(connector, [accountLink('anna', { ...early, guest: true })]),
      holder(second, [accountLink('anna', late)]),
      [true, second],
    ],
    [
      'belongs to who was told to own it',
      holder(connector, [accountLink('anna', { ...late, guest: true })], [], { owned: [give('anna')] }),
      holder(second, [accountLink('anna', early)]),
      [false, undefined],
    ],
    [
      'is handed over to another connector by its click',
      holder(connector, [accountLink('anna', early)]),
      holder(second, [accountLink('anna', { ...late, guest: true })], [], { owned: [give('anna')] }),
      [true, second],
    ],
    [
      'belongs to the last of several clicks',
      holder(connector, [accountLink('anna', early)], [], { owned: [give('anna', now)] }),
      holder(second, [accountLink('anna', late)], [], { owned: [give('anna', now - 10)] }),
      [false, undefined],
    ],
    [
      'does not belong to who was told to own it and has no link any more',
      holder(connector, [accountLink('anna', late)]),
      holder(second, [], [], { owned: [give('anna')] }),
      [false, undefined],
    ],
    [
      'stays a guest when its owner is gone, until somebody hands it over',
      holder(connector, [accountLink('anna', { ...early, guest: true })]),
      holder(second),
      [true, undefined],
    ],
  ])('%s', (_, own, other, expected) => {
    expect(settle(own, other)).toEqual(expected);
  });

  it('has one owner, whoever of both asks', () => {
    const one = holder(connector, [accountLink('anna', late)]);
    const other = holder(second, [accountLink('anna', late)]);
    expect([settle(one, other)[0], settle(other, one)[0]]).toEqual([false, true]);
  });
});

describe('what other connectors have', () => {
  it('is nothing without any', () => {
    expect(computeOwnership(holder(connector, [accountLink('anna')], [groupLink('devs')]), []).foreign).toEqual(
      nothingForeign,
    );
  });

  it('is told with its sizes, invitations and removals', () => {
    const theirs = [accountLink('bert', { visible: false }), accountLink('carl', { guest: true })];
    const deprovisioned = [{ at: now, accounts: 3 }];
    const suspended = { at: now, kind: 'suspended', accountId: account('carl') } as const;
    const recent = [suspended, { at: now, kind: 'invited', email: 'bert@example.com' } as const];
    const other = holder(second, theirs, [groupLink('ops')], { deprovisioned, recent });
    expect(computeOwnership(holder(connector), [other]).foreign).toEqual({
      accounts: new Map([[account('bert'), second]]),
      groups: new Map([[atlassianGroupId('ops'), second]]),
      invited: new Map([['bert@example.com', second]]),
      names: new Map([[second, 'Second']]),
      managedAccounts: new Set([account('bert'), account('carl')]),
      managedGroups: new Set([atlassianGroupId('ops')]),
      deprovisioned,
      recent: [suspended],
    });
  });

  it('leaves a group to the connector that linked it first', () => {
    const first = holder(connector, [], [groupLink('ops', early)]);
    const later = holder(second, [], [groupLink('ops', late)]);
    expect(computeOwnership(first, [later]).foreign.groups).toEqual(new Map());
    expect(computeOwnership(later, [first]).foreign.groups).toEqual(new Map([[atlassianGroupId('ops'), connector]]));
  });
});
