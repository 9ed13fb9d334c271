import { groupScope } from '../domain/model';
import { removeGroup, removeUser, disableFederation, removeFederation } from '../../dev/keycloak/double/realm';
import type { Disturbance } from '../http/between';
import {
  body,
  encoded,
  gzipCut,
  halfSent,
  html,
  meanwhile,
  reset,
  rows,
  says,
  silence,
  status,
  type Row,
} from '../http/disturbances';
import { sourceGroupId } from '../../src/domain/identity';
import { sentence } from './look';
import { agreeingSides, endOf, ldap, type Ending, type Faults, type TwoSides } from './two-sides';

const userPages = /GET \S*\/users\?/;
const secondPage = /GET \S*\/users\?\S*first=25&/;
const lastPage = /GET \S*\/users\?\S*first=50&/;
const groupPages = /GET \S*\/groups\?search=/;
const memberLists = /GET \S*\/members\?/;
const userCount = /GET \S*\/users\/count/;
const groupCount = /GET \S*\/groups\/count/;
const adminApi = /GET \S*\/admin\//;
const accountPages = /POST \S*\/users\/search/;
const accountCount = /GET \S*\/users\/count/;
const directoryGroups = /POST \S*\/groups\/search/;

/** What a row expects: the code that ends the reading, or what keeps a plan from taking anything. */
type Expected =
  | { readonly stops: string }
  /** Drift that stays: the plan says why it takes nothing. */
  | { readonly withheld: RegExp }
  /** The snapshot looks whole; a sentence tells what is not believed. */
  | { readonly doubted: RegExp }
  /** The snapshot looks whole, and the own records of so many people keep memberships. */
  | { readonly disputed: number }
  /** Nothing is missing after all. */
  | 'whole';

type Case = readonly [name: string, faults: (sides: TwoSides) => Faults, expected: Expected];

const keycloak =
  (match: RegExp, by: Disturbance, more: { readonly times?: number; readonly after?: number } = {}) =>
  (): Faults => ({ keycloak: [{ match, by, ...more }] });
const atlassian = (match: RegExp, by: Disturbance) => (): Faults => ({ atlassian: [{ match, by }] });

const none = rows(() => []);
/** Only the members of one group. */
const firstList =
  (by: Disturbance) =>
  ({ realm }: TwoSides): Faults => ({
    keycloak: [{ match: new RegExp(`/groups/${realm.groups[0]?.id ?? ''}/members`), by }],
  });

const unreadable = { stops: 'unreadable-answer' };
const serverError = { stops: 'server-error' };
const unreachable = { stops: 'unreachable' };

const answers: readonly Case[] = [
  [
    'a page is truncated in the middle of its JSON',
    keycloak(
      secondPage,
      body((text) => text.slice(0, 900)),
    ),
    unreadable,
  ],
  [
    'a page turns into an error text',
    keycloak(
      secondPage,
      body((text) => `${text.slice(0, 900)}{"error":"x"}`),
    ),
    unreadable,
  ],
  ['a page is HTML with status 200', keycloak(secondPage, html(200)), unreadable],
  ['a page is empty with status 200', keycloak(secondPage, status(200)), unreadable],
  ['a page is null', keycloak(secondPage, status(200, 'null')), unreadable],
  [
    'a page is an object in place of a list',
    keycloak(
      secondPage,
      body((text) => `{"users":${text}}`),
    ),
    unreadable,
  ],
  ['a list of members is an object', keycloak(memberLists, status(200, '{}')), unreadable],
  ['a list of members is null', keycloak(memberLists, status(200, 'null')), unreadable],
  ['a page has no content (204)', keycloak(secondPage, status(204)), serverError],
  ['a page is partial content (206)', keycloak(secondPage, (answer) => ({ ...answer, status: 206 })), serverError],
  ['a page was not modified (304)', keycloak(secondPage, status(304)), serverError],
  [
    'a page redirects to a login page (302)',
    keycloak(secondPage, status(302, '', { location: 'https://login.example.test/' })),
    serverError,
  ],
  [
    'a token is refused in the middle (401)',
    keycloak(adminApi, says(401, 'HTTP 401 Unauthorized'), { after: 5 }),
    { stops: 'wrong-address' },
  ],
  [
    'the token is of another realm (401)',
    keycloak(adminApi, says(401, 'HTTP 401 Unauthorized')),
    { stops: 'wrong-address' },
  ],
  [
    'a role is taken away in the middle (403)',
    keycloak(memberLists, says(403, 'HTTP 403 Forbidden'), { after: 2 }),
    { stops: 'role-missing' },
  ],
  ['a proxy forbids a page (403)', keycloak(lastPage, html(403)), { stops: 'admin-api-not-here' }],
  ['a proxy does not know the list (404)', keycloak(memberLists, html(404)), { stops: 'admin-api-not-here' }],
  [
    'the realm is renamed in the middle (404)',
    keycloak(memberLists, says(404, 'Realm not found.')),
    { stops: 'wrong-realm' },
  ],
  ['a request times out at the server for ever (408)', keycloak(secondPage, status(408)), serverError],
  ['a server replays too early for ever (425)', keycloak(secondPage, status(425)), serverError],
  ['too many requests for ever (429)', keycloak(secondPage, status(429)), serverError],
  ['a page fails for ever (500)', keycloak(secondPage, status(500)), serverError],
  ['a gateway fails for ever (502)', keycloak(memberLists, html(502)), serverError],
  ['no server is there for ever (503)', keycloak(groupPages, html(503)), serverError],
  ['a gateway times out for ever (504)', keycloak(userCount, html(504)), serverError],
  ['a page past the end fails (400)', keycloak(/first=75&/, says(400, 'unknown_error')), serverError],
  ['connections break before the answer', keycloak(secondPage, reset), unreachable],
  ['connections break in the middle of a body', keycloak(secondPage, halfSent('reset')), unreachable],
  ['bodies are shorter than announced', keycloak(secondPage, halfSent('end')), unreachable],
  ['a compressed answer lacks its end', keycloak(secondPage, gzipCut), unreadable],
  [
    'a page never comes',
    () => ({ keycloak: [{ match: secondPage, by: silence }], silent: /\/users\?\S*first=25&/ }),
    unreachable,
  ],
  ['a page is in another character set', keycloak(secondPage, encoded('utf16le')), unreadable],
  [
    'rows have no id',
    keycloak(
      secondPage,
      rows((all) => all.map((row) => without(row, 'id'))),
    ),
    unreadable,
  ],
  [
    'rows do not say whether they are enabled',
    keycloak(
      secondPage,
      rows((all) => all.map((row) => without(row, 'enabled'))),
    ),
    unreadable,
  ],
  [
    'enabled is a text',
    keycloak(
      secondPage,
      rows((all) => all.map((row) => ({ ...row, enabled: 'false' }))),
    ),
    unreadable,
  ],
  [
    'rows are null',
    keycloak(
      secondPage,
      rows((all) => all.map(() => null)),
    ),
    unreadable,
  ],
  [
    'members have no id',
    keycloak(
      memberLists,
      rows((all) => all.map((row) => without(row, 'id'))),
    ),
    unreadable,
  ],
  ['a count is absent', keycloak(groupCount, status(200, '{}')), unreadable],
  ['a count is a text', keycloak(userCount, status(200, '"64"')), unreadable],
  ['a count is negative', keycloak(userCount, status(200, '-1')), unreadable],
  ['a count is a fraction', keycloak(userCount, status(200, '60.5')), unreadable],
  ['groups are counted and none is listed', keycloak(groupPages, none), { stops: 'role-too-small' }],
  ['people are counted and none is listed', keycloak(userPages, none), { stops: 'role-too-small' }],
];

const drift: readonly Case[] = [
  ['the count of people is larger than the rows', keycloak(userCount, plus(3)), { withheld: /number of users/ }],
  ['the count of people is smaller than the rows', keycloak(userCount, plus(-3)), { withheld: /number of users/ }],
  ['the count of groups is larger than the rows', keycloak(groupCount, plus(1)), { withheld: /number of groups/ }],
  [
    'groups are listed and the count is zero',
    keycloak(groupCount, status(200, '{"count":0}')),
    { withheld: /number of groups/ },
  ],
  [
    'the count of people changes from one moment to the next',
    () => ({ keycloak: [{ match: userCount, by: growing() }] }),
    { withheld: /number of users/ },
  ],
  [
    'a page is short and not the last',
    keycloak(
      secondPage,
      rows((all) => all.slice(0, -2)),
    ),
    { withheld: /shorter than asked/ },
  ],
  ['a page is empty and not the last', keycloak(secondPage, none), { withheld: /number of users/ }],
  [
    'the role is lost after the first page, and the rest is empty',
    keycloak(/\/users\?\S*first=[1-9]/, none),
    { withheld: /number of users/ },
  ],
  ['the last page is lost', keycloak(lastPage, none), { withheld: /number of users/ }],
  [
    'the same page comes twice',
    () => ({ keycloak: [{ match: /\/users\?\S*first=(0|25)&/, by: theFirstAgain() }] }),
    { withheld: /rows twice/ },
  ],
  [
    'pages overlap',
    keycloak(
      secondPage,
      rows((all) => [...all.slice(0, -1), ...all.slice(0, 1)]),
    ),
    { withheld: /rows twice/ },
  ],
  [
    'a person comes twice, once enabled and once not',
    keycloak(
      secondPage,
      rows((all) => [...all, ...all.slice(0, 1).map((row) => ({ ...row, enabled: false }))]),
    ),
    { withheld: /rows twice/ },
  ],
  [
    'a person comes twice, first not enabled and then enabled',
    keycloak(
      secondPage,
      rows((all) => [...all.slice(0, 1).map((row) => ({ ...row, enabled: false })), ...all]),
    ),
    { withheld: /rows twice/ },
  ],
  [
    'somebody is created each time the people are read',
    ({ realm }) => {
      let born = 0;
      const create = (): void => {
        born += 1;
        realm.users.push({
          id: `new-${born}`,
          username: `aa-${born}`,
          enabled: true,
          emailVerified: true,
          createdTimestamp: 0,
        });
      };
      return { keycloak: [{ match: secondPage, by: meanwhile(create) }] };
    },
    { withheld: /number of users/ },
  ],
  [
    'somebody is deleted each time the people are read, and pages shift',
    ({ realm }) => ({
      keycloak: [{ match: secondPage, by: meanwhile(() => removeUser(realm, realm.users[0]?.id ?? '')) }],
    }),
    { withheld: /number of users/ },
  ],
  [
    'a federation drops people while its pages are read, and a page is short',
    keycloak(
      secondPage,
      rows((all) => all.filter((row) => row.federationLink !== ldap).slice(0, -1)),
    ),
    { withheld: /shorter than asked/ },
  ],
  [
    'a group is deleted behind each list of groups',
    ({ realm }) => {
      const leaf = (): string =>
        realm.groups.find(({ id }) => realm.groups.every(({ parentId }) => parentId !== id))?.id ?? '';
      return { keycloak: [{ match: groupPages, by: meanwhile(() => removeGroup(realm, leaf())) }] };
    },
    { withheld: /groups/ },
  ],
];

/** Reads that look whole and are not: only what is remembered and the own records of people tell. */
const lies: readonly Case[] = [
  ['the list of members of one group is empty', firstList(none), { disputed: 17 }],
  [
    'a list of members is short and looks like the last page',
    firstList(rows((all) => all.slice(0, -4))),
    { disputed: 8 },
  ],
  [
    'the first list of members ends after its first page',
    () => ({ keycloak: [{ match: /\/members\?\S*first=25&/, by: none }] }),
    { disputed: 6 },
  ],
  ['all lists of members are empty', keycloak(memberLists, none), { disputed: 80 }],
  ['members come with ids in upper case', keycloak(memberLists, rows(upper)), { disputed: 80 }],
  [
    'people are taken out of groups and put back while members are read',
    ({ realm }) => {
      const all = realm.memberships;
      const take = meanwhile(() => (realm.memberships = all.slice(3)));
      const putBack = meanwhile(() => (realm.memberships = all));
      return {
        keycloak: [
          { match: groupPages, by: take },
          { match: userCount, after: 1, by: putBack },
        ],
      };
    },
    { disputed: 3 },
  ],
  ['people come with ids in upper case', keycloak(userPages, rows(upper)), { doubted: /not confirmed yet|outage/ }],
  [
    'a person is left out of list and count',
    () => ({
      keycloak: [
        { match: lastPage, by: rows((all) => all.slice(0, -5).concat(all.slice(-4))) },
        { match: userCount, by: plus(-1) },
      ],
    }),
    { doubted: /not confirmed yet/ },
  ],
  [
    'every second person is left out of list and count, and answers alone',
    ({ realm }) => {
      const hidden = new Set<unknown>(
        realm.users.flatMap(({ id, federationLink }, index) =>
          federationLink === undefined && !id.startsWith('f:') && index % 2 === 0 ? [id] : [],
        ),
      );
      const people = [...realm.users];
      return {
        keycloak: [
          { match: userPages, by: rows((all) => all.filter(({ id }) => !hidden.has(id))) },
          {
            match: /openid-configuration/,
            by: meanwhile(() => (realm.users = people.filter(({ id }) => !hidden.has(id)))),
          },
          { match: userCount, after: 1, by: meanwhile(() => (realm.users = people)) },
        ],
      };
    },
    { doubted: /not confirmed yet/ },
  ],
  [
    'the people of one federation are all disabled',
    ({ realm }) => just(() => disableFederation(realm, ldap)),
    { doubted: /outage/ },
  ],
  [
    'the people of one federation are gone from list and count',
    ({ realm }) => just(() => removeFederation(realm, ldap)),
    { doubted: /outage/ },
  ],
  [
    'the people of a federation that does not import are gone, and no count tells',
    keycloak(
      userPages,
      rows((all) => all.filter(({ id }) => !String(id).startsWith('f:'))),
    ),
    { doubted: /outage/ },
  ],
  [
    'the groups of one federation are all empty together',
    ({ realm }) =>
      just(() => {
        const people = new Set(realm.users.flatMap((user) => (user.federationLink === ldap ? [user.id] : [])));
        realm.memberships = realm.memberships.filter(({ userId }) => !people.has(userId));
      }),
    { doubted: /outage/ },
  ],
  [
    'a required group loses a member in its list alone',
    ({ realm }) => {
      const id = sourceGroupId(realm.groups[0]?.id ?? '');
      for (const { id: userId } of realm.users) {
        if (!realm.memberships.some((each) => each.userId === userId && each.groupId === id)) {
          realm.memberships.push({ userId, groupId: id });
        }
      }
      const hide = rows((all) => all.filter((row) => row.id !== realm.users[30]?.id));
      return {
        keycloak: [{ match: memberLists, by: hide }],
        scope: () => groupScope([id], false),
      };
    },
    { disputed: 4 },
  ],
];

/** Odd, and nothing is missing: such a read is no reason to take anything either. */
const harmless: readonly Case[] = [
  [
    'rows of a page come in another order',
    keycloak(
      userPages,
      rows((all) => [...all].reverse()),
    ),
    'whole',
  ],
  [
    'members come twice',
    keycloak(
      memberLists,
      rows((all) => all.flatMap((row) => [row, row])),
    ),
    'whole',
  ],
  ['a service account is among the members', () => ({}), 'whole'],
  [
    'a list of members names strangers',
    keycloak(
      memberLists,
      rows((all) => [...all, { id: 'stranger' }]),
      { times: 1 },
    ),
    'whole',
  ],
  [
    'groups come twice',
    keycloak(
      groupPages,
      rows((all) => all.flatMap((row) => [row, row])),
    ),
    'whole',
  ],
  [
    'a group is renamed while members are read',
    ({ realm }) => happens(() => realm.groups.forEach((group) => (group.name += '!'))),
    'whole',
  ],
  [
    'a group is moved while members are read',
    ({ realm }) =>
      happens(() => realm.groups.slice(1).forEach((group) => (group.parentId = realm.groups[0]?.id ?? ''))),
    'whole',
  ],
  [
    'a page is cut off once',
    keycloak(
      secondPage,
      body((text) => text.slice(0, 900)),
      { times: 1 },
    ),
    'whole',
  ],
];

const atlassianSide: readonly Case[] = [
  [
    'a page of accounts is cut off',
    atlassian(
      accountPages,
      body((text) => text.slice(0, 500)),
    ),
    unreadable,
  ],
  ['a page of accounts is HTML', atlassian(accountPages, html(200)), unreadable],
  ['a page of accounts breaks off', atlassian(accountPages, halfSent('reset')), unreachable],
  ['accounts answer 500 for ever', atlassian(accountPages, status(500)), serverError],
  ['the key is refused in the middle', atlassian(directoryGroups, status(401)), { stops: 'key-refused' }],
  [
    'the directory counts more accounts than it lists',
    atlassian(accountCount, plus(2)),
    { withheld: /number of accounts/ },
  ],
  [
    'half of the accounts are missing',
    atlassian(
      accountPages,
      data((all) => all.filter((_, index) => index % 2 === 0)),
    ),
    { withheld: /number of accounts/ },
  ],
  [
    'the directory lists nobody',
    atlassian(
      accountPages,
      data(() => []),
    ),
    { withheld: /number of accounts/ },
  ],
  [
    'the directory lists accounts twice',
    atlassian(
      accountPages,
      data((all) => [...all, ...all.slice(0, 3)]),
    ),
    { withheld: /rows twice/ },
  ],
  [
    'half of the groups are missing',
    atlassian(
      directoryGroups,
      data((all) => all.slice(0, 3)),
    ),
    { withheld: /number of groups/ },
  ],
  [
    'accounts come without their groups',
    atlassian(
      accountPages,
      data((all) => all.map((row) => without(row, 'groups'))),
    ),
    'whole',
  ],
];

const sets = { answers, drift, lies, harmless, 'the Atlassian side': atlassianSide };
const kinds = Object.values(sets).flat();

describe(`${kinds.length} kinds of partial or contradictory read take nothing`, () => {
  it('are at least forty, each by its own name', () => {
    expect(new Set(kinds.map(([name]) => name)).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(40);
  });

  describe.each(Object.entries(sets))('%s', (_set, cases) => {
    it.each(cases.map(([name, faults, expected]) => ({ name, faults, expected })))(
      '$name',
      async ({ faults, expected }) => {
        const sides = agreeingSides();
        const end = await endOf(sides, faults(sides));
        expect(summarize(end, expected)).toEqual(describeExpected(expected));
        if (expected !== 'whole') expect(end.told.length).toBeGreaterThan(0);
        for (const told of end.told) expect(told).toMatch(sentence);
      },
    );
  });
});

it('a real leaver is found by the same way of reading, so that the tables above can fail', async () => {
  const sides = agreeingSides();
  const end = await endOf(sides, {
    keycloak: [
      {
        match: /openid-configuration/,
        by: meanwhile(() => {
          const [, , someone] = sides.realm.users.filter(
            ({ federationLink, id }) => federationLink === undefined && !id.startsWith('f:'),
          );
          if (someone !== undefined) someone.enabled = false;
          sides.realm.memberships.splice(-12, 1);
        }),
      },
    ],
  });
  expect(end).toMatchObject({ kind: 'planned', removals: 'allowed', disputed: 0 });
  expect(end.kind === 'planned' ? end.taken.map((key) => key.split(' ')[0]).sort() : []).toEqual([
    'remove-member',
    'suspend',
  ]);
});

function summarize(end: Ending, expected: Expected): unknown {
  if (end.kind === 'stopped') return { stops: end.code };
  const { removals, taken, disputed, told } = end;
  if (expected === 'whole' || 'disputed' in expected) return { taken, removals, disputed };
  const words = 'withheld' in expected ? expected.withheld : 'doubted' in expected ? expected.doubted : /$^/;
  return { taken, removals, said: told.some((each) => words.test(each)) };
}

function describeExpected(expected: Expected): unknown {
  if (expected === 'whole') return { taken: [], removals: 'allowed', disputed: 0 };
  if ('stops' in expected) return { stops: expected.stops };
  if ('disputed' in expected) return { taken: [], removals: 'allowed', disputed: expected.disputed };
  return { taken: [], removals: 'withheld' in expected ? 'withheld' : 'allowed', said: true };
}

function without(row: Row, key: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
}

function upper(all: readonly Row[]): readonly Row[] {
  return all.map((row) => (String(row.id).startsWith('f:') ? row : { ...row, id: String(row.id).toUpperCase() }));
}

/** A count of either server with so many more. */
function plus(by: number): Disturbance {
  return body((text) => text.replace(/\d+/, (count) => String(Number(count) + by)));
}

function growing(): Disturbance {
  let by = 0;
  return (answer, response) => plus((by += 1))(answer, response);
}

/** The page that came first, whatever was asked for. */
function theFirstAgain(): Disturbance {
  let first: string | undefined;
  return body((text) => (first ??= text));
}

/** Rows of one of Atlassian's pages. */
function data(change: (all: readonly Row[]) => readonly Row[]): Disturbance {
  return body((text) => {
    const page = JSON.parse(text) as { readonly data: readonly Row[] }; // the stand-in's own page
    return JSON.stringify({ ...page, data: change(page.data) });
  });
}

/** Happens at the first request, before any list is read. */
function just(happen: () => void): Faults {
  return { keycloak: [{ match: /openid-configuration/, times: 1, by: meanwhile(happen) }] };
}

function happens(happen: () => void): Faults {
  return { keycloak: [{ match: memberLists, times: 1, by: meanwhile(happen) }] };
}
