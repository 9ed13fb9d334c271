import { computePlan } from '../../src/domain/compute-plan';
import { describeChange } from '../../src/domain/describe-change';
import type { AccountLink } from '../../src/domain/link';
import type { PlanInput } from '../../src/domain/planning';
import {
  account,
  accountLink,
  applyChanges,
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
  userId,
} from './model';

const confirm = (name: string, of: string) => ({ user: userId(name), accountId: account(of), by: 'admin', at: now });

/** Anna was linked; a complete read has her no more, and somebody new with her address. */
const cameBack = (more: Partial<PlanInput> = {}, link: Partial<AccountLink> = {}): PlanInput =>
  planInput({
    source: source(
      [user('anna2', { email: 'anna@example.com', username: 'anna', groups: ['devs'] })],
      [sourceGroup('devs')],
    ),
    directory: directory([directoryAccount('anna')], [directoryGroup('devs')]),
    links: links([accountLink('anna', { username: 'anna', ...link })], [groupLink('devs')]),
    confirmedAbsent: new Set([userId('anna')]),
    ...more,
  });

const unproven = (more: Partial<PlanInput> = {}): PlanInput =>
  planInput({
    source: source([user('anna', { emailVerified: false })]),
    directory: directory([directoryAccount('anna')]),
    ...more,
  });

const candidates = (input: PlanInput) =>
  Object.fromEntries(
    computePlan(input).people.map(({ user: id, operation, candidate }) => [id, [operation, candidate]]),
  );
const changes = (input: PlanInput) => computePlan(input).changes.map((change) => describeChange(change));
const relink = {
  accountId: account('anna'),
  name: 'Anna Example',
  email: 'anna@example.com',
  why: 'relink' as const,
  agrees: true,
};

describe('a person who comes back under a new Keycloak id', () => {
  it('is a relink to confirm, and nothing is taken from the account', () => {
    expect(candidates(cameBack())).toEqual({ 'u-anna2': ['conflict', relink], 'u-anna': ['conflict', undefined] });
    expect(changes(cameBack())).toEqual([]);
  });

  it.each<[string, Partial<AccountLink>]>([
    ['another user name', { username: 'annette' }],
    ['a link that is older than remembered user names', { username: undefined }],
    ['another e-mail address than the one of the link', { email: 'anna.old@example.com' }],
    ['another federation', { lastSeen: { enabled: true, federationLink: 'ldap' } }],
  ] as [string, Partial<AccountLink>][])('does not agree with the link by %s', (_difference, link) => {
    expect(candidates(cameBack({}, link))['u-anna2']).toEqual(['conflict', { ...relink, agrees: false }]);
  });

  it.each<[string, PlanInput]>([
    [
      'the account is protected',
      cameBack({ directory: directory([directoryAccount('anna', { platformRoles: ['atlassian/org-admin'] })]) }),
    ],
    ['the domain is not listed', cameBack({ settings: settings({ users: { emailDomains: ['other.test'] } }) })],
    ['the account is not in the directory', cameBack({ directory: directory([]) })],
    [
      'somebody else suspended the account',
      cameBack({ directory: directory([directoryAccount('anna', { status: 'suspended' })]) }),
    ],
    [
      'two accounts have the address',
      cameBack({
        directory: directory([directoryAccount('anna'), directoryAccount('twin', { email: 'anna@example.com' })]),
      }),
    ],
    [
      'two links lead to the account',
      cameBack({ links: links([accountLink('anna'), accountLink('old', { accountId: account('anna') })]) }),
    ],
    [
      'the linked person still lives',
      cameBack({
        source: source([user('anna2', { email: 'anna@example.com' }), user('anna', { email: 'anna.new@example.com' })]),
      }),
    ],
    [
      'the read is in doubt',
      cameBack({ source: source([user('anna2', { email: 'anna@example.com' })], [], 'Pages were short.') }),
    ],
    [
      'two people of the realm have the address',
      cameBack({
        source: source([user('anna2', { email: 'anna@example.com' }), user('anna3', { email: 'anna@example.com' })]),
      }),
    ],
  ])('is no candidate when %s, even after a confirmation', (_why, input) => {
    const plan = computePlan({ ...input, confirmed: [confirm('anna2', 'anna')] });
    expect(plan.people.map(({ candidate }) => candidate)).toEqual(plan.people.map(() => undefined));
    expect(plan.changes.map((change) => describeChange(change))).toEqual([]);
  });

  it('gets the account after a confirmation; the old link goes, and planning again is quiet', () => {
    const input = cameBack({ confirmed: [confirm('anna2', 'anna')] });
    const plan = computePlan(input);
    expect(plan.changes).toEqual([
      {
        kind: 'adopt-account',
        user: userId('anna2'),
        accountId: account('anna'),
        email: 'anna@example.com',
        relinks: userId('anna'),
        reason: 'An administrator confirmed that the person came back under a new Keycloak id.',
      },
      expect.objectContaining({ kind: 'add-member', user: userId('anna2') }),
    ]);
    expect(plan.people.map(({ user: id, operation }) => [id, operation])).toEqual([
      ['u-anna2', 'adopted'],
      ['u-anna', 'filtered'],
    ]);
    const after = applyChanges(input, plan.changes);
    expect(after.links.accounts.map(({ sourceUserId, accountId }) => [sourceUserId, accountId])).toEqual([
      ['u-anna2', 'a-anna'],
    ]);
    expect(changes(after)).toEqual([]);
  });

  it('keeps the mark of our suspension, and is reactivated by the run after the relink', () => {
    const input = cameBack(
      {
        confirmed: [confirm('anna2', 'anna')],
        directory: directory([directoryAccount('anna', { status: 'suspended' })]),
      },
      { suspendedAt: now - 1000 },
    );
    const plan = computePlan(input);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(['adopt-account']);
    expect(computePlan(applyChanges(input, plan.changes)).changes.map(({ kind }) => kind)).toEqual(['restore']);
  });

  it('does not get another account than the confirmed one', () => {
    expect(changes(cameBack({ confirmed: [confirm('anna2', 'bert')] }))).toEqual([]);
  });
});

describe('a person with an address that proves nothing', () => {
  it('is a candidate for the only account of the directory that has it', () => {
    expect(candidates(unproven())).toEqual({ 'u-anna': ['conflict', { ...relink, why: 'unproven-email' }] });
  });

  it('gets the account after a confirmation', () => {
    const input = unproven({ confirmed: [confirm('anna', 'anna')] });
    expect(changes(input)).toEqual(['Adopt the existing account of anna@example.com.']);
    expect(changes(applyChanges(input, computePlan(input).changes))).toEqual([]);
  });

  it.each<[string, PlanInput, string]>([
    [
      'is protected',
      unproven({ directory: directory([directoryAccount('anna', { platformRoles: ['atlassian/org-admin'] })]) }),
      'protected',
    ],
    [
      'is synced by somebody else',
      unproven({ directory: directory([directoryAccount('anna', { synced: true })]) }),
      'protected',
    ],
    [
      'has an unlisted domain',
      unproven({ settings: settings({ users: { emailDomains: ['other.test'] } }) }),
      'conflict',
    ],
    [
      'is one of two with the address',
      unproven({
        directory: directory([directoryAccount('anna'), directoryAccount('b', { email: 'anna@example.com' })]),
      }),
      'conflict',
    ],
    [
      'was suspended by somebody else',
      unproven({ directory: directory([directoryAccount('anna', { status: 'suspended' })]) }),
      'conflict',
    ],
    [
      'is outside the directory',
      unproven({ directory: directory([]), elsewhere: [directoryAccount('anna')] }),
      'conflict',
    ],
  ])('gets no account that %s, even after a confirmation', (_why, input, operation) => {
    const confirmed = { ...input, confirmed: [confirm('anna', 'anna')] };
    expect(candidates(confirmed)).toEqual({ 'u-anna': [operation, undefined] });
    expect(changes(confirmed)).toEqual([]);
  });
});

describe('a released account', () => {
  const released = [confirm('anna', 'anna')];

  it('is not adopted again by itself', () => {
    const input = unproven({ source: source([user('anna')]), released });
    expect(candidates(input)).toEqual({ 'u-anna': ['filtered', undefined] });
    expect(computePlan(input).people[0]?.reason).toContain('Released by an administrator');
  });
});
