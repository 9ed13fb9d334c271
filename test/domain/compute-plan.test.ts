import { chosenGroups, groupScope } from './model';
import { computePlan, findUnknownEmails } from '../../src/domain/compute-plan';
import { describePlans, readPlan, type Case } from './plan-cases';
import {
  account,
  accountLink,
  atlassianGroupId,
  connector,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  hour,
  keycloakGroupId,
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

const notInvited = { status: 'not-invited', claimed: true } as const;
const suspended = { status: 'suspended' } as const;
const anna = user('anna');
const bert = user('bert');
const linkedAnna = { links: links([accountLink('anna')]) };
const annaThere = directory([directoryAccount('anna')]);
const peopleCases: readonly Case[] = [
  {
    name: 'invites a person of a listed domain whom nobody knows',
    input: { source: source([anna]), directory: directory([]) },
    changes: ['u-anna: Invite Anna Example (anna@example.com).'],
    people: { anna: 'added' },
  },
  {
    name: 'invites a person whose e-mail is not verified: there is no account to be mistaken about',
    input: { source: source([user('anna', { emailVerified: false })]), directory: directory([]) },
    changes: ['u-anna: Invite Anna Example (anna@example.com).'],
    people: { anna: 'added' },
  },
  {
    name: 'filters a person of a domain that is not listed',
    input: { source: source([user('anna', { email: 'anna@elsewhere.test' })]), directory: directory([]) },
    changes: [],
    people: { anna: 'filtered' },
  },
  {
    name: 'invites nobody when creating accounts is off',
    input: {
      source: source([anna]),
      directory: directory([]),
      settings: settings({ users: { createAccounts: false } }),
    },
    changes: [],
    people: { anna: 'filtered' },
  },
  {
    name: 'invites nobody when no domain is listed',
    input: { source: source([anna]), directory: directory([]), settings: settings({ users: { emailDomains: [] } }) },
    changes: [],
    people: { anna: 'filtered' },
  },
  {
    name: 'filters a person without an e-mail address and one who is disabled',
    input: { source: source([without(anna, 'email'), user('bert', { enabled: false })]), directory: directory([]) },
    changes: [],
    people: { anna: 'filtered', bert: 'filtered' },
  },
  {
    name: 'adopts an account by a proven e-mail, in any case of letters',
    input: { source: source([user('anna', { email: 'ANNA@Example.com' })]), directory: annaThere },
    changes: ['u-anna: Adopt the existing account of anna@example.com.'],
    people: { anna: 'adopted' },
  },
  {
    name: 'does not adopt by an e-mail that Keycloak has not verified',
    input: { source: source([user('anna', { emailVerified: false })]), directory: annaThere },
    changes: [],
    people: { anna: 'conflict' },
  },
  {
    name: 'adopts by the unverified e-mail of a trusted federation',
    input: {
      source: source([user('anna', { emailVerified: false, federationLink: 'ldap' })]),
      directory: annaThere,
      settings: settings({ users: { trustedFederations: ['ldap'] } }),
    },
    changes: ['u-anna: Adopt the existing account of anna@example.com.'],
    people: { anna: 'adopted' },
  },
  {
    name: 'does not adopt by the unverified e-mail of a federation that is not trusted',
    input: {
      source: source([user('anna', { emailVerified: false, federationLink: 'ldap' })]),
      directory: annaThere,
      settings: settings({ users: { trustedFederations: ['other'] } }),
    },
    changes: [],
    people: { anna: 'conflict' },
  },
  {
    name: 'does not adopt an account whose e-mail Atlassian has not verified',
    input: { source: source([anna]), directory: directory([directoryAccount('anna', { emailVerified: false })]) },
    changes: [],
    people: { anna: 'conflict' },
  },
  {
    name: 'adopts a claimed account: the organization has verified its domain',
    input: {
      source: source([anna]),
      directory: directory([directoryAccount('anna', { emailVerified: false, claimed: true })]),
    },
    changes: ['u-anna: Adopt the existing account of anna@example.com.'],
    people: { anna: 'adopted' },
  },
  {
    name: 'neither adopts nor invites an existing account of a foreign domain',
    input: {
      source: source([user('anna', { email: 'anna@foreign.test' })]),
      directory: directory([directoryAccount('anna', { email: 'anna@foreign.test' })]),
    },
    changes: [],
    people: { anna: 'conflict' },
  },
  {
    name: 'stops at two Keycloak users with one e-mail',
    input: { source: source([anna, user('bert', { email: 'anna@example.com' })]), directory: annaThere },
    changes: [],
    people: { anna: 'conflict', bert: 'conflict' },
  },
  {
    name: 'stops at two accounts with one e-mail',
    input: {
      source: source([anna]),
      directory: directory([directoryAccount('anna'), directoryAccount('twin', { email: 'anna@example.com' })]),
    },
    changes: [],
    people: { anna: 'conflict' },
  },
  {
    name: 'waits for an administrator when a person came back under a new Keycloak id, and keeps the account meanwhile',
    input: {
      source: source([user('anna2', { email: 'anna@example.com' }), bert]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert')]),
      links: links([accountLink('anna'), accountLink('bert')]),
      confirmedAbsent: new Set([userId('anna')]),
    },
    changes: [],
    people: { anna: 'conflict', anna2: 'conflict', bert: 'not-modified' },
  },
  {
    name: 'recognizes a new Keycloak id by the address of the link where Atlassian hides the e-mail',
    input: {
      source: source([user('anna2', { email: 'anna@example.com' })]),
      directory: directory([without(directoryAccount('anna'), 'email')]),
      ...linkedAnna,
      confirmedAbsent: new Set([userId('anna')]),
    },
    changes: [],
    people: { anna: 'conflict', anna2: 'conflict' },
  },
  {
    name: 'leaves accounts alone that are administrators, synced elsewhere, or no people, linked or not',
    input: {
      source: source([
        anna,
        bert,
        user('cleo'),
        user('dora', { enabled: false }),
        user('emil', { enabled: false }),
        user('fred', { enabled: false }),
      ]),
      directory: directory([
        directoryAccount('anna', { platformRoles: ['atlassian/org-admin'] }),
        directoryAccount('bert', { synced: true }),
        directoryAccount('cleo', { person: false }),
        directoryAccount('dora', { platformRoles: ['atlassian/site-admin'] }),
        directoryAccount('emil', { synced: true }),
        directoryAccount('fred', { person: false }),
      ]),
      links: links([accountLink('dora'), accountLink('emil'), accountLink('fred')]),
    },
    changes: [],
    people: {
      anna: 'protected',
      bert: 'protected',
      cleo: 'protected',
      dora: 'protected',
      emil: 'protected',
      fred: 'protected',
    },
  },
  {
    name: 'does not invite an administrator of the organization who is not in the directory',
    input: {
      source: source([anna]),
      directory: directory([]),
      elsewhere: [directoryAccount('anna', { platformRoles: ['atlassian/org-admin'] })],
    },
    changes: [],
    people: { anna: 'protected' },
  },
  {
    name: 'does not bring back an unlinked account that somebody suspended',
    input: { source: source([anna]), directory: directory([directoryAccount('anna', suspended)]) },
    changes: [],
    people: { anna: 'blocked-by-hand' },
  },
  {
    name: 'invites a managed account with a proven e-mail that is in no directory',
    input: { source: source([anna]), directory: directory([directoryAccount('anna', notInvited)]) },
    changes: ['u-anna: Invite Anna Example (anna@example.com).'],
    people: { anna: 'added' },
  },
  {
    name: 'invites an active account of another directory of the organization',
    input: { source: source([anna]), directory: directory([]), elsewhere: [directoryAccount('anna')] },
    changes: ['u-anna: Invite Anna Example (anna@example.com).'],
    people: { anna: 'added' },
  },
  {
    name: 'does not invite whose account the organization has deactivated, marked for deletion or suspended',
    input: {
      source: source([anna, bert, user('cleo')]),
      directory: directory([]),
      elsewhere: [
        directoryAccount('anna', { status: 'deactivated' }),
        directoryAccount('bert', { status: 'for-deletion' }),
        directoryAccount('cleo', suspended),
      ],
    },
    changes: [],
    people: { anna: 'blocked-by-hand', bert: 'blocked-by-hand', cleo: 'blocked-by-hand' },
  },
  {
    name: 'suspends a linked person who is disabled in Keycloak',
    input: { source: source([user('anna', { enabled: false }), bert]), directory: annaThere, ...linkedAnna },
    changes: ['u-anna: Deactivate the account.', 'u-bert: Invite Bert Example (bert@example.com).'].reverse(),
    people: { anna: 'deactivated', bert: 'added' },
  },
  {
    name: 'does not suspend when deactivating is off',
    input: {
      source: source([user('anna', { enabled: false })]),
      directory: annaThere,
      ...linkedAnna,
      settings: settings({ users: { deactivate: false } }),
    },
    changes: [],
    people: { anna: 'held-back' },
  },
  {
    name: 'does not suspend an account of the same e-mail that is not linked',
    input: { source: source([user('anna', { enabled: false })]), directory: annaThere },
    changes: [],
    people: { anna: 'filtered' },
  },
  {
    name: 'freezes a linked person without an e-mail, even a disabled one',
    input: {
      source: source([without(anna, 'email'), without(user('bert', { enabled: false }), 'email')]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert')]),
      links: links([accountLink('anna'), accountLink('bert')]),
    },
    changes: [],
    people: { anna: 'frozen', bert: 'frozen' },
  },
  {
    name: 'reactivates what this connector suspended',
    input: {
      source: source([anna]),
      directory: directory([directoryAccount('anna', suspended)]),
      links: links([accountLink('anna', { suspendedAt: now - 24 * hour })]),
    },
    changes: ['u-anna: Reactivate the account.'],
    people: { anna: 'reactivated' },
  },
  {
    name: 'reactivates nothing when reactivating is off',
    input: {
      source: source([anna]),
      directory: directory([directoryAccount('anna', suspended)]),
      links: links([accountLink('anna', { suspendedAt: now - 24 * hour })]),
      settings: settings({ users: { reactivate: false } }),
    },
    changes: [],
    people: { anna: 'not-modified' },
  },
  {
    name: 'leaves a linked account suspended that somebody else suspended or deactivated',
    input: {
      source: source([anna, bert]),
      directory: directory([directoryAccount('anna', suspended), directoryAccount('bert', { status: 'deactivated' })]),
      links: links([accountLink('anna'), accountLink('bert', { suspendedAt: now - hour })]),
    },
    changes: [],
    people: { anna: 'blocked-by-hand', bert: 'blocked-by-hand' },
  },
  {
    name: 'does not invite again whom somebody removed from the directory',
    input: {
      source: source([anna, bert]),
      directory: directory([directoryAccount('bert', notInvited)]),
      links: links([accountLink('anna'), accountLink('bert')]),
    },
    changes: [],
    people: { anna: 'blocked-by-hand', bert: 'blocked-by-hand' },
  },
  {
    name: 'waits for an invited person whom the directory does not show, whatever became of the wish',
    input: {
      source: source([anna, user('bert', { enabled: false })]),
      directory: directory([]),
      links: links([accountLink('anna', { visible: false }), accountLink('bert', { visible: false })]),
    },
    changes: [],
    people: { anna: 'waiting', bert: 'waiting' },
  },
  {
    name: 'does not take a missing account for removed when the list was not complete',
    input: { source: source([anna]), directory: directory([], [], 'The list drifted.'), ...linkedAnna },
    changes: [],
    people: { anna: 'waiting' },
  },
  {
    name: 'does not repeat an invitation that was cut off a moment ago',
    input: {
      source: source([anna]),
      directory: directory([]),
      recent: [{ at: now, kind: 'invited', email: 'anna@example.com' }],
    },
    changes: [],
    people: { anna: 'waiting' },
  },
  {
    name: 'links what an invitation that was cut off has made, as soon as the directory or the organization shows it',
    input: {
      source: source([anna, bert]),
      directory: directory([directoryAccount('anna', { emailVerified: false })]),
      elsewhere: [directoryAccount('bert', { emailVerified: false })],
      recent: [
        { at: now, kind: 'invited', email: 'anna@example.com' },
        { at: now, kind: 'invited', email: 'bert@example.com' },
      ],
    },
    changes: [
      'u-anna: Adopt the existing account of anna@example.com.',
      'u-bert: Adopt the existing account of bert@example.com.',
    ],
    people: { anna: 'adopted', bert: 'adopted' },
  },
  {
    name: 'stops at an account that two links claim',
    input: {
      source: source([anna, bert]),
      directory: annaThere,
      links: links([accountLink('anna'), accountLink('bert', { accountId: account('anna') })]),
    },
    changes: [],
    people: { anna: 'conflict', bert: 'conflict' },
  },
];

const ofDevs = { source: source([user('anna', { groups: ['devs'] })], [sourceGroup('devs')]) };
const annaInNothing = directory([directoryAccount('anna')], [directoryGroup('devs')]);
const adoption = (mode: 'add-only' | 'take-over', target = 'devs') => ({
  sourceGroupId: keycloakGroupId('devs'),
  groupId: atlassianGroupId(target),
  mode,
  by: 'a-admin',
  at: now,
});
const mark = { connectorId: connector, sourceGroupId: keycloakGroupId('devs') };

const groupCases: readonly Case[] = [
  {
    name: 'creates a group that somebody needs, and fills it',
    input: { ...ofDevs, directory: annaThere, ...linkedAnna },
    changes: ['Create group "devs".', 'u-anna: Add to group "devs".'],
    people: { anna: 'updated' },
    groups: { devs: 'created' },
  },
  {
    name: 'creates no group that nobody needs',
    input: { source: source([anna], [sourceGroup('devs')]), directory: annaThere, ...linkedAnna },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'filtered' },
  },
  {
    name: 'creates no group when creating is off',
    input: { ...ofDevs, directory: annaThere, ...linkedAnna, settings: settings({ groups: { createMissing: false } }) },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'filtered' },
  },
  {
    name: 'syncs only chosen groups, and empties none that is no longer chosen',
    input: {
      source: source(
        [user('anna', { groups: ['devs', 'ops'] })],
        [sourceGroup('devs'), sourceGroup('ops'), sourceGroup('old')],
      ),
      directory: directory([directoryAccount('anna', { groups: ['old'] })], [directoryGroup('old')]),
      links: links([accountLink('anna')], [groupLink('old')]),
      settings: settings({ groups: { selection: chosenGroups([keycloakGroupId('devs')]) } }),
    },
    changes: ['Create group "devs".', 'u-anna: Add to group "devs".'],
    people: { anna: 'updated' },
    groups: { devs: 'created', old: 'filtered' },
  },
  {
    name: 'takes an equal name for no consent',
    input: {
      ...ofDevs,
      directory: directory([directoryAccount('anna')], [directoryGroup('devs', { name: 'Devs' })]),
      ...linkedAnna,
    },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'conflict' },
  },
  {
    name: 'adopts a group by a click to add only, and removes nobody from it',
    input: {
      source: source([user('anna', { groups: ['devs'] }), bert], [sourceGroup('devs')]),
      directory: directory(
        [directoryAccount('anna'), directoryAccount('bert', { groups: ['devs'] })],
        [directoryGroup('devs')],
      ),
      links: links([accountLink('anna'), accountLink('bert')]),
      adoptions: [adoption('add-only')],
    },
    changes: ['Adopt group "devs" (add only).', 'u-anna: Add to group "devs".'],
    people: { anna: 'updated', bert: 'not-modified' },
    groups: { devs: 'adopted' },
  },
  {
    name: 'takes a group over by a click: linked members who are none in Keycloak go, members without a link stay',
    input: {
      source: source([user('anna', { groups: ['devs'] }), bert], [sourceGroup('devs')]),
      directory: directory(
        [
          directoryAccount('anna'),
          directoryAccount('bert', { groups: ['devs'] }),
          directoryAccount('guest', { groups: ['devs'] }),
        ],
        [directoryGroup('devs')],
      ),
      links: links([accountLink('anna'), accountLink('bert')]),
      adoptions: [adoption('take-over')],
    },
    changes: ['Adopt group "devs" (take over).', 'u-anna: Add to group "devs".', 'u-bert: Remove from group "devs".'],
    people: { anna: 'updated', bert: 'updated' },
    groups: { devs: 'adopted' },
  },
  {
    name: 'changes add only into take over by another click',
    input: {
      source: source([anna], [sourceGroup('devs')]),
      directory: directory([directoryAccount('anna', { groups: ['devs'] })], [directoryGroup('devs')]),
      links: links([accountLink('anna')], [groupLink('devs', { origin: 'adopted', mode: 'add-only' })]),
      adoptions: [adoption('take-over')],
    },
    changes: ['Adopt group "devs" (take over).', 'u-anna: Remove from group "devs".'],
    people: { anna: 'updated' },
    groups: { devs: 'adopted' },
  },
  {
    name: 'links a group that carries the mark of this connector and group, whatever it is called by now',
    input: {
      ...ofDevs,
      directory: directory([directoryAccount('anna')], [directoryGroup('devs', { name: 'Renamed', mark })]),
      ...linkedAnna,
    },
    changes: ['Link group "Renamed" (take over).', 'u-anna: Add to group "Renamed".'],
    people: { anna: 'updated' },
    groups: { devs: 'adopted' },
  },
  {
    name: 'does not touch a group with the mark of another connector, click or not',
    input: {
      ...ofDevs,
      directory: directory(
        [directoryAccount('anna')],
        [directoryGroup('devs', { mark: { ...mark, connectorId: 'other' as typeof connector } })], // an id like any other
      ),
      ...linkedAnna,
      adoptions: [adoption('take-over')],
    },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'conflict' },
  },
  {
    name: 'never adopts, fills or empties a protected group: by name, by click, by mark, or linked',
    input: {
      source: source(
        [user('anna', { groups: ['org-admins', 'devs', 'marked', 'linked'] })],
        ['Org-Admins', 'devs', 'marked', 'linked', 'left'].map((name) => sourceGroup(name.toLowerCase(), { name })),
      ),
      directory: directory(
        [directoryAccount('anna', { groups: ['left'] })],
        ['org-admins', 'devs', 'marked', 'linked', 'left'].map((name) =>
          directoryGroup(name, {
            protectedBecause: 'The group grants administration.',
            ...(name === 'marked' ? { mark: { ...mark, sourceGroupId: keycloakGroupId('marked') } } : {}),
          }),
        ),
      ),
      links: links([accountLink('anna')], [groupLink('linked'), groupLink('left')]),
      adoptions: [adoption('take-over')],
    },
    changes: [],
    people: { anna: 'not-modified' },
    groups: {
      'org-admins': 'protected',
      devs: 'protected',
      marked: 'protected',
      linked: 'protected',
      left: 'protected',
    },
  },
  {
    name: 'removes a linked member from a linked group, and neither an unlinked member nor from an unlinked group',
    input: {
      source: source([anna], [sourceGroup('devs')]),
      directory: directory(
        [directoryAccount('anna', { groups: ['devs', 'private'] }), directoryAccount('guest', { groups: ['devs'] })],
        [directoryGroup('devs'), directoryGroup('private')],
      ),
      links: links([accountLink('anna')], [groupLink('devs')]),
    },
    changes: ['u-anna: Remove from group "devs".'],
    people: { anna: 'updated' },
    groups: { devs: 'updated' },
  },
  {
    name: 'leaves the members of a group that is gone from Keycloak',
    input: {
      source: source([anna]),
      directory: directory([directoryAccount('anna', { groups: ['devs'] })], [directoryGroup('devs')]),
      links: links([accountLink('anna')], [groupLink('devs')]),
    },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'orphaned' },
  },
  {
    name: 'keeps the Atlassian name of a linked group that was renamed in Keycloak',
    input: {
      source: source([user('anna', { groups: ['devs'] })], [sourceGroup('devs', { name: 'developers' })]),
      directory: annaInNothing,
      links: links([accountLink('anna')], [groupLink('devs')]),
    },
    changes: ['u-anna: Add to group "devs".'],
    people: { anna: 'updated' },
    groups: { devs: 'updated' },
  },
  {
    name: 'does not create a linked group again that somebody deleted',
    input: { ...ofDevs, directory: annaThere, links: links([accountLink('anna')], [groupLink('devs')]) },
    changes: [],
    people: { anna: 'not-modified' },
    groups: { devs: 'conflict' },
  },
  {
    name: 'plans no membership of a suspended person, and all of them with the reactivation',
    input: {
      source: source(
        [user('anna', { groups: ['devs'] }), user('bert', { groups: ['devs'] })],
        [sourceGroup('devs'), sourceGroup('ops')],
      ),
      directory: directory(
        [directoryAccount('anna', suspended), directoryAccount('bert', { ...suspended, groups: ['ops'] })],
        [directoryGroup('devs'), directoryGroup('ops')],
      ),
      links: links(
        [accountLink('anna'), accountLink('bert', { suspendedAt: now - 24 * hour })],
        [groupLink('devs'), groupLink('ops')],
      ),
    },
    changes: ['u-bert: Reactivate the account.', 'u-bert: Add to group "devs".', 'u-bert: Remove from group "ops".'],
    people: { anna: 'blocked-by-hand', bert: 'reactivated' },
    groups: { devs: 'updated', ops: 'updated' },
  },
  {
    name: 'brings an invited person into the groups with the invitation',
    input: { ...ofDevs, directory: directory([], [directoryGroup('devs')]), links: links([], [groupLink('devs')]) },
    changes: ['u-anna: Invite Anna Example (anna@example.com).', 'u-anna: Add to group "devs".'],
    people: { anna: 'added' },
    groups: { devs: 'updated' },
  },
];

describePlans('people', peopleCases);
describePlans('groups', groupCases);

describe('a plan in doubt', () => {
  const federated = { lastSeen: { enabled: true, federationLink: 'ldap' } };
  const names = ['anna', 'bert', 'cleo', 'dora'];
  const members = { devs: { lastMembers: { ldap: 4 } } };

  it.each(['source', 'directory'])(
    'takes nothing when removals are withheld by the %s, still adds, and says why',
    (side) => {
      const why = `The ${side} changed while it was read.`;
      const plan = computePlan(
        planInput({
          source: source(
            [user('anna', { enabled: false }), user('bert'), user('new', { groups: ['devs'] })],
            [sourceGroup('devs')],
            side === 'source' ? why : undefined,
          ),
          directory: directory(
            [directoryAccount('anna'), directoryAccount('bert', { groups: ['devs'] }), directoryAccount('cleo')],
            [directoryGroup('devs')],
            side === 'directory' ? why : undefined,
          ),
          links: links([accountLink('anna'), accountLink('bert'), accountLink('cleo')], [groupLink('devs')]),
          confirmedAbsent: new Set([userId('cleo')]),
        }),
      );
      expect(plan.changes.map((change) => change.kind)).toEqual(['invite', 'add-member']);
      expect(plan.removals).toEqual({ kind: 'withheld', reasons: [why] });
      expect(plan.people.map((row) => [row.user, row.operation, row.reason.includes(why)])).toEqual([
        [userId('anna'), 'held-back', true],
        [userId('bert'), 'held-back', true],
        [userId('new'), 'added', false],
        [userId('cleo'), 'held-back', true],
      ]);
      expect(plan.base.inDoubt).toBe(3);
    },
  );

  it('takes nothing on links of another issuer', () => {
    const plan = computePlan(
      planInput({
        source: source([user('anna', { enabled: false })]),
        directory: annaThere,
        links: { ...links([accountLink('anna')]), issuer: 'https://other.example.com/realms/main' },
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.removals.kind).toBe('withheld');
  });

  it('takes nothing from anyone of a federation that is out, and goes on with everybody else', () => {
    const plan = readPlan(
      planInput({
        source: source([
          ...names.map((name) => user(name, { federationLink: 'ldap', enabled: name === 'dora' })),
          user('local', { enabled: false }),
        ]),
        directory: directory([...names, 'local'].map((name) => directoryAccount(name))),
        links: links([...names.map((name) => accountLink(name, federated)), accountLink('local')]),
      }),
    );
    expect(plan.changes).toEqual(['u-local: Deactivate the account.']);
    expect(plan.people).toEqual({
      anna: 'held-back',
      bert: 'held-back',
      cleo: 'held-back',
      dora: 'not-modified',
      local: 'deactivated',
    });
  });

  it('holds the memberships of a group that lost all people of a federation, and those who left the scope by it', () => {
    const input = planInput({
      source: source(
        [...names.map((name) => user(name, { federationLink: 'ldap' })), user('local', { groups: ['devs'] })],
        [sourceGroup('devs')],
      ),
      directory: directory(
        [...names, 'local'].map((name) => directoryAccount(name, { groups: ['devs'] })),
        [directoryGroup('devs')],
      ),
      links: links(
        [...names.map((name) => accountLink(name, federated)), accountLink('local')],
        [groupLink('devs', members.devs)],
      ),
    });
    expect(readPlan(input).changes).toEqual([]);
    const scoped = settings({ scope: groupScope([keycloakGroupId('devs')], false) });
    const left = readPlan({ ...input, settings: scoped });
    expect(left.changes).toEqual([]);
    expect(left.people).toEqual({
      local: 'not-modified',
      anna: 'held-back',
      bert: 'held-back',
      cleo: 'held-back',
      dora: 'held-back',
    });
  });
});

describe('a plan', () => {
  it('notes what the directory cannot set, and plans no change for it', () => {
    const plan = computePlan(
      planInput({
        source: source([user('anna', { email: 'new@example.com', lastName: 'Married' })]),
        directory: annaThere,
        ...linkedAnna,
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.people[0]?.notes).toEqual([
      'The e-mail address differs: new@example.com in Keycloak, anna@example.com in Atlassian. It can be set for managed accounts only.',
      'The name differs: "Anna Married" in Keycloak, "Anna Example" in Atlassian. It can be set for managed accounts only.',
    ]);
  });

  it('measures what is managed and active, and who loses the last group with product access', () => {
    const jira = ['Jira'];
    const plan = computePlan(
      planInput({
        source: source(
          [anna, bert, user('cleo', { enabled: false }), user('dora', { groups: ['ops'] })],
          [sourceGroup('devs'), sourceGroup('ops')],
        ),
        directory: directory(
          [
            directoryAccount('anna', { groups: ['devs'] }),
            directoryAccount('bert', { groups: ['devs', 'private'] }),
            directoryAccount('cleo', { groups: ['devs'] }),
            directoryAccount('dora', { groups: ['devs'] }),
            directoryAccount('guest', { groups: ['devs'] }),
            directoryAccount('off', { ...suspended, groups: ['devs'] }),
          ],
          [
            directoryGroup('devs', { grantsAccess: jira }),
            directoryGroup('ops', { grantsAccess: jira }),
            directoryGroup('private', { grantsAccess: jira }),
          ],
        ),
        links: links(
          ['anna', 'bert', 'cleo', 'dora', 'off'].map((name) => accountLink(name)),
          [groupLink('devs'), groupLink('ops')],
        ),
      }),
    );
    expect(plan.base).toEqual({
      accounts: 4,
      returning: { revenants: 0, suspended: 0 },
      memberships: 4,
      groupMembers: { 'k-devs': 5, 'k-ops': 0 },
      losingAccess: [account('anna')],
      // "anna" and, with the account, "cleo".
      seats: [{ product: 'Jira', gained: 0, lost: 2 }],
      protectedChanges: [],
      // "off" is absent from Keycloak and suspended already: nothing is in doubt about it.
      inDoubt: 0,
    });
  });

  it('asks the organization about exactly the addresses that it would invite or may have invited', () => {
    const input = planInput({
      source: source([
        anna,
        bert,
        user('cleo'),
        user('far', { email: 'far@elsewhere.test' }),
        user('off', { enabled: false }),
        user('open'),
      ]),
      directory: annaThere,
      links: links([accountLink('bert', { visible: false })]),
      recent: [{ at: now, kind: 'invited', email: 'open@example.com' }],
    });
    expect(findUnknownEmails(input)).toEqual(['cleo@example.com', 'open@example.com']);
  });

  it('plans nothing for writes of the last minutes that the directory does not show yet', () => {
    const at = now - 60_000;
    const unshown = planInput({
      source: source(
        [user('anna', { groups: ['devs'] }), user('bert', { groups: ['devs'] }), user('cleo', { enabled: false })],
        [sourceGroup('devs')],
      ),
      directory: directory([directoryAccount('bert'), directoryAccount('cleo')]),
      links: links(
        [accountLink('anna', { visible: false }), accountLink('bert'), accountLink('cleo', { suspendedAt: at })],
        [groupLink('devs')],
      ),
      recent: [
        { at, kind: 'group-created', groupId: atlassianGroupId('devs'), name: 'devs' },
        { at, kind: 'invited', accountId: account('anna'), email: 'anna@example.com' },
        { at, kind: 'member-added', accountId: account('anna'), groupId: atlassianGroupId('devs') },
        { at, kind: 'member-added', accountId: account('bert'), groupId: atlassianGroupId('devs') },
        { at, kind: 'suspended', accountId: account('cleo') },
      ],
    });
    expect(readPlan(unshown).changes).toEqual([]);
    expect(readPlan(unshown).groups).toEqual({ devs: 'not-modified' });
    expect(readPlan({ ...unshown, recent: [] }).changes).toEqual(['u-cleo: Deactivate the account.']);
  });

  it('stops when the required groups match nobody', () => {
    const input = planInput({
      source: source([anna], [sourceGroup('staff')]),
      directory: annaThere,
      settings: settings({ scope: groupScope([keycloakGroupId('staff')], false), cleanup: { behaviour: 'keep' } }),
    });
    expect(() => computePlan(input)).toThrow('The required groups have no members');
  });
});
