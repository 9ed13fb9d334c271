import type { FrameLocator, Locator, Page } from 'playwright-core';
import { sampleClientId } from '../../dev/keycloak/realms';
import { keycloakAddress } from '../../dev/stage';

/** What an administrator types on the way from *Create connector* to the finished full sync. */
export interface Typed {
  readonly key: string;
  readonly realm: string;
  readonly secret: string;
  readonly domain: string;
}

/** Called at each screen of the way, for pictures. */
export type Look = (name: string) => Promise<void>;

const patience = { timeout: 60_000 };

/** The app's frame in the product's page. */
export const appFrame = (page: Page): FrameLocator => page.frameLocator('main iframe');

/** Step 1: the Atlassian directory, from an empty page. */
export async function setUpDirectory(page: Page, { key }: Typed, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: 'Set up the directory' }).waitFor(patience);
  await look('1-empty');
  await app.getByRole('button', { name: 'Set up the directory' }).click();
  await app.getByLabel(/^API key/).fill(key);
  await app.getByLabel('Owner of the key').fill('Site Administrator');
  await app.getByLabel('Expiry date').fill('2027-06-30');
  await app.getByRole('button', { name: 'Find organizations' }).click();
  await app.getByText('Example Directory').first().waitFor(patience);
  await app.getByRole('button', { name: 'Save', exact: true }).click();
  await app.getByText('Right to write').waitFor(patience);
  await look('2-directory');
}

/** Step 2: the connector, with *Save and Test Connection*. The URL is typed as the manual says, with `/auth` at the end. */
export async function createConnector(page: Page, { realm, secret }: Typed, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('link', { name: 'User & Group Sync' }).first().click();
  await app.getByRole('button', { name: 'Create connector' }).first().click();
  await app.getByLabel(/^Name/).fill('Staff');
  await app.getByLabel('Keycloak URL').fill(`${keycloakAddress}/auth`);
  await app.getByLabel(/^Realm/).fill(realm);
  await app.getByLabel('Client ID').fill(sampleClientId);
  await app.getByLabel('Client secret').fill(secret);
  await look('3-keycloak');
  await app.getByRole('button', { name: 'Save and Test Connection' }).click();
  await page.getByRole('button', { name: 'Allow' }).click(patience);
  await app.getByRole('heading', { name: 'Connection test' }).waitFor(patience);
  await app.getByText('Members readable').waitFor(patience);
  await look('4-tested');
}

/** Step 3: the other tabs; what the manual leaves at its default stays there. */
export async function chooseSettings(page: Page, { domain }: Typed, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('tab', { name: 'Required Groups' }).click();
  await app.getByText(/users in scope$/).waitFor(patience);
  await look('5-required-groups');
  await app.getByRole('tab', { name: 'User Provisioning' }).click();
  await app.getByRole('checkbox', { name: domain, exact: true }).check(patience);
  await app.getByRole('checkbox', { name: /jira/i }).check(patience);
  await look('6-user-provisioning');
  await app.getByRole('tab', { name: 'Group Provisioning' }).click();
  await app.getByText('All groups of the user').waitFor(patience);
  await look('7-group-provisioning');
  await app.getByRole('tab', { name: 'Sync Settings' }).click();
  await app.getByRole('radio', { name: /First load/ }).check();
  await look('8-sync-settings');
  await app.getByRole('button', { name: 'Save', exact: true }).click();
  await app.getByText('All changes are saved').waitFor(patience);
}

/** *Preview* of one person, before anything is simulated. */
export async function previewPerson(page: Page, user: string, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('tab', { name: 'User Provisioning' }).click();
  await app.getByRole('searchbox', { name: 'User name, e-mail address or id' }).fill(user);
  await app.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = app.getByRole('region', { name: /^Preview of / });
  await preview.waitFor(patience);
  await preview
    .getByRole('heading', { name: 'Mapping' })
    .evaluate((heading) => heading.scrollIntoView({ block: 'center' }));
  await look('21-preview');
}

/** Step 4: simulate and read the plan. */
export async function simulate(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: 'Simulate' }).first().click();
  await app.getByText('This was a simulation: nothing was written').waitFor(patience);
  await look('9-simulated');
}

/** Step 5: the full sync, to its end. */
export async function sync(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('link', { name: 'User & Group Sync' }).first().click();
  await app.getByRole('button', { name: /^Sync/ }).first().click();
  await look('10-sync-dialog');
  await app.getByRole('dialog').getByRole('button', { name: /^Sync/ }).last().click();
  await app
    .getByText(/^Finished/)
    .first()
    .waitFor({ timeout: 120_000 });
  await look('11-finished');
  await app.getByRole('link', { name: 'User & Group Sync' }).first().click();
  await app.getByRole('link', { name: 'Staff' }).waitFor(patience);
  await app.getByText(/^Full sync, /).waitFor(patience);
  await look('12-connectors');
}

/** Presses keys on a control, as somebody without a mouse does. */
export async function pressOn(page: Page, control: Locator, ...keys: readonly string[]): Promise<void> {
  await control.focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** Limits the scope by an expression, with the keyboard alone: one that does not compile is refused at its field, and nothing is saved. */
export async function limitScopeByRule(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  const press = (control: Locator, ...keys: readonly string[]) => pressOn(page, control, ...keys);
  await press(app.getByRole('link', { name: 'Staff', exact: true }).first(), 'Enter');
  await press(app.getByRole('tab', { name: 'Keycloak' }), 'ArrowRight');
  await press(app.getByRole('radio', { name: /^Whole realm/ }), 'ArrowDown');
  await press(app.getByRole('button', { name: 'Add a rule' }).first(), 'Enter');
  await app.getByLabel('How').selectOption('matches expression');
  const text = app.getByRole('textbox', { name: 'Text' });
  await text.focus();
  await page.keyboard.type('(Engineering');
  await press(app.getByRole('button', { name: 'Save', exact: true }), 'Enter');
  await app.getByRole('alert').filter({ hasText: 'expression' }).first().waitFor(patience);
  await look('20-rule-refused');
  await press(text, 'Home', 'Delete');
  // A refusal in a part that is folded away unfolds it.
  const excepted = app.locator('summary').filter({ hasText: 'Except members of some groups' });
  await press(excepted, 'Enter');
  await press(app.getByRole('button', { name: 'Add a rule' }).nth(1), 'Enter');
  await press(excepted, 'Enter');
  await press(app.getByRole('button', { name: 'Save', exact: true }), 'Enter');
  await app.getByRole('tabpanel').getByText('The text of the rule is missing').waitFor(patience);
  await press(app.getByRole('button', { name: 'Take out rule 1 for excepted groups' }), 'Enter');
  await press(app.getByRole('button', { name: 'Save', exact: true }), 'Enter');
  await app.getByText('All changes are saved').waitFor(patience);
  await look('21-rule-saved');
}
