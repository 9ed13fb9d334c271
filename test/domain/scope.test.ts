import type { Scope } from '../../src/domain/connector';
import { computeScope, measureScope } from '../../src/domain/scope';
import { keycloakGroupId, source, sourceGroup, user, userId, groupScope } from './model';

const realm = source(
  [
    user('anna', { groups: ['staff'] }),
    user('bert', { groups: ['berlin'] }),
    user('cleo', { groups: ['mitte'] }),
    user('dora'),
  ],
  [
    sourceGroup('staff'),
    sourceGroup('berlin', { parentId: keycloakGroupId('staff') }),
    sourceGroup('mitte', { parentId: keycloakGroupId('berlin') }),
    sourceGroup('empty'),
  ],
);
const groups = (names: readonly string[], subGroups: boolean): Scope =>
  groupScope(names.map(keycloakGroupId), subGroups);

describe('the scope', () => {
  it.each<[string, Scope, readonly string[]]>([
    ['is everybody for the whole realm', { kind: 'realm' }, ['anna', 'bert', 'cleo', 'dora']],
    ['is the direct members of a group without sub-groups', groups(['staff'], false), ['anna']],
    ['is everybody below a group with sub-groups', groups(['staff'], true), ['anna', 'bert', 'cleo']],
    ['is the members of several groups, each once', groups(['staff', 'berlin'], true), ['anna', 'bert', 'cleo']],
    ['may hold a chosen group without members beside others', groups(['empty', 'mitte'], false), ['cleo']],
  ])('%s', (_, scope, people) => {
    expect(computeScope(realm, scope)).toEqual({
      inScope: new Set(people.map(userId)),
      missingGroups: [],
      emptyRules: [],
    });
  });

  it.each<[string, Scope, string]>([
    [
      'a chosen group is gone',
      groups(['staff', 'gone'], true),
      'A required group no longer exists in Keycloak (id k-gone)',
    ],
    ['all chosen groups are gone', groups(['gone', 'lost'], true), '2 required groups no longer exist'],
    ['it matches nobody', groups(['empty'], true), 'The required groups have no members'],
    ['no group is chosen', groups([], true), 'The required groups have no members'],
  ])('stops the run when %s', (_, scope, sentence) => {
    expect(() => computeScope(realm, scope)).toThrow(sentence);
    expect(() => computeScope(realm, scope)).toThrow(
      expect.objectContaining({ code: 'scope-matches-nothing', fate: 'stop' }) as Error,
    );
  });

  it('is only measured for the editor', () => {
    expect(measureScope(realm, groups(['gone'], true))).toEqual({
      inScope: new Set(),
      missingGroups: [keycloakGroupId('gone')],
      emptyRules: [],
    });
  });
});

describe('required groups by rule', () => {
  const world = source(
    [
      user('anna', { groups: ['dev'] }),
      user('bert', { groups: ['dev', 'ops'] }),
      user('cleo', { groups: ['ops', 'guests'] }),
      user('dora', { groups: ['below'] }),
    ],
    [
      sourceGroup('dev'),
      sourceGroup('ops'),
      sourceGroup('guests'),
      sourceGroup('below', { parentId: keycloakGroupId('dev') }),
    ],
  );
  const byRule = (
    test: 'exact' | 'prefix' | 'regex',
    text: string,
    more: Partial<Extract<Scope, { kind: 'groups' }>> = {},
  ): Scope => ({
    ...groupScope([], false),
    include: { groupIds: [], rules: [{ of: 'name', test, text }] },
    ...more,
  });
  const both = { groupIds: [keycloakGroupId('dev'), keycloakGroupId('ops')], rules: [] };
  const guests = { groupIds: [], rules: [{ of: 'path', test: 'prefix', text: '/guests' }] } as const;
  const people = (scope: Scope) => [...computeScope(world, scope).inScope].map((id) => id.replace('u-', ''));

  it.each<[string, Scope, readonly string[]]>([
    ['an exact name', byRule('exact', 'dev'), ['anna', 'bert']],
    ['a prefix', byRule('prefix', 'de'), ['anna', 'bert']],
    ['an expression that is not anchored', byRule('regex', 'p'), ['bert', 'cleo']],
    ['an expression that is anchored', byRule('regex', '^(dev|below)$'), ['anna', 'bert', 'dora']],
    ['a rule with sub-groups', byRule('exact', 'dev', { subGroups: true }), ['anna', 'bert', 'dora']],
    ['any of two groups', { ...groupScope([], false), include: both }, ['anna', 'bert', 'cleo']],
    ['all of two groups', { ...groupScope([], false), include: both, match: 'all' }, ['bert']],
    [
      'any of two groups without members of an excluded one',
      { ...groupScope([], false), include: both, exclude: guests },
      ['anna', 'bert'],
    ],
  ])('choose the people of %s', (_, scope, expected) => {
    expect(people(scope)).toEqual(expected);
  });

  it.each<[string, Scope, RegExp]>([
    ['a rule matches no group', byRule('exact', 'nobody'), /fits the rule for required groups "name is "nobody""/],
    ['case differs', byRule('exact', 'Dev'), /fits the rule/],
    [
      'an excluded group is gone, which would let people in',
      byRule('exact', 'dev', { exclude: { groupIds: [keycloakGroupId('gone')], rules: [] } }),
      /no longer exists/,
    ],
    ['everybody is excluded', byRule('exact', 'dev', { exclude: both }), /have no members/],
  ])('stop the run when %s', (_, scope, message) => {
    expect(() => computeScope(world, scope)).toThrow(message);
  });

  it('may exclude by a rule that matches no group yet', () => {
    const exclude = { groupIds: [], rules: [{ of: 'name', test: 'exact', text: 'later' }] } as const;
    expect(people(byRule('exact', 'dev', { exclude }))).toEqual(['anna', 'bert']);
  });

  it('do not depend on the order of their entries', () => {
    const rules = ['dev', 'ops', 'guests'].map((text) => ({ of: 'name', test: 'exact', text }) as const);
    const scopeOf = (list: typeof rules): Scope => ({
      ...groupScope([], false),
      include: { groupIds: [], rules: list },
    });
    expect(people(scopeOf(rules.toReversed()))).toEqual(people(scopeOf(rules)));
  });
});
