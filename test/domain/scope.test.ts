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
    expect(computeScope(realm, scope)).toEqual({ inScope: new Set(people.map(userId)), missingGroups: [] });
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
    });
  });
});
