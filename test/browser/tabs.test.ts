import type { Page } from 'playwright-core';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { openDemoOrganization } from '../../dev/demo/organization';
import { sampleClientId } from '../../dev/keycloak/realms';
import { sampleDomain, sampleRealm } from '../../dev/keycloak/sample';
import { sampleOrganizationSeed } from '../../dev/keycloak/sample-organization';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { keycloakAddress } from '../../dev/stage';
import { prepareDirectory } from './hold-walk';
import { readShown } from './shown-settings';
import {
  chooseGroups,
  chooseScope,
  chooseSync,
  chooseUsers,
  fillInKeycloak,
  previewTwice,
  walkTabs,
} from './tabs-walk';
import { openWatchedPage, type WatchedPage } from './watched-page';

const secret = 'secret-of-the-tabs';
const realm = sampleRealm(secret, 'tabs-in-a-browser');
const people = realm.users.filter(({ serviceAccountClientId }) => serviceAccountClientId === undefined);
const known = new Set(sampleOrganizationSeed().accounts.map(({ email }) => email));
/** Groups that the walk chooses: one with those below it, and those of a rule. */
const scoped = /^\/(Engineering|Sales)/;
let demo: Demo;
let watched: WatchedPage;
let page: Page;
let look: WatchedPage['look'];

beforeAll(async () => {
  const keycloak = sharedKeycloak();
  await keycloak.admin.createRealm(realm);
  const organization = openDemoOrganization({ file: '' });
  demo = await openDemo({ organization, keycloakUrl: keycloak.url, port: 0, filled: false });
  await prepareDirectory(demo);
  watched = await openWatchedPage(demo.url);
  ({ page, look } = watched);
}, 300_000);

afterAll(async () => {
  await watched.close();
  await demo.stop();
  await sharedKeycloak().admin.deleteRealm(realm.realm);
});

it('fills in all five tabs by keyboard alone, and shows after a reload what was saved', async () => {
  await fillInKeycloak(page, realm.realm, secret, look);
  expect(await walkTabs(page, 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home')).toEqual([
    'Required Groups',
    'Sync Settings',
    'Keycloak',
    'Sync Settings',
    'Keycloak',
  ]);
  const inScope = people.filter(
    ({ groups = [] }) => groups.some((path) => scoped.test(path)) && !groups.includes('/Project Phoenix'),
  );
  expect(await chooseScope(page, look)).toBe(`${inScope.length}of ${people.length} users in scope`);
  await chooseUsers(page, sampleDomain, look);
  const newcomer = inScope.find(
    ({ email = '', enabled, emailVerified }) =>
      enabled && emailVerified === true && email.endsWith(`@${sampleDomain}`) && !known.has(email),
  );
  const [first, second] = await previewTwice(page, newcomer?.email ?? '', look);
  expect(first).toContain('Is in scope and has no Atlassian account.');
  expect(second).toContain('Creating accounts is switched off.');
  await chooseGroups(page, look);
  const times = await chooseSync(page, look);
  expect(times.map((time) => /^(Monday|Thursday), .* at 02:00$/.exec(time)?.[1])).toHaveLength(5);
  expect(new Set(times.map((time) => time.slice(0, time.indexOf(',')))).size).toBe(2);

  await page.reload();
  expect(await readShown(page)).toEqual({
    keycloak: ['Staff', keycloakAddress, realm.realm, sampleClientId],
    scope: {
      groups: true,
      picked: ['/Engineering', '/Project Phoenix'],
      how: 'regex',
      rule: '(^/Sales)',
      excepted: true,
    },
    users: { domain: true, create: true, mail: true, reactivate: false, names: true, emails: false, relink: 'LDAP_ID' },
    groups: {
      chosen: true,
      picked: ['/Engineering/Backend'],
      from: 'path',
      separator: ' - ',
      step: 'lower-case',
      prefix: 'kc-',
      assigned: [true, true],
      kept: [true, true],
    },
    sync: {
      remove: true,
      grace: '14',
      scheduled: true,
      weekly: true,
      zone: 'Europe/Lisbon',
      limits: true,
      fourEyes: true,
    },
  });
  expect(demo.stage.atlassian.traffic.writes()).toEqual([]);
  expect(watched.troubles).toEqual([]);
}, 300_000);
