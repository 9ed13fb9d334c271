import { computePlan } from '../../src/domain/compute-plan';
import type { ConnectorSettings } from '../../src/domain/connector';
import type { ProductSeats } from '../../src/domain/seats';
import type { DirectoryAccount } from '../../src/domain/snapshot';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const names = ['jira', 'also-jira', 'wiki', 'plain'];
const grants: Readonly<Record<string, readonly string[]>> = {
  jira: ['jira'],
  'also-jira': ['jira'],
  wiki: ['confluence'],
  plain: [],
};

interface Person {
  /** Their groups in Keycloak. */
  readonly in: readonly string[];
  /** Their groups in Atlassian; absent: no account. */
  readonly has?: readonly string[];
  readonly enabled?: boolean;
  readonly suspended?: 'by us';
}

/** The seats that the plan for these people needs and frees. */
function seats(
  people: readonly Person[],
  access: ConnectorSettings['users']['productAccess'] = [],
): readonly ProductSeats[] {
  const name = (index: number) => `p${index}`;
  const accounts = people.flatMap((person, index): readonly DirectoryAccount[] => {
    if (person.has === undefined) return [];
    const status = person.suspended === undefined ? 'active' : 'suspended';
    return [directoryAccount(name(index), { groups: person.has, status })];
  });
  const given = settings();
  const input = planInput({
    source: source(
      people.map((person, index) => user(name(index), { groups: person.in, enabled: person.enabled ?? true })),
      names.map((group) => sourceGroup(group)),
    ),
    directory: directory(
      accounts,
      names.map((group) => directoryGroup(group, { grantsAccess: grants[group] ?? [] })),
    ),
    links: links(
      people.flatMap((person, index) =>
        person.has === undefined
          ? []
          : [accountLink(name(index), person.suspended === undefined ? {} : { suspendedAt: now - 1_000 })],
      ),
      names.map((group) => groupLink(group)),
    ),
    settings: { ...given, users: { ...given.users, productAccess: access } },
  });
  return computePlan(input).base.seats;
}

const gains = (product: string, gained: number) => ({ product, gained, lost: 0 });
const loses = (product: string, lost: number) => ({ product, gained: 0, lost });
const site = { resource: 'ari:cloud:jira::site/1', role: 'atlassian/user' };

describe('the seats of a plan', () => {
  it.each<[string, readonly Person[], readonly ProductSeats[]]>([
    ['are none where nothing changes', [{ in: ['jira'], has: ['jira'] }], []],
    ['are gained by the first group that grants a product', [{ in: ['jira'], has: [] }], [gains('jira', 1)]],
    ['are not gained by a second one', [{ in: ['jira', 'also-jira'], has: ['jira'] }], []],
    ['are gained once by two groups of a product', [{ in: ['jira', 'also-jira'], has: [] }], [gains('jira', 1)]],
    ['are not gained by a group that grants nothing', [{ in: ['plain'], has: [] }], []],
    ['are lost with the last group of a product', [{ in: [], has: ['jira'] }], [loses('jira', 1)]],
    ['are not lost while another group grants it', [{ in: ['also-jira'], has: ['jira', 'also-jira'] }], []],
    ['stay where one group takes the place of another', [{ in: ['also-jira'], has: ['jira'] }], []],
    [
      'are counted for each product by itself',
      [
        { in: ['wiki'], has: ['jira'] },
        { in: ['wiki', 'jira'], has: [] },
      ],
      [gains('confluence', 2), { product: 'jira', gained: 1, lost: 1 }],
    ],
    ['are needed for who is invited', [{ in: ['jira', 'wiki'] }], [gains('confluence', 1), gains('jira', 1)]],
    ['are freed where an account is suspended', [{ in: ['jira'], has: ['jira'], enabled: false }], [loses('jira', 1)]],
    [
      'are needed again where one comes back, for what it has and for what is added',
      [{ in: ['jira', 'wiki'], has: ['jira'], suspended: 'by us' }],
      [gains('confluence', 1), gains('jira', 1)],
    ],
    [
      'are none for an account that stays suspended',
      [{ in: [], has: ['jira'], suspended: 'by us', enabled: false }],
      [],
    ],
  ])('%s', (_, people, expected) => {
    expect(seats(people)).toEqual(expected);
  });

  it('are needed for what an invitation gives, once for each product', () => {
    expect(seats([{ in: ['jira'] }, { in: ['wiki'] }], [site])).toEqual([gains('confluence', 1), gains('jira', 2)]);
  });

  it('are not needed by what invitations give where nobody is invited', () => {
    expect(seats([{ in: ['plain'], has: [] }], [site])).toEqual([]);
  });
});
