import type { Change } from '../../src/domain/change';
import { describeDispute, findClaims, listAsked, type OwnGroups } from '../../src/domain/own-groups';
import { describeShrinking } from '../../src/domain/shrinking';
import {
  account,
  accountLink,
  atlassianGroupId,
  keycloakGroupId,
  links,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

const ldap = { federationLink: 'ldap' };
const devs = keycloakGroupId('devs');
const leaves: Change = {
  kind: 'remove-member',
  user: userId('anna'),
  accountId: account('anna'),
  group: devs,
  groupId: atlassianGroupId('devs'),
  groupName: 'devs',
  reason: 'Because.',
};

describe('a membership that a list of members does not show any more', () => {
  const claimsOf = (anna: object, bert: object) =>
    findClaims(
      [leaves],
      source([user('anna', anna), user('bert', { groups: ['devs'], ...bert })], [sourceGroup('devs')]),
      { kind: 'realm' },
      'direct',
    );
  const silent =
    "Keycloak's records of other people lack the group as well, although its list of members has them: the LDAP server of user federation ldap seems not to answer, so nothing is taken.";

  it.each<[string, OwnGroups, string | undefined]>([
    ['goes when the record of another member agrees with the list', { 'u-anna': [], 'u-bert': [devs] }, undefined],
    ['stays when the record of another member lacks the group too', { 'u-anna': [], 'u-bert': [] }, silent],
    ['stays when the other member is not known any more', { 'u-anna': [], 'u-bert': null }, silent],
    [
      'stays when the other member was not asked for',
      { 'u-anna': [] },
      'Keycloak was not asked about this person yet: nothing is taken before a later run.',
    ],
  ])('%s', (_, own, expected) => {
    const claims = claimsOf(ldap, ldap);
    expect(listAsked(claims)).toEqual(['u-anna', 'u-bert']);
    expect(claims.map((claim) => describeDispute(claim, own))).toEqual([expected]);
  });

  it.each<[string, object, object]>([
    ['of a person of the realm', {}, ldap],
    ['where the other members are of another federation', ldap, { federationLink: 'other' }],
    ['where the other members are disabled', ldap, { ...ldap, enabled: false }],
  ])('needs no other record %s', (_, anna, bert) => {
    const claims = claimsOf(anna, bert);
    expect(listAsked(claims)).toEqual(['u-anna']);
    expect(claims.map((claim) => describeDispute(claim, { 'u-anna': [] }))).toEqual([undefined]);
  });
});

it.each([
  ['three of twenty people of a federation in fewer groups are told of', 20, 3, 1],
  ['two of twenty are not', 20, 2, 0],
  ['five of a hundred are not', 100, 5, 0],
])('%s', (_, people, fewer, sentences) => {
  const names = Array.from({ length: people }, (_unused, index) => `p${index}`);
  const realm = source(
    names.map((name, index) => user(name, { ...ldap, groups: index < fewer ? [] : ['devs'] })),
    [sourceGroup('devs')],
  );
  const known = links(names.map((name) => accountLink(name, { lastSeen: { enabled: true, ...ldap, groups: 1 } })));
  const told = [...describeShrinking(realm, known, { kind: 'realm' }).values()];
  expect(told.length).toBe(sentences);
  for (const sentence of told) expect(sentence).toMatch(/^3 of 20 linked people of user federation ldap are in fewer/);
});
