import { isDeprovision } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import type { LastSeen } from '../../src/domain/link';
import type { SourceUser } from '../../src/domain/snapshot';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  hour,
  links,
  now,
  planInput,
  source,
  sourceGroup,
  user,
} from './model';

const ldap = { federationLink: 'ldap' };
const others = Array.from({ length: 9 }, (_, index) => `p${index}`);
const both = ['devs', 'ops'];

/** Anna and nine others of a federation are members of two groups; what Keycloak shows of Anna and of the groups differs. */
function plan(anna: SourceUser, before: Partial<LastSeen> = {}, shown: readonly string[] = both) {
  const seen = { enabled: true, ...ldap, groups: 2 };
  const people = ['anna', ...others];
  const computed = computePlan(
    planInput({
      source: source(
        [anna, ...others.map((name) => user(name, { ...ldap, groups: shown })), user('local')],
        both.map((name) => sourceGroup(name)),
      ),
      directory: directory(
        people.map((name) => directoryAccount(name, { groups: both })),
        both.map((name) => directoryGroup(name)),
      ),
      links: links(
        people.map((name) => {
          const more = name === 'anna' ? before : {};
          return accountLink(name, { lastSeen: { ...seen, username: name, ...more } });
        }),
        both.map((name) => groupLink(name, { lastMembers: { ldap: 10 } })),
      ),
    }),
  );
  const row = computed.people.find((each) => each.user === 'u-anna');
  return {
    taken: computed.changes.filter(isDeprovision).map(({ kind }) => kind),
    operation: row?.operation,
    said: [row?.reason, ...(row?.notes ?? [])].join(' '),
  };
}

describe('somebody of a federation', () => {
  const off = { ...ldap, enabled: false };
  const waits =
    'Is disabled in Keycloak and has lost groups, as when the LDAP server of user federation ldap does not answer: this counts when a run twelve hours later still finds it so.';

  it.each<[string, SourceUser, Partial<LastSeen>, ReturnType<typeof plan>]>([
    [
      'who is disabled and keeps the groups is deactivated',
      user('anna', { ...off, groups: both }),
      {},
      { taken: ['suspend'], operation: 'deactivated', said: 'Is disabled in Keycloak.' },
    ],
    ['who is disabled without groups waits', user('anna', off), {}, { taken: [], operation: 'held-back', said: waits }],
    [
      'who is disabled with fewer groups waits',
      user('anna', { ...off, groups: ['devs'] }),
      {},
      { taken: [], operation: 'held-back', said: waits },
    ],
    [
      'who is disabled without groups twelve hours later is deactivated',
      user('anna', off),
      { disabledSince: now - 12 * hour },
      { taken: ['suspend'], operation: 'deactivated', said: 'Is disabled in Keycloak.' },
    ],
    [
      'who leaves a group loses the membership',
      user('anna', { ...ldap, groups: ['devs'] }),
      {},
      { taken: ['remove-member'], operation: 'updated', said: 'Memberships change.' },
    ],
    [
      'who is in no group under a new user name keeps the memberships',
      user('anna', { ...ldap, username: 'new' }),
      {},
      {
        taken: [],
        operation: 'held-back',
        said: 'The user name changed from "anna" to "new" in user federation ldap and groups are missing since: let the LDAP groups name the new entry. 2 memberships are not removed: The user name changed from "anna" to "new" in user federation ldap and groups are missing since: let the LDAP groups name the new entry.',
      },
    ],
  ])('%s', (_, anna, before, expected) => {
    expect(plan(anna, before)).toEqual(expected);
  });

  it('keeps a membership while another group shows nobody of the federation: LDAP may have stopped in the middle', () => {
    const { taken, said } = plan(user('anna', ldap), {}, ['devs']);
    expect(taken).toEqual([]);
    expect(said).toMatch(/Group "ops" shows nobody of user federation ldap any more, so no membership of its people/);
  });
});
