import { defaultSettings } from '../../src/domain/connector';
import { sourceUserId } from '../../src/domain/identity';
import { computeObservations, judgeAbsence } from '../../src/domain/absence';
import { applyLinkEntries, type AccountLink, type LastSeen } from '../../src/domain/link';
import { acceptOutage, federationOf, findAccepted, findOutages } from '../../src/domain/outage';
import type { SourceSnapshot, SourceUser } from '../../src/domain/snapshot';
import {
  accountLink,
  directory,
  groupLink,
  hour,
  keycloakGroupId,
  links,
  now,
  source,
  sourceGroup,
  user,
} from './model';

const names = (count: number, prefix = 'p'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const ldap = { federationLink: 'ldap' };
const known = (people: readonly string[], seen: Partial<LastSeen> = {}): readonly AccountLink[] =>
  people.map((name) => accountLink(name, { lastSeen: { enabled: true, ...ldap, ...seen } }));
/** People of the federation of whom the first so many are disabled. */
const disabled = (people: readonly string[], count: number): readonly SourceUser[] =>
  people.map((name, index) => user(name, { ...ldap, enabled: index >= count }));
const out = (users: readonly SourceUser[], accounts: readonly AccountLink[]): readonly string[] => [
  ...findOutages(source([...users, user('local')]), links(accounts), defaultSettings).federations.keys(),
];

describe('a federation', () => {
  const few = names(20);
  const many = names(100);

  it.each<[string, readonly SourceUser[], readonly AccountLink[], readonly string[]]>([
    ['is well with everybody there', disabled(few, 0), known(few), []],
    ['is well with two newly disabled, however few it has', disabled(few, 2), known(few), []],
    ['is out with three of twenty newly disabled', disabled(few, 3), known(few), ['ldap']],
    ['is out with three of twenty newly absent', disabled(few.slice(3), 0), known(few), ['ldap']],
    ['is out with one disabled and two absent', disabled(few.slice(2), 1), known(few), ['ldap']],
    ['is well with 5 of 100 disabled', disabled(many, 5), known(many), []],
    ['is out with 6 of 100 disabled', disabled(many, 6), known(many), ['ldap']],
    ['is out with everybody disabled, as a stopped server looks', disabled(many, 100), known(many), ['ldap']],
    ['is out at zero with a single linked person', [], known(['p0']), ['ldap']],
    [
      'is well with people disabled who were disabled before',
      disabled(few, 10),
      known(few.slice(10)).concat(known(few.slice(0, 10), { enabled: false })),
      [],
    ],
    [
      'is well with people absent who were absent before',
      disabled(few.slice(10), 0),
      known(few.slice(10)).concat(known(few.slice(0, 10), { absentSince: now })),
      [],
    ],
    [
      'is judged by what it was when people lost their federation',
      few.map((name) => user(name, { enabled: false })),
      known(few),
      ['ldap'],
    ],
    [
      'is well with nobody left when all were unlinked from it: they are people of the realm now',
      few.map((name) => user(name)),
      known(few),
      [],
    ],
  ])('%s', (_, users, accounts, federations) => {
    expect(out(users, accounts)).toEqual(federations);
  });

  it.each<[string, readonly SourceUser[], RegExp]>([
    [
      'disabled people point at the server',
      disabled(few, 20),
      /^All 20 linked people .* newly disabled, as when its LDAP server does not answer/,
    ],
    [
      'absent people point at settings',
      disabled(few.slice(10), 0),
      /^10 of 20 linked people .* newly absent, as when its base DN or filter/,
    ],
    ['both point at either', disabled(few.slice(2), 4), /^6 of 20 .* newly disabled \(4\) or absent \(2\), as when/],
  ])('names the cause as far as it shows: %s', (_, users, words) => {
    const { federations } = findOutages(source([...users, user('local')]), links(known(few)), defaultSettings);
    expect(federations.get('ldap')).toMatch(words);
  });

  it('is judged by itself: one that is out leaves the others alone, and people of the realm are none', () => {
    const others = names(5, 'q');
    const users = [...disabled(few, 20), ...others.map((name) => user(name, { federationLink: 'other' }))];
    const local = names(9, 'r');
    const accounts = [
      ...known(few),
      ...others.map((name) => accountLink(name, { lastSeen: { enabled: true, federationLink: 'other' } })),
      ...local.map((name) => accountLink(name)),
    ];
    const { federations } = findOutages(source(users), links(accounts), defaultSettings);
    expect([...federations]).toEqual([
      [
        'ldap',
        'All 20 linked people of user federation ldap are newly disabled, as when its LDAP server does not answer, refuses the password, or the provider is disabled. This is treated as an outage and nothing is taken from anyone of it: look at the provider under User federation in Keycloak (the id is part of the address of its page).',
      ],
    ]);
  });

  it('is named by the id of a person who is not imported', () => {
    expect(federationOf(sourceUserId('f:ldap:anna'), undefined)).toBe('ldap');
    expect(federationOf(sourceUserId('u-anna'), 'ldap')).toBe('ldap');
    expect(federationOf(sourceUserId('u-anna'), undefined)).toBeUndefined();
  });
});

describe('groups of a federation', () => {
  const people = names(4);
  const groups = [sourceGroup('devs'), sourceGroup('ops')];
  const judge = (inGroups: readonly string[], devs: number, ops: number) => {
    const users = people.map((name) => user(name, { ...ldap, groups: inGroups }));
    const linked = [
      groupLink('devs', { lastMembers: { ldap: devs } }),
      groupLink('ops', { lastMembers: { ldap: ops } }),
    ];
    const found = findOutages(source(users, groups), links(known(people), linked), defaultSettings);
    const memberships = [...found.memberships.keys()];
    return { federations: [...found.federations.keys()], groups: [...found.groups.keys()], memberships };
  };
  const devs = keycloakGroupId('devs');

  it.each([
    [
      'that are all empty together are an outage',
      [],
      4,
      2,
      { federations: ['ldap'], groups: [devs], memberships: ['ldap'] },
    ],
    [
      'that are all empty together are none when they hardly had anybody',
      [],
      1,
      1,
      { federations: [], groups: [], memberships: [] },
    ],
    [
      'of which one lost all of several are held, and no outage',
      ['ops'],
      4,
      4,
      { federations: [], groups: [devs], memberships: ['ldap'] },
    ],
    ['of which one lost the last two are not held', ['ops'], 2, 4, { federations: [], groups: [], memberships: [] }],
    ['that keep members are well', ['devs', 'ops'], 4, 4, { federations: [], groups: [], memberships: [] }],
    ['that never had any of its people tell nothing', ['devs'], 4, 0, { federations: [], groups: [], memberships: [] }],
  ])('%s', (_, inGroups, before, other, expected) => {
    expect(judge(inGroups, before, other)).toEqual(expected);
  });

  it('are not held when the group itself is gone: it is orphaned and keeps its members anyway', () => {
    const users = people.map((name) => user(name, ldap));
    const found = findOutages(
      source(users),
      links(known(people), [groupLink('devs', { lastMembers: { ldap: 9 } })]),
      defaultSettings,
    );
    expect([found.federations.size, found.groups.size]).toEqual([0, 0]);
  });
});

describe('an outage that an administrator calls real', () => {
  const people = names(20);
  const day = 24 * hour;
  const gone = source([user('local')]);
  const accepted = [{ federation: 'ldap', by: 'a-boss', at: now }];

  it('counts for a week, and the last word counts', () => {
    const twice = acceptOutage(acceptOutage(undefined, { federation: 'ldap', by: 'a-boss', at: now - 9 * day }), {
      federation: 'ldap',
      by: 'a-other',
      at: now,
    });
    expect(twice).toEqual([{ federation: 'ldap', by: 'a-other', at: now }]);
    expect([0, 6, 7].map((days) => [...findAccepted(accepted, now + days * day)])).toEqual([['ldap'], ['ldap'], []]);
  });

  it('is remembered by the next run and takes nothing in it; two runs later the people are gone one by one', () => {
    let known = links(people.map((name) => accountLink(name, { lastSeen: { enabled: true, ...ldap } })));
    const seen = (at: number, word: ReadonlySet<string>) => {
      const read = source([user('local')], [], undefined, at);
      known = applyLinkEntries(known, computeObservations(read, known, directory([]), at, defaultSettings, word));
      return read;
    };
    expect([...findOutages(gone, known, defaultSettings).federations.keys()]).toEqual(['ldap']);
    seen(now, findAccepted(accepted, now));
    expect([...findOutages(gone, known, defaultSettings).federations.keys()]).toEqual([]);
    const evidence = (read: SourceSnapshot) => known.accounts.map((link) => judgeAbsence(link, read, new Set()));
    expect(new Set(evidence(source([user('local')], [], undefined, now + hour)))).toEqual(new Set(['unconfirmed']));
    expect(new Set(evidence(seen(now + 13 * hour, new Set())))).toEqual(new Set(['confirmed-absent']));
  });

  it('says nothing about another federation', () => {
    const known = links(people.map((name) => accountLink(name, { lastSeen: { enabled: true, ...ldap } })));
    expect(computeObservations(gone, known, directory([]), now, defaultSettings, new Set(['other']))).toEqual([]);
  });
});
