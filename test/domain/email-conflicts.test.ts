import { groupScope } from './model';
import { computePlan } from '../../src/domain/compute-plan';
import type { PlanInput } from '../../src/domain/planning';
import {
  account,
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  links,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

/** Anna and bert are linked members of `devs` who would lose the membership, so that whatever is taken shows. */
const both = (more: Partial<PlanInput> & Pick<PlanInput, 'source'>): PlanInput =>
  planInput({
    directory: directory(
      [directoryAccount('anna', { groups: ['devs'] }), directoryAccount('bert', { groups: ['devs'] })],
      [directoryGroup('devs')],
    ),
    links: links([accountLink('anna'), accountLink('bert')], [groupLink('devs')]),
    confirmedAbsent: new Set([userId('anna'), userId('bert')]),
    ...more,
  });
const realm = (...users: Parameters<typeof source>[0]) => source(users, [sourceGroup('devs')]);

interface Case {
  readonly name: string;
  readonly input: PlanInput;
  readonly people: Readonly<Record<string, string>>;
  /** What the rows of the conflicts name. */
  readonly named: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'another account of nobody has the new address',
    input: both({
      source: realm(user('anna', { email: 'anna.new@example.com' }), user('bert', { groups: ['devs'] })),
      directory: directory(
        [
          directoryAccount('anna', { groups: ['devs'] }),
          directoryAccount('bert', { groups: ['devs'] }),
          directoryAccount('other', { email: 'anna.new@example.com' }),
        ],
        [directoryGroup('devs')],
      ),
    }),
    people: { anna: 'conflict', bert: 'not-modified' },
    named: ['"anna"', '(anna@example.com)', '"Other Example"'],
  },
  {
    name: 'two people have swapped their addresses',
    input: both({
      source: realm(user('anna', { email: 'bert@example.com' }), user('bert', { email: 'anna@example.com' })),
    }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"anna"', '"bert"'],
  },
  {
    name: 'two linked people of the realm have the same address',
    input: both({
      source: realm(user('anna', { email: 'same@example.com' }), user('bert', { email: 'same@example.com' })),
    }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"anna"', '"bert"', 'same@example.com'],
  },
  {
    name: 'a linked and an unlinked person of the realm have the same address',
    input: both({
      source: realm(user('anna'), user('bert', { groups: ['devs'] }), user('carl', { email: 'anna@example.com' })),
    }),
    people: { anna: 'conflict', bert: 'not-modified', carl: 'conflict' },
    named: ['"anna"', '"carl"', 'anna@example.com'],
  },
  {
    name: 'a linked person got the address of another linked one, who kept it in Atlassian alone',
    input: both({
      source: realm(user('anna', { email: 'bert@example.com' }), user('bert', { email: 'bert.new@example.com' })),
    }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"anna"', '"bert"'],
  },
  {
    name: 'the address of somebody who is gone was given to another linked person',
    input: both({ source: realm(user('bert', { email: 'anna@example.com' })) }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"bert"', 'somebody who is gone'],
  },
  {
    name: 'the address of somebody who was disabled was given to another linked person',
    input: both({
      source: realm(user('anna', { enabled: false }), user('bert', { email: 'anna@example.com' })),
    }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"anna"', '"bert"'],
  },
  {
    name: 'the address of a linked person was given to somebody new',
    input: both({
      source: realm(
        user('anna', { email: 'anna.new@example.com' }),
        user('bert', { groups: ['devs'] }),
        user('carl', { email: 'anna@example.com' }),
      ),
    }),
    people: { anna: 'conflict', bert: 'not-modified', carl: 'conflict' },
    named: ['"anna"', '"carl"'],
  },
  {
    name: 'somebody out of scope has the address of a linked person',
    input: both({
      source: source(
        [user('anna', { groups: ['staff'] }), user('bert', { email: 'anna@example.com' })],
        [sourceGroup('staff'), sourceGroup('devs')],
      ),
      settings: settings({ scope: groupScope([sourceGroup('staff').id], false) }),
    }),
    people: { anna: 'conflict', bert: 'conflict' },
    named: ['"anna"', '"bert"'],
  },
];

describe('an address that two people seem to have', () => {
  it.each(cases)('takes nothing from either when $name', ({ input, people, named }) => {
    const plan = computePlan(input);
    expect(Object.fromEntries(plan.people.map(({ user: id, operation }) => [id.slice(2), operation]))).toEqual(people);
    expect(plan.changes).toEqual([]);
    const told = plan.people.filter(({ operation }) => operation === 'conflict').map(({ reason }) => reason);
    expect(told.filter((reason) => named.every((name) => reason.includes(name)))).not.toEqual([]);
  });

  it('is only noted when it differs and is nobody else’s', () => {
    const plan = computePlan(
      both({
        source: realm(
          user('anna', { email: 'anna.new@example.com', groups: ['devs'] }),
          user('bert', { groups: ['devs'] }),
        ),
      }),
    );
    expect(plan.people.map(({ accountId, operation, notes }) => [accountId, operation, notes])).toEqual([
      [
        account('anna'),
        'not-modified',
        [
          'The e-mail address differs: anna.new@example.com in Keycloak, anna@example.com in Atlassian. It can be set for managed accounts only.',
        ],
      ],
      [account('bert'), 'not-modified', []],
    ]);
  });
});
