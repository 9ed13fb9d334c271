import type { Locator, Page } from 'playwright-core';
import { sampleClientId } from '../../dev/keycloak/realms';
import { keycloakAddress } from '../../dev/stage';
import { flip, isFocused, press, tabTo, typeInto } from './keyboard';
import { appFrame, type Look } from './walk';

const patience = { timeout: 60_000 };
const tabNames = ['Keycloak', 'Required Groups', 'User Provisioning', 'Group Provisioning', 'Sync Settings'] as const;
export type TabName = (typeof tabNames)[number];

/** Goes to a tab: one stop of the Tab key, then arrows. */
export async function toTab(page: Page, name: TabName): Promise<void> {
  const app = appFrame(page);
  const steps = Array<string>(tabNames.indexOf(name)).fill('ArrowRight');
  await press(page, app.getByRole('tab', { selected: true }), 'Home', ...steps);
  await app.getByRole('tab', { name, selected: true }).waitFor(patience);
}

/** The tabs that the keys lead to, each with its panel. */
export async function walkTabs(page: Page, ...keys: readonly string[]): Promise<readonly string[]> {
  const app = appFrame(page);
  await tabTo(page, app.getByRole('tab', { selected: true }));
  const reached: string[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    const selected = app.getByRole('tab', { selected: true });
    const name = (await selected.textContent()) ?? '';
    await app.getByRole('tabpanel', { name, exact: true }).waitFor(patience);
    if (await isFocused(selected)) reached.push(name);
  }
  return reached;
}

const save = (page: Page) => press(page, appFrame(page).getByRole('button', { name: 'Save', exact: true }), 'Enter');

/** Saves, until the page says that it is done. */
export async function saveAll(page: Page): Promise<void> {
  await save(page);
  await appFrame(page).getByText('All changes are saved').waitFor(patience);
}

/** Saves what is refused: the message stands in the tab, and the focus in the field that it is about. */
export async function saveRefused(page: Page, message: string, field: Locator): Promise<void> {
  await save(page);
  await appFrame(page).getByRole('tabpanel').getByText(message).first().waitFor(patience);
  if (!(await isFocused(field))) throw new Error(`The focus is not in the field of "${message}".`);
}

/** *Keycloak*: an address without its https is refused, then mended, and the connection is tested. */
export async function fillInKeycloak(page: Page, realm: string, secret: string, look: Look): Promise<void> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: 'Create connector' }).first(), 'Enter');
  await typeInto(page, app.getByLabel(/^Name/), 'Staff');
  await typeInto(page, app.getByLabel('Keycloak URL'), keycloakAddress.replace('https:', 'http:'));
  await typeInto(page, app.getByLabel(/^Realm/), realm);
  await typeInto(page, app.getByLabel('Client ID'), sampleClientId);
  await typeInto(page, app.getByLabel('Client secret'), secret);
  await saveRefused(page, 'The address must begin with https://.', app.getByLabel('Keycloak URL'));
  await look('tabs-refused-address');
  await typeInto(page, app.getByLabel('Keycloak URL'), keycloakAddress);
  await press(page, app.getByRole('button', { name: 'Save and Test Connection' }), 'Enter');
  await press(page, page.getByRole('button', { name: 'Allow' }), 'Enter');
  await app.getByText('Members readable').waitFor(patience);
  await look('tabs-keycloak');
}

/** Picks a group of a choice by searching for it. */
async function pick(page: Page, label: string, search: string, name: string): Promise<void> {
  const app = appFrame(page);
  await typeInto(page, app.getByLabel(`Search ${label}`), search);
  await press(page, app.getByRole('checkbox', { name, exact: true }), 'Space');
}

/** Unfolds what is folded away. */
const unfold = (page: Page, summary: string) =>
  press(page, appFrame(page).locator('summary').filter({ hasText: summary }), 'Enter');

/** *Required Groups*: a picked group, a rule and an excepted group; gives how many are in scope. */
export async function chooseScope(page: Page, look: Look): Promise<string> {
  const app = appFrame(page);
  await toTab(page, 'Required Groups');
  await press(page, app.getByRole('radio', { name: /^Whole realm/ }), 'ArrowDown');
  await pick(page, 'required groups', 'engineer', '/Engineering');
  await press(page, app.getByRole('button', { name: 'Add a rule' }).first(), 'Enter');
  await press(page, app.getByLabel('How'), 'ArrowDown');
  await typeInto(page, app.getByRole('textbox', { name: 'Text' }), '(^/Sales');
  await app.getByText('Nothing is counted with these settings').waitFor(patience);
  await saveRefused(page, 'This is no regular expression', app.getByRole('textbox', { name: 'Text' }));
  await look('tabs-refused-rule');
  await press(page, app.getByRole('textbox', { name: 'Text' }), 'End', ')');
  await unfold(page, 'Except members of some groups');
  await pick(page, 'excepted groups', 'phoenix', '/Project Phoenix');
  await app
    .getByText('Not counted yet')
    .first()
    .waitFor({ ...patience, state: 'detached' });
  await app.getByText('with other settings').waitFor({ ...patience, state: 'detached' });
  await look('tabs-required-groups');
  return (await app.locator('.scope-count').textContent()) ?? '';
}

/** *User Provisioning*: domain, switches, the attribute that tells who came back. */
export async function chooseUsers(page: Page, domain: string, look: Look): Promise<void> {
  const app = appFrame(page);
  await toTab(page, 'User Provisioning');
  await press(page, app.getByRole('checkbox', { name: domain, exact: true }), 'Space');
  await flip(page, app.getByLabel('Mail new accounts'));
  await flip(page, app.getByLabel('Reactivate'));
  await flip(page, app.getByLabel('Update names'));
  await typeInto(page, app.getByLabel('Attribute that tells who came back'), 'LDAP_ID');
  await app.getByText('Keycloak shows the attribute LDAP_ID of nobody').waitFor(patience);
  await look('tabs-user-provisioning');
  await saveAll(page);
}

/** *Preview* of a person, of settings that change meanwhile; gives what each of both previews says becomes of the person. */
export async function previewTwice(page: Page, user: string, look: Look): Promise<readonly string[]> {
  const app = appFrame(page);
  const preview = app.getByRole('region', { name: /^Preview of / });
  const outcome = () => preview.getByRole('status').textContent();
  await typeInto(page, app.getByLabel('User name, e-mail address or id'), user);
  await press(page, app.getByRole('button', { name: 'Preview', exact: true }), 'Enter');
  await preview.waitFor(patience);
  const first = await outcome();
  await flip(page, app.getByLabel('Create accounts'));
  await app.getByText('The settings changed since this preview').waitFor(patience);
  await look('tabs-preview-before');
  await press(page, app.getByRole('button', { name: 'Preview again' }), 'Enter');
  await app.getByText('The settings changed since this preview').waitFor({ ...patience, state: 'detached' });
  await preview.waitFor(patience);
  if (!(await isFocused(app.getByLabel('User name, e-mail address or id')))) throw new Error('The focus is lost.');
  const second = await outcome();
  await flip(page, app.getByLabel('Create accounts'));
  return [first ?? '', second ?? ''];
}

/** *Group Provisioning*: one chosen group, names from the path, and groups with rules of their own. */
export async function chooseGroups(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await toTab(page, 'Group Provisioning');
  await press(page, app.getByRole('radio', { name: /^All groups of the user/ }), 'ArrowDown');
  await pick(page, 'groups to sync', 'backend', '/Engineering/Backend');
  await press(page, app.getByLabel('Name from'), 'ArrowDown');
  await typeInto(page, app.getByLabel('Separator'), ' - ');
  await press(page, app.getByRole('button', { name: 'Add a transformation of group names' }), 'Enter');
  await press(page, app.getByLabel('Transformation 1', { exact: true }), 'ArrowDown');
  await typeInto(page, app.getByLabel('Prefix'), 'kc-');
  await unfold(page, 'Always assign groups');
  await pick(page, 'groups that are always assigned', 'book', 'Book Club');
  await unfold(page, 'Never remove groups');
  await pick(page, 'groups that nobody is removed from', 'finance', 'Finance');
  await look('tabs-group-provisioning');
  await saveAll(page);
}

/** *Sync Settings*: Remove, a schedule, limits and four eyes; gives the next five times as they are shown. */
export async function chooseSync(page: Page, look: Look): Promise<readonly string[]> {
  const app = appFrame(page);
  await toTab(page, 'Sync Settings');
  await press(page, app.getByRole('radio', { name: /^Deactivate/ }), 'ArrowDown');
  await typeInto(page, app.getByLabel('Type “remove” to confirm'), 'remove');
  await press(page, app.getByRole('button', { name: 'Choose Remove' }), 'Enter');
  await typeInto(page, app.getByLabel('Grace period in days'), '14');
  await flip(page, app.getByLabel('Scheduled synchronization'));
  await press(page, app.getByRole('radio', { name: 'Daily', exact: true }), 'ArrowDown', 'ArrowDown');
  const cron = app.getByRole('textbox', { name: 'Cron expression' });
  await typeInto(page, cron, '0 2 30 2 *');
  await saveRefused(page, 'never', cron);
  await look('tabs-refused-cron');
  await press(page, app.getByRole('radio', { name: 'Cron expression', exact: true }), 'ArrowUp');
  await press(page, app.getByRole('checkbox', { name: 'Thursday' }), 'Space');
  await press(page, app.getByRole('combobox', { name: 'Time zone' }), 'ArrowDown');
  await page.keyboard.type('lisbon');
  await page.keyboard.press('Enter');
  await app.getByText('Weekly on Monday and Thursday at 02:00 (Europe/Lisbon)').waitFor(patience);
  const times = await app.locator('.next-times li').allTextContents();
  await press(page, app.getByRole('radio', { name: /^Strict/ }), 'ArrowDown');
  await flip(page, app.getByLabel('Four eyes'));
  await look('tabs-sync-settings');
  await saveAll(page);
  return times;
}
