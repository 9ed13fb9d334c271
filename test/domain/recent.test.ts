import type { RecentWrite } from '../../src/domain/memory';
import { findOpenInvitations, overlayRecent } from '../../src/domain/recent';
import type { DirectoryAccount } from '../../src/domain/snapshot';
import { account, atlassianGroupId, directory, directoryAccount, directoryGroup, now } from './model';

const anna = directoryAccount('anna', { groups: ['devs'] });
const write = (kind: RecentWrite['kind'], more: Partial<RecentWrite> = {}): RecentWrite => {
  return { at: now - 60_000, kind, accountId: account('anna'), ...more };
};
const ops = { groupId: atlassianGroupId('ops') };
const newcomer: DirectoryAccount = {
  ...directoryAccount('new'),
  emailVerified: false,
  name: 'new@example.com',
};
const invited = write('invited', { accountId: account('new'), email: 'New@example.com' });

describe('recent writes', () => {
  it.each<[string, readonly RecentWrite[], readonly DirectoryAccount[]]>([
    ['show an invited person', [invited], [anna, newcomer]],
    [
      'show an invited person with the groups of the invitation',
      [invited, write('member-added', { accountId: account('new'), ...ops })],
      [anna, { ...newcomer, groupIds: [ops.groupId] }],
    ],
    ['show a new membership', [write('member-added', ops)], [directoryAccount('anna', { groups: ['devs', 'ops'] })]],
    ['show a membership once', [write('member-added', { groupId: atlassianGroupId('devs') })], [anna]],
    [
      'hide a removed membership',
      [write('member-removed', { groupId: atlassianGroupId('devs') })],
      [directoryAccount('anna')],
    ],
    [
      'show a profile with what was set and without what was cleared',
      [
        write('profile-updated', { fields: { displayName: 'Anna B', jobTitle: 'Clerk', location: 'Bonn' } }),
        write('profile-updated', { at: now - 1, fields: { location: '' } }),
      ],
      [{ ...anna, name: 'Anna B', profile: { jobTitle: 'Clerk' } }],
    ],
    [
      'show another address',
      [write('email-updated', { email: 'b@example.com' })],
      [{ ...anna, email: 'b@example.com' }],
    ],
    ['show a suspension', [write('suspended')], [{ ...anna, status: 'suspended' }]],
    ['hide a removed account', [write('removed')], []],
    [
      'count in their order, whatever order they are kept in',
      [write('restored', { at: now - 1 }), write('suspended')],
      [anna],
    ],
    ['are over after 30 minutes', [write('removed', { at: now - 30 * 60_000 })], [anna]],
    ['of unknown accounts change nothing', [write('member-added', { accountId: account('who'), ...ops })], [anna]],
    ['without an account id change nothing', [{ at: now, kind: 'invited', email: 'new@example.com' }], [anna]],
  ])('%s', (_, writes, accounts) => {
    expect(overlayRecent(directory([anna]), writes, now).accounts).toEqual(accounts);
  });

  it('show an invitation of an account that was in no directory, and a reactivation', () => {
    const before = directory([
      directoryAccount('anna', { status: 'not-invited' }),
      directoryAccount('bert', { status: 'suspended' }),
    ]);
    const writes = [write('invited'), write('restored', { accountId: account('bert') })];
    expect(overlayRecent(before, writes, now).accounts.map(({ status }) => status)).toEqual(['active', 'active']);
  });

  it('show a created group, and no group twice', () => {
    const created = [
      { at: now, kind: 'group-created' as const, groupId: atlassianGroupId('devs'), name: 'again' },
      { at: now, kind: 'group-created' as const, groupId: atlassianGroupId('ops'), name: 'ops' },
    ];
    const { groups } = overlayRecent(directory([], [directoryGroup('devs')]), created, now);
    expect(groups).toEqual([directoryGroup('devs'), directoryGroup('ops')]);
  });

  it('leave it as it was whether removals are allowed', () => {
    expect(overlayRecent(directory([anna], [], 'Drift.'), [write('suspended')], now).removals.kind).toBe('withheld');
  });

  it('name invitations that may have been sent without an answer', () => {
    const open = { at: now, kind: 'invited' as const, email: ' Open@example.com' };
    const old = { ...open, at: now - 30 * 60_000, email: 'old@example.com' };
    expect(findOpenInvitations([open, old, invited], now)).toEqual(new Set(['open@example.com']));
  });
});
