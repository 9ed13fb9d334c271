import { computePlan } from '../../src/domain/compute-plan';
import { explainUser } from '../../src/domain/explain';
import type { GuardContext } from '../../src/domain/guards';
import { computeUndo } from '../../src/domain/undo';
import { describePlans, type Case } from './plan-cases';
import {
  accountLink,
  applyChanges,
  atlassianGroupId,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  issuer,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
  without,
} from './model';

const assigned = settings({ groups: { alwaysAssign: [atlassianGroupId('all')] } });
const all = directoryGroup('all');
const linkedAnna = links([accountLink('anna')]);
const row = (operation: string) => ({ 'lassian:g-all': operation });

const cases: readonly Case[] = [
  {
    name: 'puts somebody who has an account into it',
    input: {
      source: source([user('anna')]),
      directory: directory([directoryAccount('anna')], [all]),
      links: linkedAnna,
      settings: assigned,
    },
    changes: ['u-anna: Add to group "all".'],
    people: { anna: 'updated' },
    groups: row('updated'),
  },
  {
    name: 'puts somebody into it with the invitation',
    input: { source: source([user('anna')]), directory: directory([], [all]), settings: assigned },
    changes: ['u-anna: Invite Anna Example (anna@example.com).', 'u-anna: Add to group "all".'],
  },
  {
    name: 'changes nothing for who is a member, and takes nobody out who was put in by hand',
    input: {
      source: source([user('anna')]),
      directory: directory(
        [directoryAccount('anna', { groups: ['all'] }), directoryAccount('hand', { groups: ['all'] })],
        [all],
      ),
      links: linkedAnna,
      settings: assigned,
    },
    changes: [],
    groups: row('not-modified'),
  },
  {
    name: 'puts nobody into it who is disabled, out of scope or left out',
    input: {
      source: source(
        [user('anna', { enabled: false }), without(user('bert'), 'email'), user('carl', { groups: ['x'] })],
        [sourceGroup('x')],
      ),
      directory: directory(
        ['anna', 'bert', 'carl'].map((name) => directoryAccount(name)),
        [all],
      ),
      links: links(['anna', 'bert'].map((name) => accountLink(name))),
      settings: settings({
        groups: { alwaysAssign: [atlassianGroupId('all')] },
        users: { deactivate: false, createAccounts: false, emailDomains: [] },
      }),
    },
    changes: [],
  },
  {
    name: 'leaves the membership to who leaves: nobody knows by whom it was given',
    input: {
      source: source([user('anna', { enabled: false })]),
      directory: directory([directoryAccount('anna', { groups: ['all'] })], [all]),
      links: linkedAnna,
      settings: assigned,
    },
    changes: ['u-anna: Deactivate the account.'],
  },
  {
    name: 'is one group where a group of Keycloak fills it as well, which takes nobody out then',
    input: {
      source: source([user('anna', { groups: ['all'] }), user('bert')], [sourceGroup('all')]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert', { groups: ['all'] })], [all]),
      links: links([accountLink('anna'), accountLink('bert')], [groupLink('all')]),
      settings: assigned,
    },
    changes: ['u-anna: Add to group "all".'],
    groups: { all: 'updated' },
  },
  {
    name: 'is never written where it is protected',
    input: {
      source: source([user('anna')]),
      directory: directory(
        [directoryAccount('anna')],
        [directoryGroup('all', { protectedBecause: 'The group grants administration.' })],
      ),
      links: linkedAnna,
      settings: assigned,
    },
    changes: [],
    groups: row('protected'),
  },
  {
    name: 'is a conflict where it no longer exists',
    input: {
      source: source([user('anna')]),
      directory: directory([directoryAccount('anna')]),
      links: linkedAnna,
      settings: assigned,
    },
    changes: [],
    groups: row('conflict'),
  },
];
describePlans('a group that is always assigned', cases);

it.each([
  ['added', []],
  ['kept', ['all']],
])('is %s in the explanation of a person', (membership, groups) => {
  const input = planInput({
    source: source([user('anna')]),
    directory: directory([directoryAccount('anna', { groups })], [all]),
    links: linkedAnna,
    settings: assigned,
  });
  const guards: GuardContext = {
    preset: 'strict',
    memory: { deprovisioned: [], recent: [] },
    rules: '',
    issuer,
    now,
  };
  const step = explainUser(input, userId('anna'), guards).steps.find(({ kind }) => kind === 'groups');
  expect(step).toMatchObject({
    groups: [
      {
        target: { name: 'all', groupId: atlassianGroupId('all') },
        membership,
        because: 'Everybody with an account in scope is put into it.',
      },
    ],
  });
});

it('plans nothing a second time, and an undo takes the membership back', () => {
  const input = planInput({
    source: source([user('anna')]),
    directory: directory([directoryAccount('anna')], [all]),
    links: linkedAnna,
    settings: assigned,
  });
  const { changes } = computePlan(input);
  const after = applyChanges(input, changes);
  expect(computePlan(after).changes).toEqual([]);
  expect(computeUndo(after, changes).changes.map(({ kind }) => kind)).toEqual(['remove-member']);
});
