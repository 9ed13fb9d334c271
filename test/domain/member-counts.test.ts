import { computeObservations } from '../../src/domain/absence';
import { proveSource } from '../../src/domain/completeness';
import type { Scope } from '../../src/domain/connector';
import { applyLinkEntries, type GroupLink, type Links } from '../../src/domain/link';
import { countMembers, createCountingMark, isComparable } from '../../src/domain/member-counts';
import { findOutages } from '../../src/domain/outage';
import { describeShrinking } from '../../src/domain/shrinking';
import type { SourceSnapshot, SourceUser } from '../../src/domain/snapshot';
import {
  accountLink,
  directory,
  groupLink,
  groupScope,
  keycloakGroupId,
  links,
  now,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const ldap = { federationLink: 'ldap' };
const base = keycloakGroupId('base');
const devs = keycloakGroupId('devs');
const groups = [sourceGroup('base'), sourceGroup('devs'), sourceGroup('team', { parentId: base })];
const scope: Scope = groupScope([base], false);
const other: Scope = groupScope([devs], false);
const realm: Scope = { kind: 'realm' };
const given = (chosen: Scope, subGroups: 'direct' | 'parents' = 'direct') =>
  settings({ scope: chosen, groups: { subGroups } });
const people = (count: number, prefix: string, inGroups: readonly string[]): readonly SourceUser[] =>
  Array.from({ length: count }, (_, index) => user(`${prefix}${index}`, { ...ldap, groups: inGroups }));

/** A snapshot as a limited reading of it is. */
function inScope(users: readonly SourceUser[]): SourceSnapshot {
  const counts = { users: users.length, groups: groups.length };
  const evidence = { issuer: links().issuer, readAt: now, users, groups, before: counts, after: counts };
  const proof = proveSource({ ...evidence, memberships: 'in-scope', shortPages: 0, duplicates: 0 });
  if (proof.kind === 'drifted') throw new Error(proof.reasons.join(' '));
  return proof.snapshot;
}

const markOf = (chosen: Scope, group = devs) => createCountingMark(groups, given(chosen))(group);
const counted = (chosen: Scope, lastMembers: GroupLink['lastMembers'], name = 'devs') => {
  const countedFor = markOf(chosen, keycloakGroupId(name));
  return groupLink(name, { lastMembers, ...(countedFor === undefined ? {} : { countedFor }) });
};
const held = (read: SourceSnapshot, known: readonly GroupLink[], chosen: Scope) => [
  ...findOutages(read, links([], known), given(chosen)).groups.keys(),
];

describe('members of a group', () => {
  const users = [...people(2, 'in', ['base', 'devs']), ...people(3, 'out', ['devs']), ...people(4, 'below', ['team'])];

  it.each<[string, Scope, 'direct' | 'parents', Record<string, number>]>([
    ['are everybody where the whole realm is in scope', realm, 'direct', { base: 2, devs: 5, team: 4 }],
    ['are the people in scope, and everybody in a group that decides', scope, 'direct', { base: 2, devs: 2 }],
    [
      'are everybody in a group that excludes',
      { ...scope, exclude: { groupIds: [devs], rules: [] } },
      'direct',
      { base: 2, devs: 5 },
    ],
    [
      'are those below, too, where these decide and members count for the groups above',
      groupScope([base], true),
      'parents',
      { base: 6, devs: 2, team: 4 },
    ],
    ['are the people in scope in a group of which not all below decide', scope, 'parents', { base: 2, devs: 2 }],
  ])('%s', (_name, chosen, subGroups, expected) => {
    const counts = countMembers({ users, groups }, given(chosen, subGroups));
    const found = Object.fromEntries(
      groups.flatMap(({ id, name }) => (counts.has(id) ? [[name, counts.get(id)?.get('ldap')]] : [])),
    );
    expect(found).toEqual(expected);
  });

  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['everybody, then and now', undefined, undefined, true],
    ['some then, everybody now', 'x', undefined, true],
    ['the same scope, then and now', 'x', 'x', true],
    ['everybody then, some now', undefined, 'x', false],
    ['two scopes', 'x', 'y', false],
  ])('are comparable or not: %s', (_name, before, today, expected) => {
    expect(isComparable(before === undefined ? {} : { countedFor: before }, today)).toBe(expected);
  });

  it('are marked by the scope, whatever order it is written in', () => {
    const both = (ids: readonly string[]) => markOf(groupScope(ids, false), keycloakGroupId('team'));
    expect(both([base, devs])).toBe(both([devs, base]));
    expect(new Set([both([base]), both([devs]), both([base, devs]), markOf(realm)]).size).toBe(4);
    expect(markOf(realm)).toBeUndefined();
    expect(markOf(scope, base)).toBeUndefined();
  });
});

describe('a group that shows nobody of a federation any more', () => {
  const left = inScope([user('anna', { groups: ['base'] }), ...people(5, 'in', ['base'])]);

  it.each<[string, readonly GroupLink[], readonly string[]]>([
    ['is held when its people in scope were counted before', [counted(scope, { ldap: 5 })], [devs]],
    ['is not judged by people who were never in scope', [counted(realm, { ldap: 5 })], []],
    ['is not judged by the people of another scope', [counted(groupScope([base], true), { ldap: 5 })], []],
  ])('%s', (_name, known, expected) => {
    expect(held(left, known, scope)).toEqual(expected);
  });

  it.each<[string, Scope]>([
    ['everybody was counted', realm],
    ['the people of another scope were', other],
    ['those of this scope were', scope],
  ])('is held where it decides the scope, and %s', (_name, before) => {
    const read = inScope([user('anna', { groups: ['base'] }), ...people(5, 'in', [])]);
    expect(held(read, [counted(before, { ldap: 5 }, 'base')], scope)).toEqual([base]);
  });
});

describe('what a run remembers of members', () => {
  const observe = (read: SourceSnapshot, known: Links, chosen: Scope) =>
    applyLinkEntries(known, computeObservations(read, known, directory([]), now, given(chosen)));
  const linkOf = (known: Links) => known.groups.find(({ sourceGroupId }) => sourceGroupId === devs);

  it('says for whom it was counted, and is counted anew for another scope', () => {
    const users = [...people(4, 'in', ['base', 'devs']), ...people(3, 'out', ['devs'])];
    const whole = observe(source(users, groups), links([], [groupLink('devs')]), realm);
    expect(linkOf(whole)).toEqual(groupLink('devs', { lastMembers: { ldap: 7 } }));
    const limited = observe(inScope(users), whole, scope);
    expect(linkOf(limited)).toEqual(groupLink('devs', { lastMembers: { ldap: 4 }, countedFor: markOf(scope) ?? '' }));
    expect(linkOf(observe(source(users, groups), limited, realm))).toEqual(linkOf(whole));
  });

  it('stays with its way of counting while the federation is out', () => {
    const users = people(5, 'in', ['base']).map((each) => ({ ...each, enabled: false }));
    const accounts = users.map(({ username }) => accountLink(username, { lastSeen: { enabled: true, ...ldap } }));
    const known = links(accounts, [groupLink('devs', { lastMembers: { ldap: 9 } })]);
    expect(linkOf(observe(inScope(users), known, scope))).toEqual(linkOf(known));
  });

  it('stays where nobody is in scope: no list of members was read', () => {
    const known = links([], [groupLink('devs', { lastMembers: { '': 9 } })]);
    const gone = groupScope(['k-gone'], false);
    expect(linkOf(observe(inScope([user('anna')]), known, gone))).toEqual(linkOf(known));
  });

  it.each<[string, readonly string[], number]>([
    ['of the people in scope is what was read', ['base'], 1],
    ['of others is what it was, for not all of their groups were read', [], 4],
  ])('the number of groups %s', (_name, inGroups, expected) => {
    const before = { enabled: true, ...ldap, username: 'bert', groups: 4 };
    const known = links([accountLink('bert', { lastSeen: before })]);
    const read = inScope([user('anna', { groups: ['base'] }), user('bert', { ...ldap, groups: inGroups })]);
    expect(observe(read, known, scope).accounts[0]?.lastSeen.groups).toBe(expected);
  });
});

describe('people in fewer groups than before', () => {
  const seen = { enabled: true, ...ldap, groups: 3 };
  const told = (users: readonly SourceUser[], more: { readonly leftSince?: number } = {}) => {
    const known = links(users.map(({ username }) => accountLink(username, { lastSeen: { ...seen, ...more } })));
    return [...describeShrinking(inScope([...users, user('anna', { groups: ['base'] })]), known, scope).keys()];
  };

  it.each<[string, readonly string[], object, readonly string[]]>([
    ['are told of where they leave the scope', [], {}, ['ldap']],
    ['are told of in scope', ['base'], {}, ['ldap']],
    ['are not told of again when they left before', [], { leftSince: now - 1 }, []],
    ['are not told of when they have as many', ['base', 'devs', 'team'], {}, []],
  ])('%s', (_name, inGroups, more, expected) => {
    expect(told(people(4, 'p', inGroups), more)).toEqual(expected);
  });
});
