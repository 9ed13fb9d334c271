import AxeBuilder from '@axe-core/playwright';
import { chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../dev/tooling/chromium';
import { noteRan } from '../../dev/tooling/ran';

/** A page in a real Chromium that notes what goes wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of scripts and console, and barriers that `look` found. A test expects none. */
  readonly troubles: readonly string[];
  /** Looks at the screen with axe (WCAG A and AA); what it finds is trouble. */
  readonly look: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWatchedPage(url: string): Promise<WatchedPage> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  noteRan('Chromium', browser.version());
  // A context of its own: axe opens a page beside this one.
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    troubles,
    look: async (name) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      troubles.push(...violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes[0]?.target.join(' ') ?? ''}`));
    },
    close: () => browser.close(),
  };
}
