import type { Page } from 'playwright-core';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { openDemoOrganization } from '../../dev/demo/organization';
import { sampleRealm } from '../../dev/keycloak/sample';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import {
  adopt,
  applyInSteps,
  approve,
  carryLinks,
  changeRealm,
  findLostFocus,
  lookAtPart,
  prepare,
  reject,
  resume,
  syncUntilHeld,
  undo,
} from './hold-walk';
import { openWatchedPage, type WatchedPage } from './watched-page';

const realm = sampleRealm('secret-of-the-hold', 'hold-in-a-browser');
let demo: Demo;
let watched: WatchedPage;
let page: Page;
let look: WatchedPage['look'];

beforeAll(async () => {
  const keycloak = sharedKeycloak();
  await keycloak.admin.createRealm(realm);
  demo = await openDemo({
    organization: openDemoOrganization({ file: '' }),
    keycloakUrl: keycloak.url,
    port: 0,
    filled: false,
  });
  await prepare(demo, realm.realm, 'secret-of-the-hold');
  watched = await openWatchedPage(demo.url);
  ({ page, look } = watched);
}, 300_000);

afterAll(async () => {
  await watched.close();
  await demo.stop();
  await sharedKeycloak().admin.deleteRealm(realm.realm);
});

/** What of the organization the story is about. */
function stateOf(emails: readonly string[]) {
  const { accounts } = demo.stage.atlassian.organization.snapshot();
  return emails.map((email) => {
    const account = accounts.find((each) => each.email.toLowerCase() === email.toLowerCase());
    return account === undefined ? 'none' : Object.values(account.directories)[0];
  });
}

it('adopts, links, adds, holds, approves without removals, rejects, approves, undoes and carries links, with the keyboard alone, on a real server', async () => {
  const { organization, traffic } = demo.stage.atlassian;
  expect(await adopt(page, look)).toBeGreaterThan(0);
  await applyInSteps(page, look, () => expect(traffic.writes()).toEqual([]));

  const { leavers, movers, group, joiner } = await changeRealm(sharedKeycloak().admin, realm);
  const membersBefore = organization.members(group);
  const active = leavers.map(() => 'active');
  expect([stateOf(leavers), movers.filter((email) => membersBefore.includes(email))]).toEqual([active, movers]);

  await syncUntilHeld(page);
  await look('16-held');
  expect(await findLostFocus(page)).toEqual([]);
  const [mover = ''] = movers;
  expect(await lookAtPart(page, mover, look)).toMatch(/^1 of \d+ changes chosen: 1 person loses/);
  await approve(page, 'Approve without removals');
  // The newcomer is there; nobody has lost anything.
  expect([stateOf([joiner]), stateOf(leavers), organization.members(group)]).toEqual([
    ['active'],
    active,
    membersBefore,
  ]);

  await syncUntilHeld(page);
  await reject(page);
  await resume(page, look, '19-paused');
  expect([stateOf(leavers), organization.members(group)]).toEqual([active, membersBefore]);

  await syncUntilHeld(page);
  await approve(page, 'Approve all');
  const membersAfter = organization.members(group);
  expect([stateOf(leavers), movers.filter((email) => membersAfter.includes(email))]).toEqual([
    leavers.map(() => 'suspended'),
    [],
  ]);

  await undo(page, look);
  await resume(page, look, '20-paused-by-undo');
  expect([stateOf(leavers), organization.members(group)]).toEqual([active, membersBefore]);

  const written = traffic.writes().length;
  const [, issuer, accounts] = await carryLinks(page, look);
  expect([issuer, accounts]).toEqual([
    expect.stringMatching(new RegExp(`/realms/${realm.realm}$`)),
    expect.stringMatching(/^\d+ accounts/),
  ]);
  expect(traffic.writes().length).toBe(written);
  expect(watched.troubles).toEqual([]);
}, 600_000);
