import type { Page } from 'playwright-core';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { openDemoOrganization } from '../../dev/demo/organization';
import { sampleRealm } from '../../dev/keycloak/sample';
import { sharedKeycloak } from '../../dev/keycloak/shared-server';
import type { ConnectorSettings } from '../../src/domain/connector';
import { prepare } from './hold-walk';
import { addRow, chooseDirectoryGroup, focusedName, move, openTab, save } from './mapping-walk';
import { appFrame, pressOn } from './walk';
import { openWatchedPage, type WatchedPage } from './watched-page';

const secret = 'secret-of-the-mapping';
const realm = sampleRealm(secret, 'mapping-in-a-browser');
let demo: Demo;
let watched: WatchedPage;
let page: Page;
let look: WatchedPage['look'];

beforeAll(async () => {
  const keycloak = sharedKeycloak();
  await keycloak.admin.createRealm(realm);
  const organization = openDemoOrganization({ file: '' });
  demo = await openDemo({ organization, keycloakUrl: keycloak.url, port: 0, filled: false });
  await prepare(demo, realm.realm, secret);
  watched = await openWatchedPage(demo.url);
  ({ page, look } = watched);
}, 300_000);

afterAll(async () => {
  await watched.close();
  await demo.stop();
  await sharedKeycloak().admin.deleteRealm(realm.realm);
});

async function readSettings(): Promise<ConnectorSettings> {
  const { stage } = demo;
  const list = await stage.call('listConnectors', undefined, demo.admin);
  const connectorId = list.ok ? (list.value[0]?.id ?? '') : '';
  const found = await stage.call('getConnector', { connectorId }, demo.admin);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.settings;
}

it('edits the attribute mapping and chooses Atlassian groups, by keyboard alone', async () => {
  const app = appFrame(page);
  const saved = () => app.getByText('All changes are saved').waitFor({ timeout: 60_000 });
  await openTab(page, 2);
  await addRow(page, look);
  await move(page, 'Move transformation 3 of row 4 up', 'Lower case is now number 2 of 3.');
  expect(await focusedName(page)).toBe('Move transformation 2 of row 4 up');
  await move(page, 'Move row 4, Job title, up', 'The row Job title is now number 3 of 4.');
  expect(await focusedName(page)).toBe('Move row 3, Job title, up');
  const before = (await readSettings()).users.mapping;

  // Folded, it is unfolded by the refusal, which takes the focus to its field.
  await pressOn(page, app.getByRole('button', { name: 'Row 3: Job title' }), 'Enter');
  await save(page);
  await app.getByRole('tabpanel').getByText('This is no regular expression').waitFor({ timeout: 60_000 });
  const expression = app.locator('input:focus');
  expect(await expression.inputValue()).toBe('^([a-z]+');
  expect((await readSettings()).users.mapping).toEqual(before);
  await page.keyboard.press('End');
  await page.keyboard.type(')');
  await save(page);
  await saved();
  const after = (await readSettings()).users.mapping;
  expect(after.map(({ attribute }) => attribute)).toEqual(['email', 'displayName', 'jobTitle', 'displayName']);
  expect(after[2]).toEqual({
    attribute: 'jobTitle',
    templates: ['${username}'],
    values: { kind: 'first' },
    transformations: [
      { kind: 'trim' },
      { kind: 'lower-case' },
      { kind: 'regex', pattern: '^([a-z]+)', replacement: 'Team $1' },
    ],
    otherwise: 'ignore',
  });

  await pressOn(page, app.getByRole('tab', { name: 'User Provisioning' }), 'ArrowRight');
  await chooseDirectoryGroup(page, 'jira-users', look);
  await save(page);
  await saved();
  const { neverRemove, naming } = (await readSettings()).groups;
  expect(neverRemove).toHaveLength(1);
  expect(naming.transformations).toEqual([{ kind: 'trim' }]);
  // Read anew from both sides, it is the group of that name.
  await page.reload();
  await app.getByRole('checkbox', { name: 'jira-users', exact: true, checked: true }).waitFor({ timeout: 60_000 });
  expect(watched.troubles).toEqual([]);
}, 300_000);
