import { describePlans, type Case } from './plan-cases';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  groupScope,
  hour,
  keycloakGroupId,
  links,
  now,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

const suspended = { status: 'suspended' } as const;
const gone = { enabled: true, federationLink: 'ldap', absentSince: now - 24 * hour, absentUntil: now - 12 * hour };
const bert = user('bert');
const linkedAnna = { links: links([accountLink('anna')]) };
const annaThere = directory([directoryAccount('anna')]);
const onlyStaff = groupScope([keycloakGroupId('staff')], false);
const cleanup = (behaviour: 'deactivate' | 'remove' | 'keep', memberships = true) =>
  settings({ scope: onlyStaff, cleanup: { behaviour, memberships } });
const linksWith = (anna: Parameters<typeof accountLink>[1] = {}) =>
  links([accountLink('anna', anna), accountLink('bert')], [groupLink('staff'), groupLink('devs')]);
/** Bert is in scope; anna, linked and in `devs` on the Atlassian side, has left the scope. */
const leaver = {
  source: source(
    [user('anna', { groups: ['devs'] }), user('bert', { groups: ['staff'] })],
    [sourceGroup('staff'), sourceGroup('devs')],
  ),
  directory: directory(
    [directoryAccount('anna', { groups: ['devs'] }), directoryAccount('bert', { groups: ['staff'] })],
    [directoryGroup('staff'), directoryGroup('devs')],
  ),
  links: linksWith(),
};
const suspendedLeaver = {
  ...leaver,
  directory: directory(
    [directoryAccount('anna', suspended), directoryAccount('bert', { groups: ['staff'] })],
    [directoryGroup('staff'), directoryGroup('devs')],
  ),
};

const withGrace = settings({ scope: onlyStaff, cleanup: { graceDays: 14 } });
const leftBefore = (past: number) => linksWith({ lastSeen: { enabled: true, leftSince: now - past } });

describePlans('cleanup', [
  {
    name: 'by default suspends who left the scope and takes the memberships of synced groups',
    input: { ...leaver, settings: cleanup('deactivate') },
    changes: ['u-anna: Remove from group "devs".', 'u-anna: Deactivate the account.'],
    people: { bert: 'not-modified', anna: 'deactivated' },
  },
  {
    name: 'keeps the memberships of who left the scope when the setting says so',
    input: { ...leaver, settings: cleanup('deactivate', false) },
    changes: ['u-anna: Deactivate the account.'],
    people: { bert: 'not-modified', anna: 'deactivated' },
  },
  {
    name: 'first suspends who left the scope when cleanup removes',
    input: { ...leaver, settings: cleanup('remove') },
    changes: ['u-anna: Remove from group "devs".', 'u-anna: Deactivate the account.'],
    people: { bert: 'not-modified', anna: 'deactivated' },
  },
  ...([29, 30] as const).map((past): Case => ({
    name: `${past === 30 ? 'removes' : 'does not remove'} an account that this connector suspended ${past} days ago`,
    input: {
      ...suspendedLeaver,
      links: linksWith({ suspendedAt: now - past * 24 * hour }),
      settings: cleanup('remove'),
    },
    changes: past === 30 ? ['u-anna: Remove the account from the directory.'] : [],
    people: { bert: 'not-modified', anna: past === 30 ? 'removed' : 'not-modified' },
  })),
  {
    name: 'does not remove whom it suspended long ago before the grace period is over',
    input: {
      ...suspendedLeaver,
      links: linksWith({
        suspendedAt: now - 60 * 24 * hour,
        lastSeen: { enabled: false, leftSince: now - 13 * 24 * hour },
      }),
      settings: settings({ scope: onlyStaff, cleanup: { behaviour: 'remove', graceDays: 14 } }),
    },
    changes: [],
    people: { bert: 'not-modified', anna: 'leaving' },
  },
  {
    name: 'takes nothing from who left the scope before the grace period is over',
    input: { ...leaver, settings: withGrace },
    changes: [],
    people: { bert: 'not-modified', anna: 'leaving' },
  },
  {
    name: 'takes nothing on the last day of the grace period',
    input: { ...leaver, links: leftBefore(14 * 24 * hour - 1), settings: withGrace },
    changes: [],
    people: { bert: 'not-modified', anna: 'leaving' },
  },
  {
    name: 'deactivates who left the scope once the grace period is over',
    input: { ...leaver, links: leftBefore(14 * 24 * hour), settings: withGrace },
    changes: ['u-anna: Remove from group "devs".', 'u-anna: Deactivate the account.'],
    people: { bert: 'not-modified', anna: 'deactivated' },
  },
  {
    name: 'takes only memberships when cleanup keeps the account',
    input: { ...leaver, settings: cleanup('keep') },
    changes: ['u-anna: Remove from group "devs".'],
    people: { bert: 'not-modified', anna: 'updated' },
  },
  {
    name: 'takes nothing when cleanup keeps account and memberships',
    input: { ...leaver, settings: cleanup('keep', false) },
    changes: [],
    people: { bert: 'not-modified', anna: 'held-back' },
  },
  {
    name: 'counts a vanished person who is not confirmed, and takes no membership',
    input: {
      ...leaver,
      source: source([user('bert', { groups: ['staff'] })], [sourceGroup('staff'), sourceGroup('devs')]),
    },
    changes: ['u-anna: Deactivate the account (not before the absence is confirmed).'],
    people: { bert: 'not-modified', anna: 'held-back' },
  },
  {
    name: 'suspends a vanished person of the realm itself whom single reads confirmed',
    input: { source: source([bert]), directory: annaThere, ...linkedAnna, confirmedAbsent: new Set([userId('anna')]) },
    changes: ['u-bert: Invite Bert Example (bert@example.com).', 'u-anna: Deactivate the account.'],
    people: { bert: 'added', anna: 'deactivated' },
  },
  {
    name: 'suspends a vanished person of a federation whom two reads twelve hours apart did not have',
    input: {
      source: source([user('bert', { federationLink: 'ldap' })]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert')]),
      links: links([
        accountLink('anna', { lastSeen: gone }),
        accountLink('bert', { lastSeen: { enabled: true, federationLink: 'ldap' } }),
      ]),
    },
    changes: ['u-anna: Deactivate the account.'],
    people: { bert: 'not-modified', anna: 'deactivated' },
  },
  {
    name: 'does not believe single reads about a person of a federation',
    input: {
      source: source([user('bert', { federationLink: 'ldap' })]),
      directory: directory([directoryAccount('anna'), directoryAccount('bert')]),
      links: links([
        accountLink('anna', { lastSeen: { enabled: true, federationLink: 'ldap', absentSince: now - 11 * hour } }),
        accountLink('bert', { lastSeen: { enabled: true, federationLink: 'ldap' } }),
      ]),
      confirmedAbsent: new Set([userId('anna')]),
    },
    changes: ['u-anna: Deactivate the account (not before the absence is confirmed).'],
    people: { bert: 'not-modified', anna: 'held-back' },
  },
  {
    name: 'removes an account that this connector suspended, and none that somebody else suspended',
    input: {
      ...leaver,
      source: source([user('bert', { groups: ['staff'] })], [sourceGroup('staff'), sourceGroup('devs')]),
      directory: directory(
        [
          directoryAccount('anna', suspended),
          directoryAccount('cleo', suspended),
          directoryAccount('bert', { groups: ['staff'] }),
        ],
        [directoryGroup('staff'), directoryGroup('devs')],
      ),
      links: links(
        [accountLink('anna', { suspendedAt: now - 40 * 24 * hour }), accountLink('cleo'), accountLink('bert')],
        [groupLink('staff')],
      ),
      settings: cleanup('remove'),
      confirmedAbsent: new Set([userId('anna'), userId('cleo')]),
    },
    changes: ['u-anna: Remove the account from the directory.'],
    people: { bert: 'not-modified', anna: 'removed', cleo: 'blocked-by-hand' },
  },
]);
