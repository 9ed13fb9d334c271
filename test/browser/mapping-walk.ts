import type { Page } from 'playwright-core';
import { appFrame, pressOn, type Look } from './walk';

const patience = { timeout: 60_000 };

/** Opens the connector on a tab that lies so many to the right of the first one, with the keyboard. */
export async function openTab(page: Page, steps: number): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('link', { name: 'Staff', exact: true }).first().waitFor(patience);
  await pressOn(page, app.getByRole('link', { name: 'Staff', exact: true }).first(), 'Enter');
  await app.getByRole('tab', { name: 'Keycloak' }).waitFor(patience);
  await pressOn(page, app.getByRole('tab', { name: 'Keycloak' }), ...Array<string>(steps).fill('ArrowRight'));
}

/** What the control that has the focus is called. */
export const focusedName = (page: Page) => appFrame(page).locator('button:focus').getAttribute('aria-label');

/** Adds a row with three transformations, of which one does not compile. */
export async function addRow(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await pressOn(page, app.getByRole('button', { name: 'Add a row' }), 'Enter');
  // The focus is in the new row; the rest of the way is typed.
  await app.locator('select:focus').selectOption('Job title');
  await app.getByRole('combobox', { name: 'Keycloak attribute', exact: true }).selectOption('User name');
  const add = app.getByRole('button', { name: 'Add a transformation of row 4' });
  await pressOn(page, add, 'Enter');
  await app.locator('select:focus').selectOption('Regular expression');
  await app.getByRole('textbox', { name: 'Expression' }).focus();
  await page.keyboard.type('^([a-z]+');
  await app.getByRole('textbox', { name: 'Replace by' }).focus();
  await page.keyboard.type('Team $1');
  await pressOn(page, add, 'Enter');
  await app.locator('select:focus').selectOption('Lower case');
  await look('26-mapping-row');
}

/** Moves with the focus on the button, and waits until it was said. */
export async function move(page: Page, button: string, said: string): Promise<void> {
  const app = appFrame(page);
  await pressOn(page, app.getByRole('button', { name: button, exact: true }), 'Enter');
  await app
    .getByRole('status')
    .filter({ hasText: said })
    .waitFor({ ...patience, state: 'attached' });
}

export async function save(page: Page): Promise<void> {
  await pressOn(page, appFrame(page).getByRole('button', { name: 'Save', exact: true }), 'Enter');
}

/** Chooses a group that nobody is removed from, and a transformation of group names. */
export async function chooseDirectoryGroup(page: Page, name: string, look: Look): Promise<void> {
  const app = appFrame(page);
  await pressOn(page, app.getByRole('button', { name: 'Add a transformation of group names' }), 'Enter');
  const never = app.locator('summary').filter({ hasText: 'Never remove groups' });
  await never.waitFor(patience);
  await pressOn(page, never, 'Enter');
  await app.getByLabel('Search groups that nobody is removed from').focus();
  await page.keyboard.type(name);
  await pressOn(page, app.getByRole('checkbox', { name, exact: true }), 'Space');
  await look('27-never-remove');
}
