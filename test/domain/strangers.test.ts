import { computeDoubts } from '../../src/domain/doubts';
import { indexDirectory } from '../../src/domain/directory-index';
import { nothingForeign } from '../../src/domain/foreign';
import type { GroupTarget } from '../../src/domain/group-decision';
import { mapPeople } from '../../src/domain/map-people';
import { planStrangers } from '../../src/domain/strangers';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  keycloakGroupId,
  links,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const people = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fritz'];
const group = directoryGroup('devs');
const target: GroupTarget = {
  group: keycloakGroupId('devs'),
  name: 'devs',
  existing: group,
  mode: 'exact',
  origin: 'adopted',
};

/** What happens to "hand", a member of the exact group whom nobody in Keycloak is, while these people are listed. */
function plan(listed: readonly string[], more: Partial<GroupTarget> = {}) {
  const realm = source(
    listed.map((name) => user(name, { federationLink: 'ldap', groups: ['devs'] })),
    [sourceGroup('devs')],
  );
  const linked = links(
    people.map((name) => accountLink(name, { lastSeen: { enabled: true, federationLink: 'ldap' } })),
    [groupLink('devs', { mode: 'exact' })],
  );
  const snapshot = directory(
    [...people, 'hand'].map((name) => directoryAccount(name, { groups: ['devs'] })),
    [group],
  );
  const input = { source: realm, directory: snapshot, links: linked, settings: settings() };
  return planStrangers({
    ...input,
    directory: indexDirectory(snapshot),
    mapped: mapPeople(realm, settings()),
    foreign: nothingForeign,
    doubts: computeDoubts(input),
    targets: [{ ...target, ...more }],
    known: new Set(),
  }).map(({ row, changes }) => [row.name, row.operation, changes.length]);
}

describe('a member whom nobody in Keycloak is', () => {
  it('leaves an exact group', () => {
    expect(plan(people)).toEqual([[expect.any(String), 'updated', 1]]);
  });

  it('stays while the people of a federation are missing: they may be one of them', () => {
    expect(plan(people.slice(0, 1))).toEqual([[expect.any(String), 'held-back', 0]]);
  });

  it.each([
    ['added to', { mode: 'add-only' as const }],
    ['taken over', { mode: 'take-over' as const }],
    ['named as one from which nobody is removed', { keeps: true as const }],
  ])('stays in a group that is %s', (_, more) => {
    expect(plan(people, more)).toEqual([]);
  });
});
