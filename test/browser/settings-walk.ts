import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { appFrame, pressOn, type Look } from './walk';

const patience = { timeout: 60_000 };

const toOverview = async (page: Page) =>
  pressOn(page, appFrame(page).getByRole('link', { name: 'User & Group Sync' }).first(), 'Enter');

/** Opens the menu of a connector and chooses an entry, with the keyboard. */
async function choose(page: Page, connector: string, entry: string): Promise<void> {
  const app = appFrame(page);
  await pressOn(page, app.getByRole('button', { name: `More for ${connector}`, exact: true }), 'Enter');
  const item = app.getByRole('menuitem', { name: entry, exact: true });
  await item.waitFor(patience);
  for (let steps = 0; steps < 6 && !(await isFocused(item)); steps += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

const isFocused = (item: Locator) => item.evaluate((element) => element === element.ownerDocument.activeElement);

/** Settings as data: back to older settings, off and on, as a file, and as a copy; with the keyboard alone. */
export async function keepSettings(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await toOverview(page);
  await choose(page, 'Staff', 'Settings history');
  await app.getByText('Current').waitFor(patience);
  await look('22-settings-history');
  await pressOn(page, app.getByRole('button', { name: /^Restore the settings of/ }).first(), 'Enter');
  await look('23-restore');
  await pressOn(page, app.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }), 'Enter');
  await page.getByText(/^Restored the settings of/).waitFor(patience);

  await toOverview(page);
  await choose(page, 'Staff', 'Switch off');
  await page.getByText(/^Switched Staff off/).waitFor(patience);
  await choose(page, 'Staff', 'Switch on');
  await page.getByText(/^Switched Staff on/).waitFor(patience);

  const saved = page.waitForEvent('download', patience);
  await choose(page, 'Staff', 'Export settings');
  const file = await (await saved).path();
  await pressOn(page, app.getByRole('button', { name: 'Import settings' }), 'Enter');
  await app.getByLabel(/^File/).setInputFiles({
    name: 'settings-staff.json',
    mimeType: 'application/json',
    buffer: await readFile(file),
  });
  await app.getByLabel('Into').selectOption({ label: 'Staff, in the place of its settings' });
  await look('24-import');
  await pressOn(page, app.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }), 'Enter');
  await app.getByRole('heading', { name: /^Imported/ }).waitFor(patience);
  await pressOn(page, app.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }), 'Enter');

  await choose(page, 'Staff', 'Make a copy');
  await pressOn(page, app.getByRole('dialog').getByRole('button', { name: 'Make a copy' }), 'Enter');
  await page.getByText(/^Made /).waitFor(patience);
  await look('25-copied');
}
