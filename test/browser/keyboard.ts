import type { Locator, Page } from 'playwright-core';

const patience = { timeout: 120_000 };
/** More than any screen has to tab through. */
const mostTabs = 250;

export const isFocused = (control: Locator) =>
  control.evaluate((element) => element === element.ownerDocument.activeElement && element.ownerDocument.hasFocus());

/** Waits until a control is there, can be used and rests, without touching it. */
const isReady = (control: Locator) => control.click({ ...patience, trial: true });

/** Goes to a control with the Tab key alone. @throws when it cannot be reached that way */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await isReady(control);
  await walkTo(page, control);
}

async function walkTo(page: Page, control: Locator): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    if (await isFocused(control)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab leads to ${String(control)}.`);
}

/** Goes to a control and presses keys on it. */
export async function press(page: Page, control: Locator, ...keys: readonly string[]): Promise<void> {
  await tabTo(page, control);
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to a switch, whose picture lies over it, and turns it over. */
export async function flip(page: Page, control: Locator): Promise<void> {
  await control.waitFor(patience);
  await walkTo(page, control);
  await page.keyboard.press('Space');
}

/** Goes to a field and types into it, in the place of what is in it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Opens a dialog, closes it with Escape, and gives whether the focus is back where it was. */
export async function givesFocusBack(page: Page, opener: Locator, dialog: Locator): Promise<boolean> {
  await press(page, opener, 'Enter');
  await dialog.waitFor(patience);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ ...patience, state: 'detached' });
  return isFocused(opener);
}
