import { indexDirectory } from '../../src/domain/directory-index';
import { nothingForeign, type Foreign } from '../../src/domain/foreign';
import { decideGroups } from '../../src/domain/grouping';
import { connectorId } from '../../src/domain/identity';
import type { GroupAdoption, GroupLink } from '../../src/domain/link';
import type { DirectoryGroup, SourceGroup } from '../../src/domain/snapshot';
import {
  atlassianGroupId,
  connector,
  defaultGroups,
  directory,
  directoryGroup,
  groupLink,
  keycloakGroupId,
  links,
  now,
  sourceGroup,
} from './model';

interface Given {
  readonly groups: readonly SourceGroup[];
  readonly there?: readonly DirectoryGroup[];
  readonly linked?: readonly GroupLink[];
  readonly adoptions?: readonly GroupAdoption[];
  readonly foreign?: Foreign;
}

function decide({ groups, there = [], linked = [], adoptions = [], foreign = nothingForeign }: Given) {
  const decisions = decideGroups({
    connectorId: connector,
    links: links([], linked),
    adoptions,
    foreign,
    groups,
    directory: indexDirectory(directory([], there)),
    settings: defaultGroups,
  });
  return [...decisions].map(([group, decision]) => {
    const name = decision.kind === 'none' ? decision.name : decision.target.name;
    return `${group.slice(2)}: ${decision.kind === 'create' ? 'create' : decision.operation} "${name}"`;
  });
}

const click = (group: string, target: string): GroupAdoption => ({
  sourceGroupId: keycloakGroupId(group),
  groupId: atlassianGroupId(target),
  mode: 'add-only',
  by: 'a-admin',
  at: now,
});
const named = (id: string, name: string): SourceGroup => sourceGroup(id, { name });
const marked = (connectorName: string, group: string) => ({
  mark: { connectorId: connectorName as typeof connector, sourceGroupId: keycloakGroupId(group) }, // an id like any other
});

describe('the groups of a plan', () => {
  it.each<[string, Given, readonly string[]]>([
    ['take the name from Keycloak, without spaces around it', { groups: [named('a', ' Devs ')] }, ['a: create "Devs"']],
    [
      'that are called alike are all in conflict, in any case of letters, and none is merged',
      { groups: [named('a', 'Devs'), named('b', 'devs '), named('c', 'ops')] },
      ['a: conflict "Devs"', 'b: conflict "devs"', 'c: create "ops"'],
    ],
    [
      'that are linked keep working when a newcomer has the same name',
      {
        groups: [named('a', 'Devs'), named('b', 'devs')],
        there: [directoryGroup('a', { name: 'Devs' })],
        linked: [groupLink('a')],
      },
      ['a: not-modified "Devs"', 'b: conflict "devs"'],
    ],
    [
      'reserve the Atlassian name of a link, not the Keycloak name',
      {
        groups: [named('a', 'new'), named('b', 'old'), named('c', 'new')],
        there: [directoryGroup('a', { name: 'old' })],
        linked: [groupLink('a', { name: 'old' })],
      },
      ['a: not-modified "old"', 'b: conflict "old"', 'c: create "new"'],
    ],
    [
      'reserve the name of a linked group that was deleted by hand',
      { groups: [named('a', 'devs'), named('b', 'devs')], linked: [groupLink('a', { name: 'devs' })] },
      ['a: conflict "devs"', 'b: conflict "devs"'],
    ],
    [
      'have usable names',
      { groups: [named('a', '  '), named('b', 'x'.repeat(256)), named('c', 'a\u0007b'), named('d', 'x'.repeat(255))] },
      [
        'a: conflict ""',
        `b: conflict "${'x'.repeat(256)}"`,
        'c: conflict "a\u0007b"',
        `d: create "${'x'.repeat(255)}"`,
      ],
    ],
    [
      'may be given an Atlassian group of another name, and do not compete for their own name then',
      { groups: [named('a', 'devs'), named('b', 'devs')], there: [directoryGroup('x')], adoptions: [click('a', 'x')] },
      ['a: adopted "x"', 'b: create "devs"'],
    ],
    [
      'cannot share an Atlassian group that was clicked twice',
      {
        groups: [named('a', 'a'), named('b', 'b')],
        there: [directoryGroup('x')],
        adoptions: [click('a', 'x'), click('b', 'x')],
      },
      ['a: conflict "x"', 'b: conflict "x"'],
    ],
    [
      'cannot adopt what another group is linked to, or what is gone',
      {
        groups: [named('a', 'a'), named('b', 'b'), named('c', 'c')],
        there: [directoryGroup('a')],
        linked: [groupLink('a')],
        adoptions: [click('b', 'a'), click('c', 'gone')],
      },
      ['a: not-modified "a"', 'b: conflict "a"', 'c: conflict "c"'],
    ],
    [
      'do not take a group that carries the mark of another Keycloak group',
      { groups: [named('a', 'devs')], there: [directoryGroup('x', { name: 'devs', ...marked('connector-1', 'b') })] },
      ['a: conflict "devs"'],
    ],
    [
      'do not take a group that carries the mark of another connector for a group of the same id',
      { groups: [named('a', 'devs')], there: [directoryGroup('x', { name: 'devs', ...marked('connector-2', 'a') })] },
      ['a: conflict "devs"'],
    ],
    [
      'do not fill a linked group that carries the mark of another connector',
      {
        groups: [named('a', 'devs')],
        there: [directoryGroup('a', { name: 'devs', ...marked('connector-2', 'a') })],
        linked: [groupLink('a')],
      },
      ['a: conflict "devs"'],
    ],
    [
      'do not fill, take by name, adopt or take back a group that another connector linked first',
      {
        groups: [named('a', 'devs'), named('b', 'ops'), named('c', 'x'), named('d', 'y')],
        there: [
          directoryGroup('a', { name: 'devs' }),
          directoryGroup('b', { name: 'ops' }),
          directoryGroup('c', { name: 'z' }),
          directoryGroup('d', { name: 'y', ...marked('connector-1', 'd') }),
        ],
        linked: [groupLink('a')],
        adoptions: [click('c', 'c')],
        foreign: {
          ...nothingForeign,
          groups: new Map(['a', 'b', 'c', 'd'].map((name) => [atlassianGroupId(name), connectorId('connector-2')])),
        },
      },
      ['a: conflict "devs"', 'b: conflict "ops"', 'c: conflict "z"', 'd: conflict "y"'],
    ],
    [
      'are taken from a deleted connector by an import of its links, and stay so',
      {
        groups: [named('a', 'devs'), named('b', 'ops')],
        there: [
          directoryGroup('a', { name: 'devs', ...marked('gone', 'a') }),
          directoryGroup('b', { name: 'ops', ...marked('gone', 'b') }),
        ],
        linked: [groupLink('b', { origin: 'adopted', mode: 'add-only' })],
        adoptions: ['a', 'b'].map((name) => ({ ...click(name, name), from: connectorId('gone') })),
      },
      ['a: adopted "devs"', 'b: not-modified "ops"'],
    ],
    [
      'are not taken by an import while the connector of the mark exists, or from a third one',
      {
        groups: [named('a', 'devs'), named('b', 'ops')],
        there: [
          directoryGroup('a', { name: 'devs', ...marked('connector-2', 'a') }),
          directoryGroup('b', { name: 'ops', ...marked('connector-3', 'b') }),
        ],
        adoptions: ['a', 'b'].map((name) => ({ ...click(name, name), from: connectorId('connector-2') })),
        foreign: { ...nothingForeign, names: new Map([[connectorId('connector-2'), 'Second']]) },
      },
      ['a: conflict "devs"', 'b: conflict "ops"'],
    ],
    [
      'take back their own creation',
      { groups: [named('a', 'devs')], there: [directoryGroup('x', { name: 'devs', ...marked('connector-1', 'a') })] },
      ['a: adopted "devs"'],
    ],
  ])('%s', (_, given, decisions) => {
    expect(decide(given)).toEqual(decisions);
  });
});
