import type { Change } from '../../src/domain/change';
import { accountId, groupId, sourceGroupId, sourceUserId } from '../../src/domain/identity';
import { selectChanges, type PlanSelection } from '../../src/domain/selection';

const ann = { user: sourceUserId('ann'), accountId: accountId('a'), reason: '' };
const bob = { user: sourceUserId('bob'), accountId: accountId('b'), reason: '' };
const staff = { group: sourceGroupId('staff'), groupName: 'staff' };
const tech = { group: sourceGroupId('it'), groupName: 'it' };

const changes: Readonly<Record<string, Change>> = {
  'adopts staff': {
    ...staff,
    kind: 'adopt-group',
    groupId: groupId('s'),
    name: 'staff',
    origin: 'adopted',
    mode: 'add-only',
    reason: '',
  },
  'creates it': { ...tech, kind: 'create-group', name: 'it', reason: '' },
  'adopts ann': { ...ann, kind: 'adopt-account', email: 'ann@example.com' },
  'adds ann to staff': { ...ann, ...staff, kind: 'add-member' },
  'adds bob to it': { ...bob, ...tech, kind: 'add-member' },
  'takes ann from it': { ...ann, ...tech, kind: 'remove-member', groupId: groupId('i') },
  'suspends bob': { ...bob, kind: 'suspend', evidence: 'listed' },
};

describe('a selection of a plan', () => {
  const rows: readonly (readonly [string, PlanSelection, readonly string[]])[] = [
    ['everything', { kind: 'all' }, Object.keys(changes)],
    ['links alone', { kind: 'links' }, ['adopts staff', 'adopts ann']],
    [
      'all without removals',
      { kind: 'additions' },
      ['adopts staff', 'creates it', 'adopts ann', 'adds ann to staff', 'adds bob to it'],
    ],
    ['one kind', { kind: 'part', kinds: ['suspend'] }, ['suspends bob']],
    [
      'one person with all that is hers',
      { kind: 'part', users: ['ann'] },
      ['adopts ann', 'adds ann to staff', 'takes ann from it'],
    ],
    [
      'one group with all that is its',
      { kind: 'part', groups: ['it'] },
      ['creates it', 'adds bob to it', 'takes ann from it'],
    ],
    [
      'a person and a group: what is of either',
      { kind: 'part', users: ['bob'], groups: ['staff'] },
      ['adopts staff', 'adds ann to staff', 'adds bob to it', 'suspends bob'],
    ],
    ['a person, narrowed to a kind', { kind: 'part', kinds: ['add-member'], users: ['ann'] }, ['adds ann to staff']],
    ['nobody', { kind: 'part', users: [] }, []],
    ['no kind', { kind: 'part', kinds: [] }, []],
  ];
  it.each(rows)('can be %s', (_name, selection, expected) => {
    const chosen = new Set(selectChanges(Object.values(changes), selection));
    expect(Object.entries(changes).flatMap(([name, change]) => (chosen.has(change) ? [name] : []))).toEqual(expected);
  });
});
