import {
  proveDirectory,
  proveSource,
  withholdDirectoryRemovals,
  withholdRemovals,
  type DirectoryEvidence,
  type SourceEvidence,
} from '../../src/domain/completeness';
import { sourceUserId } from '../../src/domain/identity';
import { directoryAccount, directoryGroup, issuer, keycloakGroupId, now, sourceGroup, user } from './model';

const anna = user('anna', { groups: ['devs'] });
const bert = user('bert');
const realm: SourceEvidence = {
  issuer,
  readAt: now,
  users: [anna, bert],
  groups: [sourceGroup('devs')],
  before: { users: 2, groups: 1 },
  after: { users: 2, groups: 1 },
  shortPages: 0,
  duplicates: 0,
};

describe('a reading of the realm', () => {
  it('is proved when ids, count before and count after agree', () => {
    const { users, groups } = realm;
    const snapshot = { issuer, readAt: now, users, groups, memberships: 'all', removals: { kind: 'allowed' } };
    expect(proveSource(realm)).toEqual({ kind: 'proved', snapshot });
  });

  it('is proved with people of a federation that does not import, whom Keycloak does not count', () => {
    const virtual = { ...user('cleo'), id: sourceUserId('f:ldap:cleo') };
    expect(proveSource({ ...realm, users: [anna, bert, virtual] })).toMatchObject({ kind: 'proved' });
  });

  it.each<[string, Partial<SourceEvidence>, string]>([
    [
      'the count before differs',
      { before: { users: 3, groups: 1 } },
      'The number of users does not agree: 3 counted before, 2 read, 2 counted after.',
    ],
    [
      'the count after differs: reading made Keycloak drop people',
      { after: { users: 1, groups: 1 } },
      'The number of users does not agree: 2 counted before, 2 read, 1 counted after.',
    ],
    [
      'a living person is missing and a dead one listed twice',
      { users: [anna, anna], duplicates: 0 },
      'The number of users does not agree: 2 counted before, 1 read, 2 counted after.',
    ],
    [
      'groups are missing',
      { before: { users: 2, groups: 2 }, after: { users: 2, groups: 2 } },
      'The number of groups does not agree: 2 counted before, 1 read, 2 counted after.',
    ],
    ['a page inside the list was short', { shortPages: 1 }, 'Keycloak answered 1 pages shorter than asked for.'],
    ['rows came twice', { duplicates: 4 }, 'Keycloak listed 4 rows twice.'],
    [
      'a membership names a group that is not listed',
      { users: [user('anna', { groups: ['devs', 'lost'] }), bert] },
      '1 memberships name groups that the list of groups does not have.',
    ],
  ])('has drifted when %s', (_, change, reason) => {
    const proof = proveSource({ ...realm, ...change });
    expect(proof.kind).toBe('drifted');
    expect(proof.kind === 'drifted' && proof.reasons).toContain(reason);
  });

  it.each([
    [
      'proved',
      () => proveSource({ ...realm, users: [], before: { users: 0, groups: 1 }, after: { users: 0, groups: 1 } }),
    ],
    ['withheld', () => withholdRemovals({ ...realm, users: [] }, ['Drift.'])],
  ])('is never %s without a single user', (_, attempt) => {
    expect(attempt).toThrow(
      expect.objectContaining({ name: 'SourceError', code: 'empty-source', fate: 'stop' }) as Error,
    );
  });

  it('that stays in drift gives a snapshot without removals, each row once and no membership of unknown groups', () => {
    const odd = user('anna', { groups: ['devs', 'devs', 'lost'] });
    expect(withholdRemovals({ ...realm, users: [anna, bert, odd] }, ['Drift.'])).toEqual({
      issuer,
      readAt: now,
      users: [{ ...odd, groupIds: [keycloakGroupId('devs')] }, bert],
      groups: realm.groups,
      memberships: 'all',
      removals: { kind: 'withheld', reasons: ['Drift.'] },
    });
  });
});

describe('a reading of the directory', () => {
  const evidence: DirectoryEvidence = {
    readAt: now,
    accounts: [directoryAccount('anna')],
    groups: [directoryGroup('devs')],
    before: { accounts: 1, groups: 1 },
    after: { accounts: 1, groups: 1 },
    shortPages: 0,
    duplicates: 0,
  };
  const { accounts, groups } = evidence;

  it('is proved by the same rule', () => {
    const snapshot = { readAt: now, accounts, groups, removals: { kind: 'allowed' } };
    expect(proveDirectory(evidence)).toEqual({ kind: 'proved', snapshot });
  });

  it.each<[string, Partial<DirectoryEvidence>]>([
    ['accounts are missing', { before: { accounts: 2, groups: 1 } }],
    ['groups came in between', { after: { accounts: 1, groups: 2 } }],
    ['a page was short', { shortPages: 1 }],
    ['rows came twice', { duplicates: 1 }],
    ['rows stand in it twice', { accounts: [...accounts, ...accounts] }],
  ])('has drifted when %s', (_, change) => {
    expect(proveDirectory({ ...evidence, ...change })).toMatchObject({ kind: 'drifted' });
  });

  it('that stays in drift gives a snapshot without removals', () => {
    const removals = { kind: 'withheld', reasons: ['Drift.'] };
    expect(withholdDirectoryRemovals(evidence, ['Drift.'])).toEqual({ readAt: now, accounts, groups, removals });
  });
});
