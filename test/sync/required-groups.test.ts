import type { DoubleRealm } from '../../dev/keycloak/double/realm';
import type { Scope } from '../../src/domain/connector';
import { sourceGroupId } from '../../src/domain/identity';
import { groupScope } from '../domain/model';
import type { Disturbance } from '../http/between';
import { meanwhile, rows, type Row } from '../http/disturbances';
import { sentence } from './look';
import { agreeingSides, endOf, type Faults, type TwoSides } from './two-sides';

/** Everybody is a member of the first group, on both sides; the others have some members each. */
function sides(): TwoSides {
  const both = agreeingSides();
  const { realm, organization } = both;
  const [first] = realm.groups;
  if (first === undefined) throw new Error('the realm has no group');
  for (const { id, email, serviceAccountClientId } of realm.users) {
    if (realm.memberships.some(({ userId, groupId }) => userId === id && groupId === first.id)) continue;
    realm.memberships.push({ userId: id, groupId: first.id });
    const account = serviceAccountClientId === undefined ? organization.account(email ?? '') : undefined;
    if (account !== undefined) organization.addMember(first.name, account.email);
  }
  return both;
}

const idOf = (realm: DoubleRealm, index: number) => sourceGroupId(realm.groups[index]?.id ?? '');
const listOf = (realm: DoubleRealm, index: number) => new RegExp(`/groups/${idOf(realm, index)}/members`);
const required =
  (...groups: readonly number[]) =>
  (realm: DoubleRealm): Scope =>
    groupScope(
      groups.map((index) => idOf(realm, index)),
      false,
    );

type Case = readonly [name: string, scope: (realm: DoubleRealm) => Scope, by: Disturbance, expected: object];

const none = rows(() => []);
const stays = { kind: 'planned', removals: 'allowed', taken: [] };

describe('the list of members of a required group that', () => {
  it.each<Case>([
    ['is empty, and there is no other one', required(0), none, { kind: 'stopped', code: 'scope-matches-nothing' }],
    ['is empty beside another one', required(0, 1), none, stays],
    [
      'is empty where everybody must be in both',
      (realm) => ({ ...groupScope([idOf(realm, 0), idOf(realm, 1)], false), match: 'all' }),
      none,
      { kind: 'stopped', code: 'scope-matches-nothing' },
    ],
    ['is short and looks like the last page', required(0), rows((all) => all.slice(0, -4)), stays],
    ['lacks one person', required(0), rows((all) => all.slice(1)), stays],
    ['names strangers', required(0), rows((all) => [...all.slice(3), { id: 'stranger' }]), stays],
    ['comes with ids in upper case beside another one', required(0, 1), rows((all) => all.map(upper)), stays],
  ])('%s takes nothing from anybody', async (_name, scope, by, expected) => {
    const both = sides();
    const end = await endOf(both, { scope, keycloak: [{ match: listOf(both.realm, 0), by }] });
    expect(end).toMatchObject(expected);
    expect(end.kind === 'stopped' || end.disputed > 0).toBe(true);
    expect(end.told.length).toBeGreaterThan(0);
    for (const told of end.told) expect(told).toMatch(sentence);
  });

  it.each<[string, (both: TwoSides) => Faults]>([
    [
      'has members twice',
      ({ realm }) => ({ keycloak: [{ match: listOf(realm, 0), by: rows((all) => all.flatMap((row) => [row, row])) }] }),
    ],
    ['has service accounts', () => ({})],
    [
      'has strangers besides',
      ({ realm }) => ({
        keycloak: [{ match: listOf(realm, 0), by: rows((all) => [{ id: 'stranger' }, ...all]), times: 1 }],
      }),
    ],
    [
      'comes in another order',
      ({ realm }) => ({ keycloak: [{ match: listOf(realm, 0), by: rows((all) => [...all].reverse()) }] }),
    ],
  ])('%s is whole', async (_name, faults) => {
    const both = sides();
    const end = await endOf(both, { scope: required(0), ...faults(both) });
    expect(end).toEqual({ kind: 'planned', removals: 'allowed', taken: [], disputed: 0, told: [] });
  });

  it('shifts between two pages, because somebody before left the group, keeps the person who was skipped', async () => {
    const both = sides();
    const { realm } = both;
    const people = realm.users
      .filter(({ id }) => realm.memberships.some((each) => each.userId === id && each.groupId === idOf(realm, 0)))
      .sort((one, other) => (one.username < other.username ? -1 : 1));
    const [leaver] = people;
    const skipped = people[25];
    const leave = () => {
      realm.memberships = realm.memberships.filter(
        ({ userId, groupId }) => userId !== leaver?.id || groupId !== idOf(realm, 0),
      );
    };
    const end = await endOf(both, {
      scope: required(0),
      keycloak: [{ match: new RegExp(`${listOf(realm, 0).source}\\S*first=0&`), by: meanwhile(leave), times: 1 }],
    });
    expect(skipped).toBeDefined();
    expect(end).toMatchObject({ kind: 'planned', removals: 'allowed', taken: [] });
    // The account and the memberships of the one who was skipped; the leaver was still listed.
    expect(end.kind === 'planned' && end.disputed).toBeGreaterThanOrEqual(2);
  });

  it('lacks somebody who has left, whose own record says so too, lets the account go, so that these tests can fail', async () => {
    const both = sides();
    const { realm } = both;
    const leaver = realm.users.find(
      ({ federationLink, id, serviceAccountClientId }) =>
        federationLink === undefined && !id.startsWith('f:') && serviceAccountClientId === undefined,
    );
    const leave = () => {
      realm.memberships = realm.memberships.filter(
        ({ userId, groupId }) => userId !== leaver?.id || groupId !== idOf(realm, 0),
      );
    };
    const end = await endOf(both, {
      scope: required(0),
      keycloak: [{ match: /openid-configuration/, times: 1, by: meanwhile(leave) }],
    });
    const kinds = end.kind === 'planned' ? end.taken.map((key) => key.split(' ')[0]) : [];
    expect([kinds.filter((kind) => kind === 'suspend').length, end]).toEqual([
      1,
      expect.objectContaining({ removals: 'allowed', disputed: 0 }),
    ]);
  });
});

function upper(row: Row): Row {
  return { ...row, id: String(row.id).toUpperCase() };
}
