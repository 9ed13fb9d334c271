import type { Page } from 'playwright-core';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { demoSecret } from '../../dev/demo/keycloak';
import { openDemoOrganization } from '../../dev/demo/organization';
import { startKeycloakDouble, type KeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm } from '../../dev/keycloak/double/realm';
import { sampleRealm, sampleRealmName } from '../../dev/keycloak/sample';
import { appFrame } from './walk';
import { openWatchedPage, type WatchedPage } from './watched-page';

// The realm must change between two clicks, and nothing here depends on how a server answers.
const realm = doubleRealm(sampleRealm(demoSecret, sampleRealmName));
const patience = { timeout: 120_000 };
let keycloak: KeycloakDouble;
let demo: Demo;
let watched: WatchedPage;
let page: Page;
let look: WatchedPage['look'];

beforeAll(async () => {
  keycloak = await startKeycloakDouble({ realm });
  const organization = openDemoOrganization({ file: '' });
  demo = await openDemo({ organization, keycloakUrl: keycloak.url, port: 0, filled: true });
  watched = await openWatchedPage(demo.url);
  ({ page, look } = watched);
}, 300_000);

afterAll(async () => {
  await watched.close();
  await demo.stop();
  await keycloak.stop();
});

const statusOf = (email: string) => {
  const { accounts } = demo.stage.atlassian.organization.snapshot();
  const account = accounts.find((each) => each.email === email);
  return account === undefined ? 'none' : Object.values(account.directories)[0];
};

it('explains somebody new, syncs this person alone, and holds what would take their access before any rules are accepted', async () => {
  const app = appFrame(page);
  const known = new Set(demo.stage.atlassian.organization.snapshot().accounts.map(({ email }) => email));
  const newcomer = realm.users.find(
    ({ email = '', enabled, emailVerified }) =>
      enabled && emailVerified && email.endsWith('@example.com') && !known.has(email),
  );
  if (newcomer?.email === undefined) throw new Error('the sample realm has nobody new');
  const { email, username } = newcomer;

  await app.getByRole('button', { name: /^Explain a user of/ }).click(patience);
  await app.getByLabel('User name, e-mail address or id').fill('nobody at all');
  await page.keyboard.press('Enter');
  await app.getByText('Nobody was found').waitFor(patience);
  await app.getByLabel('User name, e-mail address or id').fill(email.toUpperCase());
  await page.keyboard.press('Enter');
  await app.getByText('Added', { exact: true }).first().waitFor(patience);
  await look('explained');
  expect(demo.stage.atlassian.traffic.writes()).toEqual([]);

  await app.getByRole('button', { name: 'Sync this user' }).click();
  await look('sync-dialog');
  await app.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await app.getByRole('heading', { name: /^Sync of one person/ }).waitFor(patience);
  await app
    .getByText(/^Finished/)
    .first()
    .waitFor(patience);
  const added = demo.stage.atlassian.organization.snapshot().accounts.filter((each) => !known.has(each.email));
  expect(added.map((each) => each.email)).toEqual([email]);

  newcomer.enabled = false;
  const row = app.locator('.result-summary').first();
  await row.click();
  await app.getByRole('link', { name: 'Explain this user' }).click();
  await app.getByText('Is in Keycloak and disabled.').waitFor(patience);
  await app.getByText(username).first().waitFor();
  await app.getByRole('button', { name: 'Sync this user' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel(/^Deactivate the account of/).check();
  await look('deactivate-dialog');
  demo.stage.atlassian.traffic.clear();
  await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
  await app.getByRole('heading', { name: /^Sync of one person/ }).waitFor(patience);
  await app
    .getByText(/^(Finished|On hold)/)
    .first()
    .waitFor(patience);
  // Nobody has accepted any rules yet: to take something away needs a second look.
  await app.getByRole('button', { name: 'Approve all' }).waitFor(patience);
  expect(demo.stage.atlassian.traffic.writes()).toEqual([]);
  expect(statusOf(email)).toBe('active');
  expect(watched.troubles).toEqual([]);
}, 300_000);

it('previews a real person with settings that are not saved, says when they changed since, and previews again', async () => {
  const app = appFrame(page);
  const anybody = realm.users.find(({ enabled, email = '' }) => enabled && email.endsWith('@example.com'));
  if (anybody?.email === undefined) throw new Error('the sample realm has nobody');
  demo.stage.atlassian.traffic.clear();
  await app.getByRole('link', { name: 'User & Group Sync' }).first().click();
  await app
    .getByRole('button', { name: /^Edit / })
    .first()
    .click(patience);
  await app.getByRole('tab', { name: 'Group Provisioning' }).click();
  await app.getByLabel('User name, e-mail address or id').fill(anybody.email);
  await app.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = app.getByRole('region', { name: /^Preview of / });
  await preview.waitFor(patience);
  await app.getByLabel('Prefix').fill('previewed-');
  await app.getByRole('button', { name: 'Preview again' }).click();
  await preview
    .getByText(/previewed-/)
    .first()
    .waitFor(patience);
  await look('preview');
  expect(demo.stage.atlassian.traffic.writes()).toEqual([]);
  expect(watched.troubles).toEqual([]);
}, 300_000);
