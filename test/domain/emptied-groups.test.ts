import { computeObservations } from '../../src/domain/absence';
import { computePlan } from '../../src/domain/compute-plan';
import { createRequiredMark } from '../../src/domain/emptied-groups';
import { applyLinkEntries, type Links } from '../../src/domain/link';
import { findOutages } from '../../src/domain/outage';
import type { PlanInput } from '../../src/domain/planning';
import type { SourceSnapshot } from '../../src/domain/snapshot';
import {
  accountLink,
  directory,
  directoryAccount,
  groupScope,
  hour,
  keycloakGroupId,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

/*
 * Two required groups, neither of them linked: `local` of the realm itself, and `ldap` of an LDAP server. A silent LDAP server whose
 * people Keycloak remembers shows everybody enabled, an empty group, and own records without it (facts/keycloak.md 1b).
 */
const people = ['p1', 'p2', 'p3', 'p4', 'p5'];
const groups = [sourceGroup('local'), sourceGroup('ldap')];
const scope = groupScope([keycloakGroupId('local'), keycloakGroupId('ldap')], false);
const createMissing = { createMissing: false };
const ruled = settings({ scope, groups: createMissing });
const there = directory([...people, 'home'].map((name) => directoryAccount(name)));
const day = 24 * hour;

/** What a reading shows when these are still members of the group of LDAP. */
const realm = (members: readonly string[], readAt = now): SourceSnapshot =>
  source(
    [
      user('home', { groups: ['local'] }),
      ...people.map((name) => user(name, { federationLink: 'ldap', groups: members.includes(name) ? ['ldap'] : [] })),
    ],
    groups,
    undefined,
    readAt,
  );

const observe = (known: Links, seen: SourceSnapshot, accepted: readonly string[] = []): Links =>
  applyLinkEntries(known, computeObservations(seen, known, there, seen.readAt, ruled, new Set(accepted)));

const federated = { enabled: true, federationLink: 'ldap' };

const linked = links(
  [...people, 'home'].map((name) =>
    accountLink(name, { lastSeen: { enabled: true, ...(name === 'home' ? {} : { federationLink: 'ldap' }) } }),
  ),
);
const healthy = observe(linked, realm(people, now - day));

const taken = (known: Links, seen: SourceSnapshot, more: Partial<PlanInput> = {}) =>
  computePlan(planInput({ source: seen, directory: there, links: known, settings: ruled, ...more })).changes.map(
    ({ kind }) => kind,
  );

describe('people of a federation whom a required group lost all at once', () => {
  it('keep everything, however often the group is read empty', () => {
    const silent = realm([]);
    expect(taken(healthy, silent)).toEqual([]);
    const after = observe(healthy, silent);
    expect(taken(after, realm([], now + day), { now: now + day })).toEqual([]);
  });

  it('keep everything night after night where others of them are in scope by another group', () => {
    const both = (members: readonly string[], readAt: number) => {
      const { users } = realm(members, readAt);
      const also = ['u-p1', 'u-p2', 'u-p3'];
      return source(
        users.map((each) =>
          also.includes(each.id) ? { ...each, groupIds: [keycloakGroupId('local'), ...each.groupIds] } : each,
        ),
        groups,
        undefined,
        readAt,
      );
    };
    let known = observe(linked, both(people, now - day));
    for (const night of [0, 1, 2]) {
      const silent = both([], now + night * day);
      expect(taken(known, silent, { now: silent.readAt })).toEqual([]);
      known = observe(known, silent);
    }
  });

  it('are remembered by a short text, whatever many groups are required', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => sourceGroup(`group-${index}`));
    const ids = many.map(({ id }) => id);
    const mark = createRequiredMark(many, groupScope(ids, false))({ groupIds: ids });
    expect(mark?.length).toBeLessThan(5_000);
  });

  it('are named with their federation and the group', () => {
    const { memberships } = findOutages(realm([]), healthy, ruled);
    expect([...memberships]).toEqual([
      [
        'ldap',
        'The required group /ldap lost all 5 linked people of user federation ldap at once, as when its LDAP server does not answer for groups: nobody of it is taken for having left.',
      ],
    ]);
  });

  it('are nobody when the server answers again', () => {
    const after = observe(healthy, realm([]));
    expect(findOutages(realm(people), after, ruled).memberships.size).toBe(0);
    expect(taken(after, realm(people))).toEqual([]);
  });

  it('left in truth once an administrator has said so: the run after that judges them one by one', () => {
    const after = observe(healthy, realm([]), ['ldap']);
    expect(taken(after, realm([], now + day), { now: now + day })).toEqual(people.map(() => 'suspend'));
  });

  it('left one by one where the group still shows others of it', () => {
    expect(taken(healthy, realm(['p1']))).toEqual(['suspend', 'suspend', 'suspend', 'suspend']);
  });

  it('are not counted once they are gone from Keycloak, so that a group whose people all left holds nobody else', () => {
    const ids = people.map((name) => `u-${name}`);
    const both = source(
      [...realm(people).users, user('other', { federationLink: 'ldap', groups: ['local'] })],
      groups,
      undefined,
      now - day,
    );
    const known = observe(links([...linked.accounts, accountLink('other', { lastSeen: federated })]), both);
    // One after the other, so that none of it looks like an outage.
    const gone = links(
      known.accounts.map((link) =>
        ids.includes(link.sourceUserId)
          ? { ...link, lastSeen: { ...link.lastSeen, absentSince: now - 9 * day, absentUntil: now - 8 * day } }
          : link,
      ),
    );
    const left = source(
      both.users.filter(({ id }) => !ids.includes(id)),
      groups,
    );
    expect([...findOutages(left, gone, ruled).memberships]).toEqual([]);
  });

  it('are judged as ever where there are fewer than three', () => {
    const few = links(healthy.accounts.filter(({ sourceUserId }) => !['u-p3', 'u-p4', 'u-p5'].includes(sourceUserId)));
    expect(taken(few, realm([]))).toEqual(['suspend', 'suspend']);
  });

  it('are judged as ever where another scope was the last one accepted: that needs an approval anyway', () => {
    const other = settings({ scope: groupScope([keycloakGroupId('local')], false), groups: createMissing });
    const plan = computePlan(planInput({ source: realm(people), directory: there, links: healthy, settings: other }));
    expect(plan.changes.map(({ kind }) => kind)).toEqual(people.map(() => 'suspend'));
  });
});
