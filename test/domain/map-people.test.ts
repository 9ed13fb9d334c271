import { computeObservations } from '../../src/domain/absence';
import { computePlan } from '../../src/domain/compute-plan';
import type { UserProvisioning } from '../../src/domain/connector';
import type { MappingRow, Otherwise } from '../../src/domain/mapping-row';
import { standardMapping } from '../../src/domain/mapping-row';
import type { SourceUser } from '../../src/domain/snapshot';
import { describePlans, readPlan, type Case } from './plan-cases';
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

/** Whoever has no badge is left out, or out of scope. */
const badge = (otherwise: Otherwise): MappingRow => ({
  attribute: 'nickname',
  templates: ['${badge}'],
  values: { kind: 'first' },
  transformations: [],
  otherwise,
});
const ruled = (otherwise: Otherwise, row: Partial<MappingRow> = {}) =>
  settings({ users: { mapping: [...standardMapping, { ...badge(otherwise), ...row }] } });
const withBadge: Pick<SourceUser, 'attributes'> = { attributes: { badge: ['17'] } };
const linked = links([accountLink('anna'), accountLink('bert')], [groupLink('devs')]);
const there = directory(
  [directoryAccount('anna', { groups: ['devs'] }), directoryAccount('bert', { groups: ['devs'] })],
  [directoryGroup('devs')],
);
const groups = { groups: ['devs'] };
const realm = (anna: Partial<SourceUser>, bert: Partial<SourceUser>) =>
  source([user('anna', { ...groups, ...anna }), user('bert', { ...groups, ...bert })], [sourceGroup('devs')]);

const clearing = settings({
  users: {
    updateProfile: true,
    mapping: [...standardMapping, { ...badge('clear'), attribute: 'department' }],
  },
});

const leaving = ['u-bert: Remove from group "devs".', 'u-bert: Deactivate the account.'];
const cases: readonly Case[] = [
  {
    name: 'leaves out: nothing changes for somebody whom the mapping leaves out',
    input: { source: realm(withBadge, {}), directory: there, links: linked, settings: ruled('leave-out') },
    changes: [],
    people: { anna: 'not-modified', bert: 'frozen' },
  },
  {
    name: 'puts out of scope, where chosen expressly: the cleanup follows',
    input: { source: realm(withBadge, {}), directory: there, links: linked, settings: ruled('leave-scope') },
    changes: leaving,
    people: { anna: 'not-modified', bert: 'deactivated' },
  },
  {
    name: 'believes no missing attribute that Keycloak shows of nobody',
    input: { source: realm({}, {}), directory: there, links: linked, settings: ruled('leave-scope') },
    changes: [],
    people: { anna: 'frozen', bert: 'frozen' },
  },
  {
    name: 'believes no missing attribute that Keycloak shows of nobody of the federation',
    input: {
      source: realm(withBadge, { federationLink: 'ldap' }),
      directory: there,
      links: linked,
      settings: ruled('leave-scope'),
    },
    changes: [],
    people: { anna: 'not-modified', bert: 'frozen' },
  },
  {
    name: 'clears nothing for want of an attribute that Keycloak shows of nobody',
    input: {
      source: realm({}, {}),
      directory: directory(
        [
          directoryAccount('anna', { groups: ['devs'], claimed: true, profile: { department: 'Sales' } }),
          directoryAccount('bert', { groups: ['devs'] }),
        ],
        [directoryGroup('devs')],
      ),
      links: linked,
      settings: clearing,
    },
    changes: [],
    people: { anna: 'not-modified', bert: 'not-modified' },
  },
  {
    name: 'clears a value for want of an attribute that Keycloak shows of others',
    input: {
      source: realm({}, withBadge),
      directory: directory(
        [
          directoryAccount('anna', { groups: ['devs'], claimed: true, profile: { department: 'Sales' } }),
          directoryAccount('bert', { groups: ['devs'] }),
        ],
        [directoryGroup('devs')],
      ),
      links: linked,
      settings: clearing,
    },
    changes: ['u-anna: Department from "Sales" to nothing.'],
    people: { anna: 'updated', bert: 'not-modified' },
  },
  {
    name: 'keeps who is disabled and left out by the mapping as they are',
    input: {
      source: realm(withBadge, { enabled: false }),
      directory: there,
      links: linked,
      settings: ruled('leave-out'),
    },
    changes: [],
    people: { anna: 'not-modified', bert: 'frozen' },
  },
  {
    name: 'waits where somebody of a federation is disabled and lacks the attribute: LDAP may not answer for this one',
    input: {
      source: realm({ ...withBadge, federationLink: 'ldap' }, { federationLink: 'ldap', enabled: false, groupIds: [] }),
      directory: there,
      links: links(
        ['anna', 'bert'].map((name) =>
          accountLink(name, { lastSeen: { enabled: true, federationLink: 'ldap', username: name, groups: 1 } }),
        ),
        [groupLink('devs')],
      ),
      settings: ruled('leave-scope'),
    },
    changes: [],
    people: { anna: 'not-modified', bert: 'held-back' },
  },
  {
    name: 'gives no account to somebody without a link whom the mapping puts out of scope',
    input: { source: realm(withBadge, {}), directory: directory([]), settings: ruled('leave-scope') },
    changes: [
      'Create group "devs".',
      'u-anna: Invite Anna Example (anna@example.com).',
      'u-anna: Add to group "devs".',
    ],
    people: { anna: 'added', bert: 'filtered' },
  },
];
describePlans('people whom the mapping leaves out', cases);

describe('an e-mail address that the mapping makes', () => {
  const mapped = (more: Partial<MappingRow> = {}) =>
    settings({
      users: {
        mapping: [
          { ...badge('leave-out'), attribute: 'email', templates: ['${badge}@example.com'], ...more },
          ...standardMapping.slice(1),
        ],
      },
    });
  const person = (name: string, badge: string, more: Parameters<typeof user>[1] = {}) =>
    user(name, { attributes: { badge: [badge] }, ...more });

  it('invites that address', () => {
    const plan = readPlan(
      planInput({ source: source([person('anna', 'boss')]), directory: directory([]), settings: mapped() }),
    );
    expect(plan.changes).toEqual(['u-anna: Invite Anna Example (boss@example.com).']);
  });

  it('proves nothing: an attribute that people may write themselves adopts no account', () => {
    const plan = readPlan(
      planInput({
        source: source([person('anna', 'boss')]),
        directory: directory([directoryAccount('boss')]),
        settings: mapped(),
      }),
    );
    expect([plan.changes, plan.people]).toEqual([[], { anna: 'conflict' }]);
  });

  it('proves as much as ever where it is Keycloak’s own address', () => {
    const plan = readPlan(
      planInput({
        source: source([person('boss', 'boss')]),
        directory: directory([directoryAccount('boss')]),
        settings: mapped(),
      }),
    );
    expect(plan.people).toEqual({ boss: 'adopted' });
  });

  it.each<Otherwise>(['leave-out', 'leave-scope'])(
    'is the person’s also where another row decides %s, so that an exact group keeps the account',
    (otherwise) => {
      const work = mapped().users.mapping;
      const given = settings({
        users: { mapping: [{ ...badge(otherwise), attribute: 'department', templates: ['${dept}'] }, ...work] },
      });
      const dept = { attributes: { badge: ['bert'], dept: ['Sales'] } };
      const plan = readPlan(
        planInput({
          source: source([person('anna', 'hand', groups), user('bert', { ...groups, ...dept })], [sourceGroup('devs')]),
          directory: directory(
            ['bert', 'hand'].map((name) => directoryAccount(name, groups)),
            [directoryGroup('devs')],
          ),
          links: links([accountLink('bert')], [groupLink('devs', { mode: 'exact' })]),
          settings: given,
        }),
      );
      expect(plan.changes).toEqual([]);
    },
  );

  it.each([
    ['is that of nobody else, although another one’s mapping says otherwise', true, 'conflict'],
    ['is free where nothing proves that it is the other one’s', false, 'added'],
  ] as const)('%s', (_, emailVerified, expected) => {
    const plan = readPlan(
      planInput({
        source: source([person('anna', 'boss'), person('boss', 'chief', { emailVerified })]),
        directory: directory([]),
        settings: mapped(),
      }),
    );
    expect(plan.people).toEqual({ anna: expected, boss: 'added' });
  });

  it('is a conflict where it makes one address of two people, and takes nothing from either', () => {
    const plan = readPlan(
      planInput({
        source: source([person('anna', 'same'), person('bert', 'same')]),
        directory: there,
        links: linked,
        settings: mapped(),
      }),
    );
    expect([plan.changes, plan.people]).toEqual([[], { anna: 'conflict', bert: 'conflict' }]);
  });
});

it('begins the grace period of somebody whom the mapping puts out of scope like any other', () => {
  const entries = computeObservations(realm(withBadge, {}), linked, there, now, ruled('leave-scope'));
  const seen = entries.flatMap((entry) => (entry.kind === 'account' ? [[entry.link.email, entry.link.lastSeen]] : []));
  expect(seen).toEqual([['bert@example.com', { enabled: true, leftSince: now }]]);
});

describe('the notes of a plan', () => {
  const notes = (anna: Partial<SourceUser>, bert: Partial<SourceUser>, more: Partial<UserProvisioning> = {}) =>
    computePlan(
      planInput({
        source: realm(anna, bert),
        directory: there,
        links: linked,
        settings: settings({ users: { mapping: [...standardMapping, badge('ignore')], ...more } }),
      }),
    ).notes;
  const hidden = (name: string) =>
    `Keycloak shows the attribute "${name}" of nobody in scope: check its spelling, and that the realm's user profile declares it.`;

  it.each<[string, readonly string[], readonly string[]]>([
    ['say nothing of an attribute that somebody shows', notes(withBadge, {}), []],
    ['name an attribute that nobody shows', notes({}, {}), [hidden('badge')]],
    [
      'name one whose values nobody could see',
      notes({ attributes: { badge: [' ', '\u200B'] } }, {}),
      [hidden('badge')],
    ],
    [
      'name the attribute that tells who came back, too',
      notes(withBadge, {}, { relinkAttribute: 'LDAP_ID' }),
      [hidden('LDAP_ID')],
    ],
    [
      'count whose value is too long, and do not call it missing',
      notes({ tooLong: ['badge'] }, { tooLong: ['badge'] }),
      [
        'The attribute "badge" of 2 people is too long to be used: their values stay as they are, and nothing is taken from them for it.',
      ],
    ],
    [
      'name the value of one person that is too long beside others that are not',
      notes({ tooLong: ['badge'] }, withBadge),
      [
        'The attribute "badge" of 1 person is too long to be used: their values stay as they are, and nothing is taken from them for it.',
      ],
    ],
    ['say nothing of attributes that no setting names', notes({ ...withBadge, tooLong: ['essay'] }, {}), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
