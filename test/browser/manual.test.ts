import type { Page } from 'playwright-core';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { demoKey, openDemoOrganization } from '../../dev/demo/organization';
import type { UserRepresentation } from '../../dev/keycloak/representation';
import { sampleDomain, sampleRealm } from '../../dev/keycloak/sample';
import { sampleOrganizationSeed } from '../../dev/keycloak/sample-organization';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import { keepSettings } from './settings-walk';
import { chooseSettings, createConnector, limitScopeByRule, setUpDirectory, simulate, sync, type Typed } from './walk';
import { openWatchedPage, type WatchedPage } from './watched-page';

const realm = 'manual-in-a-browser';
const typed: Typed = { key: demoKey, realm, secret: 'secret-of-the-manual', domain: sampleDomain };
let demo: Demo;
let watched: WatchedPage;
let page: Page;
let look: WatchedPage['look'];

beforeAll(async () => {
  const keycloak = sharedKeycloak();
  await keycloak.admin.createRealm(sampleRealm(typed.secret, realm));
  const organization = openDemoOrganization({ file: '' });
  demo = await openDemo({ organization, keycloakUrl: keycloak.url, port: 0, filled: false });
  watched = await openWatchedPage(demo.url);
  ({ page, look } = watched);
}, 300_000);

afterAll(async () => {
  await watched.close();
  await demo.stop();
  await sharedKeycloak().admin.deleteRealm(realm);
});

it('follows the manual from Create Connector to the finished full sync, on a real server', async () => {
  const { organization, traffic } = demo.stage.atlassian;
  await setUpDirectory(page, typed, look);
  await createConnector(page, typed, look);
  await chooseSettings(page, typed, look);
  await simulate(page, look);
  expect(traffic.writes()).toEqual([]);
  await sync(page, look);

  const accounts = new Map(sampleOrganizationSeed().accounts.map((account) => [account.email, account]));
  // Who is suspended by hand, or has an account that an unverified address does not prove, waits for an administrator.
  const waits = ({ email = '', emailVerified }: UserRepresentation) =>
    accounts.has(email) && (accounts.get(email)?.status !== 'active' || emailVerified !== true);
  const wanted = sampleRealm().users.filter(
    (user) => user.enabled && user.email?.endsWith(`@${sampleDomain}`) === true && !waits(user),
  );
  const emails = new Set(organization.snapshot().accounts.map(({ email }) => email.toLowerCase()));
  expect(wanted.filter(({ email = '' }) => !emails.has(email.toLowerCase()))).toEqual([]);
  const engineers = wanted.filter(({ groups }) => groups?.includes('/Engineering')).map(({ email = '' }) => email);
  expect(engineers.length).toBeGreaterThan(0);
  expect([...organization.members('Engineering')].sort()).toEqual(engineers.sort());
  await limitScopeByRule(page, look);
  await keepSettings(page, look);
  expect(watched.troubles).toEqual([]);
}, 300_000);
