import {
  computeObservations,
  findAbsent,
  isLostByRename,
  isSurelyDisabled,
  judgeAbsence,
} from '../../src/domain/absence';
import { defaultSettings } from '../../src/domain/connector';
import type { Evidence } from '../../src/domain/change';
import { applyLinkEntries, type AccountLink, type LastSeen, type LinkEntry } from '../../src/domain/link';
import type { SourceUser } from '../../src/domain/snapshot';
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

const { cleanup } = defaultSettings;
const ldap = { federationLink: 'ldap' };
const federated = (name: string, seen: Partial<LastSeen> = {}): AccountLink =>
  accountLink(name, { lastSeen: { enabled: true, ...ldap, username: name, groups: 0, ...seen } });
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
    expect(findAbsent(source([user('here')]), known, now, cleanup)).toEqual({ toConfirm: [userId('gone')] });
  });

  it('include those suspended for 30 days when their accounts are to be removed', () => {
    const remove = { behaviour: 'remove', graceDays: 0 } as const;
    const ask = (at: number) => findAbsent(source([user('here')]), known, at, remove).toConfirm;
    expect(ask(now - hour + 30 * 24 * hour)).toEqual([userId('gone'), userId('off')]);
    expect(ask(now - hour + 30 * 24 * hour - 1)).toEqual([userId('gone')]);
  });

  it('are not those whose grace period is not over', () => {
    const left = links([accountLink('gone', { lastSeen: { enabled: true, absentSince: now - 47 * hour } })]);
    const ask = (graceDays: number) =>
      findAbsent(source([user('here')]), left, now, { behaviour: 'deactivate', graceDays }).toConfirm;
    expect(ask(2)).toEqual([]);
    expect(ask(1)).toEqual([userId('gone')]);
  });

  it('are none while removals are withheld', () => {
    expect(findAbsent(source([user('here')], [], 'Drift.'), known, now, cleanup)).toEqual({ toConfirm: [] });
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
      [accountLink('anna'), federated('bert', { groups: 1 })],
      [groupLink('devs', { lastMembers: { '': 1, ldap: 1 } })],
    );
    const realm = source(
      [user('anna', { groups: ['devs'] }), user('bert', { ...ldap, groups: ['devs'] })],
      [sourceGroup('devs')],
    );
    expect(computeObservations(realm, known, nobody, now, defaultSettings)).toEqual([]);
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
    expect(lastSeenOf(computeObservations(realm, known, nobody, now, defaultSettings))).toEqual([
      ['anna', { enabled: false }],
      ['bert', { enabled: true, ...ldap, username: 'bert', groups: 0 }],
      ['cleo', { enabled: true, ...absent }],
      ['dora', { enabled: true, ...ldap, username: 'dora', groups: 0, ...absent }],
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
    expect(lastSeenOf(computeObservations(realm, known, nobody, now, defaultSettings))).toEqual([
      ['away', { enabled: true, ...ldap, username: 'away', groups: 0, absentSince: since, absentUntil: now }],
      ['back', { enabled: true, ...ldap, username: 'back', groups: 0 }],
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
    const entries = computeObservations(down, known, nobody, now, defaultSettings);
    expect(lastSeenOf(entries)).toEqual([['local', { enabled: false }], []]);
    expect(entries[1]).toMatchObject({ kind: 'group', link: { lastMembers: { ldap: 4 } } });
  });

  it('keep the members of a federation that one group lost all at once', () => {
    const known = links(
      everybody.map((name) => federated(name, { groups: 2 })),
      [groupLink('devs', { lastMembers: { ldap: 4 } }), groupLink('ops', { lastMembers: { ldap: 2 } })],
    );
    const realm = source(
      everybody.map((name) => user(name, { ...ldap, groups: ['ops'] })),
      [sourceGroup('devs'), sourceGroup('ops')],
    );
    expect(computeObservations(realm, known, nobody, now, defaultSettings)).toEqual([
      { kind: 'group', link: groupLink('ops', { lastMembers: { ldap: 4 } }) },
    ]);
  });

  it('accept nothing of the source from a read in doubt or from another issuer', () => {
    const known = links([accountLink('anna')], [groupLink('devs', { lastMembers: { '': 3 } })]);
    const users = [user('anna', { enabled: false })];
    expect(
      computeObservations(source(users, [sourceGroup('devs')], 'Drift.'), known, nobody, now, defaultSettings),
    ).toEqual([]);
    const other = { ...known, issuer: 'https://other.example.com/realms/main' };
    expect(computeObservations(source(users, [sourceGroup('devs')]), other, nobody, now, defaultSettings)).toEqual([]);
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
    expect(computeObservations(realm, known, there, now, defaultSettings)).toEqual([
      { kind: 'account', link: accountLink('anna') },
    ]);
  });

  it('forget our suspension when the account is active again, but not while the list may be behind', () => {
    const realm = source([user('anna'), user('bert')]);
    const there = directory([directoryAccount('anna'), directoryAccount('bert')]);
    const old = accountLink('anna', { suspendedAt: now - hour });
    const fresh = accountLink('bert', { suspendedAt: now - 60_000 });
    expect(computeObservations(realm, links([old, fresh]), there, now, defaultSettings)).toEqual([
      { kind: 'account', link: without(old, 'suspendedAt') },
    ]);
  });
});

describe('somebody of a federation', () => {
  const judge = (person: SourceUser, before: Partial<LastSeen>, readAt = now, doubt?: string) =>
    isSurelyDisabled(
      person,
      { enabled: true, ...ldap, ...before },
      source([person], [sourceGroup('devs')], doubt, readAt),
    );
  const off = { ...ldap, enabled: false };
  const since = { disabledSince: now - 12 * hour };

  it.each<[string, SourceUser, Partial<LastSeen>, boolean]>([
    ['who keeps all groups is disabled on purpose', user('anna', { ...off, groups: ['devs'] }), { groups: 1 }, true],
    ['who lost a group is perhaps not', user('anna', { ...off, groups: ['devs'] }), { groups: 2 }, false],
    ['who has no group is perhaps not', user('anna', off), { groups: 0 }, false],
    ['who was so twelve hours ago is', user('anna', off), { groups: 2, ...since }, true],
    ['who was so a little later is perhaps not', user('anna', off), { disabledSince: since.disabledSince + 1 }, false],
    ['who was disabled before stays so', user('anna', off), { enabled: false, groups: 2 }, true],
  ])('%s', (_, person, before, expected) => {
    expect(judge(person, before)).toBe(expected);
  });

  it('is not found disabled for the second time by a read in doubt', () => {
    expect([judge(user('anna', off), since), judge(user('anna', off), since, now, 'Drift.')]).toEqual([true, false]);
  });

  it('is disabled on purpose without a federation', () => {
    expect(judge(user('anna', { enabled: false }), {})).toBe(true);
  });

  it.each([
    ['that listed the person as disabled', true],
    ['that listed everybody as disabled', false],
  ])('is absent for the first time again after a read in between %s', (_, enabled) => {
    let known = links([federated('anna', { groups: 1 }), ...['b', 'c'].map((name) => federated(name))]);
    const others = [user('b', ldap), user('c', ldap)];
    const reads = [
      [0, others],
      [6, [user('anna', off), user('b', { ...ldap, enabled }), user('c', { ...ldap, enabled })]],
      [13, others],
    ] as const;
    for (const [hours, people] of reads) {
      const at = now + hours * hour;
      const realm = source(people, [], undefined, at);
      known = applyLinkEntries(known, computeObservations(realm, known, nobody, at, defaultSettings));
      if (hours < 13) continue;
      const [anna] = known.accounts;
      expect(anna === undefined ? 'gone' : judgeAbsence(anna, realm, new Set())).toBe('unconfirmed');
      expect(anna?.lastSeen.absentSince).toBe(at);
    }
  });

  it('is remembered as disabled from the second time on', () => {
    let known = links([federated('anna', { groups: 1 }), ...['b', 'c'].map((name) => federated(name))]);
    const seen: unknown[] = [];
    for (const hours of [0, 6, 12, 18]) {
      const at = now + hours * hour;
      const realm = source([user('anna', off), user('b', ldap), user('c', ldap)], [], undefined, at);
      known = applyLinkEntries(known, computeObservations(realm, known, nobody, at, defaultSettings));
      const { enabled, disabledSince } = known.accounts[0]?.lastSeen ?? {};
      seen.push([enabled, disabledSince]);
    }
    expect(seen).toEqual([
      [true, now],
      [true, now],
      [false, undefined],
      [false, undefined],
    ]);
  });

  it.each<[string, SourceUser, Partial<LastSeen>, boolean]>([
    [
      'with another user name and fewer groups lost them by it',
      user('new', ldap),
      { username: 'old', groups: 1 },
      true,
    ],
    ['with another user name and all groups did not', user('new', ldap), { username: 'old', groups: 0 }, false],
    ['with the same user name and fewer groups did not', user('old', ldap), { username: 'old', groups: 1 }, false],
    ['of whom no name is remembered did not', user('new', ldap), { groups: 1 }, false],
  ])('%s', (_, person, before, expected) => {
    expect(isLostByRename(person, { enabled: true, ...ldap, ...before })).toBe(expected);
  });
});
