import { computeObservations, findAbsent, judgeAbsence } from '../../src/domain/absence';
import type { Evidence } from '../../src/domain/change';
import type { AccountLink, LastSeen, LinkEntry } from '../../src/domain/link';
import {
  accountLink,
  directory,
  directoryAccount,
  groupLink,
  hour,
  links,
  now,
  source,
  sourceGroup,
  user,
  userId,
  without,
} from './model';

const ldap = { federationLink: 'ldap' };
const federated = (name: string, seen: Partial<LastSeen> = {}): AccountLink =>
  accountLink(name, { lastSeen: { enabled: true, ...ldap, ...seen } });
const nobody = directory([]);

describe('people to confirm', () => {
  const known = links([
    accountLink('here'),
    accountLink('gone'),
    accountLink('off', { suspendedAt: now - hour }),
    federated('far'),
    { ...accountLink('virtual'), sourceUserId: 'f:ldap:x' as AccountLink['sourceUserId'] }, // an id like any other
  ]);

  it('are linked people of the realm itself whom the list does not have and who still have access', () => {
    expect(findAbsent(source([user('here')]), known, now)).toEqual({ toConfirm: [userId('gone')] });
  });

  it('include suspended ones when their accounts are to be removed', () => {
    const { toConfirm } = findAbsent(source([user('here')]), known, now, 'remove');
    expect(toConfirm).toEqual([userId('gone'), userId('off')]);
  });

  it('are none while removals are withheld', () => {
    expect(findAbsent(source([user('here')], [], 'Drift.'), known, now)).toEqual({ toConfirm: [] });
  });
});

describe('an absence', () => {
  it.each<[string, AccountLink, readonly string[], Evidence, string | undefined]>([
    ['of the realm is confirmed by single reads', accountLink('anna'), ['anna'], 'confirmed-absent', undefined],
    [
      'of the realm is not confirmed by time',
      accountLink('anna', { lastSeen: { enabled: true, absentSince: 0, absentUntil: now } }),
      [],
      'unconfirmed',
      undefined,
    ],
    ['of a federation is not confirmed at first', federated('anna'), ['anna'], 'unconfirmed', undefined],
    [
      'of a federation is not confirmed within 12 hours',
      federated('anna', { absentSince: now - 12 * hour + 1 }),
      [],
      'unconfirmed',
      undefined,
    ],
    [
      'of a federation is confirmed after 12 hours',
      federated('anna', { absentSince: now - 12 * hour }),
      [],
      'confirmed-absent',
      undefined,
    ],
    [
      'of a federation is not confirmed by a read in doubt',
      federated('anna', { absentSince: now - 24 * hour, absentUntil: now - 13 * hour }),
      [],
      'unconfirmed',
      'Drift.',
    ],
  ])('%s', (_, link, confirmed, evidence, doubt) => {
    expect(judgeAbsence(link, source([user('here')], [], doubt), new Set(confirmed.map(userId)))).toBe(evidence);
  });
});

describe('observations', () => {
  const lastSeenOf = (entries: readonly LinkEntry[]) =>
    entries.map((entry) => (entry.kind === 'account' ? [entry.link.sourceUserId.slice(2), entry.link.lastSeen] : []));
  const everybody = ['anna', 'bert', 'cleo', 'dora'];

  it('are none when nothing changed', () => {
    const known = links(
      [accountLink('anna'), federated('bert')],
      [groupLink('devs', { lastMembers: { '': 1, ldap: 1 } })],
    );
    const realm = source(
      [user('anna', { groups: ['devs'] }), user('bert', { ...ldap, groups: ['devs'] })],
      [sourceGroup('devs')],
    );
    expect(computeObservations(realm, known, nobody, now)).toEqual([]);
  });

  it('remember who is disabled, absent, or of another federation now', () => {
    const realm = source([user('anna', { enabled: false }), user('bert', ldap), user('here', ldap)]);
    const known = links([
      accountLink('anna'),
      accountLink('bert'),
      accountLink('cleo'),
      federated('dora'),
      federated('here'),
    ]);
    const absent = { absentSince: now, absentUntil: now };
    expect(lastSeenOf(computeObservations(realm, known, nobody, now))).toEqual([
      ['anna', { enabled: false }],
      ['bert', { enabled: true, ...ldap }],
      ['cleo', { enabled: true, ...absent }],
      ['dora', { enabled: true, ...ldap, ...absent }],
    ]);
  });

  it('keep since when somebody is absent, forget it when the person is back, and rest once it is confirmed', () => {
    const since = now - 10 * hour;
    const realm = source([user('back', ldap)]);
    const seen = (name: string, from: number, until: number) =>
      federated(name, { absentSince: from, absentUntil: until });
    const known = links([
      seen('away', since, since),
      seen('back', since, since),
      seen('long', since - 24 * hour, since),
    ]);
    expect(lastSeenOf(computeObservations(realm, known, nobody, now))).toEqual([
      ['away', { enabled: true, ...ldap, absentSince: since, absentUntil: now }],
      ['back', { enabled: true, ...ldap }],
    ]);
  });

  it('do not accept a federation that is out: it stays out until it heals', () => {
    const known = links(
      [...everybody.map((name) => federated(name)), accountLink('local')],
      [groupLink('devs', { lastMembers: { ldap: 4, '': 1 } })],
    );
    const down = source(
      [...everybody.map((name) => user(name, { ...ldap, enabled: false })), user('local', { enabled: false })],
      [sourceGroup('devs')],
    );
    const entries = computeObservations(down, known, nobody, now);
    expect(lastSeenOf(entries)).toEqual([['local', { enabled: false }], []]);
    expect(entries[1]).toMatchObject({ kind: 'group', link: { lastMembers: { ldap: 4 } } });
  });

  it('keep the members of a federation that one group lost all at once', () => {
    const known = links(
      everybody.map((name) => federated(name)),
      [groupLink('devs', { lastMembers: { ldap: 4 } }), groupLink('ops', { lastMembers: { ldap: 2 } })],
    );
    const realm = source(
      everybody.map((name) => user(name, { ...ldap, groups: ['ops'] })),
      [sourceGroup('devs'), sourceGroup('ops')],
    );
    expect(computeObservations(realm, known, nobody, now)).toEqual([
      { kind: 'group', link: groupLink('ops', { lastMembers: { ldap: 4 } }) },
    ]);
  });

  it('accept nothing of the source from a read in doubt or from another issuer', () => {
    const known = links([accountLink('anna')], [groupLink('devs', { lastMembers: { '': 3 } })]);
    const users = [user('anna', { enabled: false })];
    expect(computeObservations(source(users, [sourceGroup('devs')], 'Drift.'), known, nobody, now)).toEqual([]);
    const other = { ...known, issuer: 'https://other.example.com/realms/main' };
    expect(computeObservations(source(users, [sourceGroup('devs')]), other, nobody, now)).toEqual([]);
  });

  it('remember that an invited account has become visible, and never that it is not', () => {
    const realm = source(everybody.map((name) => user(name)));
    const there = directory([directoryAccount('anna'), directoryAccount('bert', { status: 'not-invited' })]);
    const known = links([
      accountLink('anna', { visible: false }),
      accountLink('bert', { visible: false }),
      accountLink('cleo', { visible: false }),
      accountLink('dora'),
    ]);
    expect(computeObservations(realm, known, there, now)).toEqual([{ kind: 'account', link: accountLink('anna') }]);
  });

  it('forget our suspension when the account is active again, but not while the list may be behind', () => {
    const realm = source([user('anna'), user('bert')]);
    const there = directory([directoryAccount('anna'), directoryAccount('bert')]);
    const old = accountLink('anna', { suspendedAt: now - hour });
    const fresh = accountLink('bert', { suspendedAt: now - 60_000 });
    expect(computeObservations(realm, links([old, fresh]), there, now)).toEqual([
      { kind: 'account', link: without(old, 'suspendedAt') },
    ]);
  });
});
