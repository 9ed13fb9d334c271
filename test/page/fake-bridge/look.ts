import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { makeLinksFile } from './links';
import { serveFakeBridge } from './serve';

// Takes a picture of every screen, in every light and width, and looks for barriers in each of them.
const folder = process.env['OUT'] ?? '.cache/page';
const only = process.env['ONLY'];

interface Look {
  readonly name: string;
  readonly path: string;
  readonly data?: 'none' | 'little' | 'much';
  readonly more?: string;
  readonly then?: (page: Page) => Promise<unknown>;
}

const click = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();
const chooseMore = (item: string) => async (page: Page) => {
  await click('More for Acme')(page);
  await page.getByRole('menuitem', { name: item }).click();
};
/** Chooses a file of links in the import of Acme. */
const chooseLinks = (content: unknown) => async (page: Page) => {
  await chooseMore('Import links')(page);
  const buffer = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  await page.getByLabel('File').setInputFiles({ name: 'links-acme.json', mimeType: 'application/json', buffer });
};
const openRow = (search: string) => async (page: Page) => {
  await settled(page);
  await page.getByLabel('Search people').fill(search);
  await page.locator('.result-summary').first().click();
};
const settled = (page: Page) => page.waitForTimeout(1_600);

const choosePart = async (page: Page) => {
  await settled(page);
  await click('Approve a part')(page);
  await page.getByRole('button', { name: /^\d+ Deactivated/ }).click();
  await page.getByLabel(/^Choose all/).click();
};

const chooseGroups = async (page: Page) => {
  await settled(page);
  await page.getByLabel('Groups', { exact: true }).check({ force: true });
};

const openMappingRow = async (page: Page, row: number) => {
  await settled(page);
  await page.getByRole('button', { name: new RegExp(`^Row ${row}:`) }).click();
};

const users = '/connectors/connector-0/user-provisioning';
const groups = '/connectors/connector-0/group-provisioning';

const mappingLooks: readonly Look[] = [
  { name: 'mapping-open', path: users, data: 'little', then: (page) => openMappingRow(page, 2) },
  {
    name: 'mapping-new',
    path: users,
    data: 'little',
    then: async (page) => {
      await settled(page);
      await click('Add a row')(page);
      await page.getByLabel('Keycloak attribute', { exact: true }).selectOption('First name + Last name');
      await click('Add a fallback attribute to row 4')(page);
      await page.getByLabel('Fallback 1', { exact: true }).selectOption('Another attribute …');
      await page.getByLabel('Name of the attribute', { exact: true }).fill('officeOfThePerson');
    },
  },
  { name: 'mapping-busy', path: users, more: '&settings=busy', then: settled },
  { name: 'mapping-busy-open', path: users, more: '&settings=busy', then: (page) => openMappingRow(page, 4) },
  {
    name: 'mapping-errors',
    path: users,
    data: 'little',
    then: async (page) => {
      await settled(page);
      await click('Add a row')(page);
      await click('Add a transformation of row 4')(page);
      await page.getByLabel('Transformation 2', { exact: true }).selectOption('Search and replace');
      await click('Save')(page);
      await page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'mapping-refused',
    path: users,
    data: 'little',
    then: async (page) => {
      await openMappingRow(page, 3);
      await click('Add a transformation of row 3')(page);
      await page.getByLabel('Transformation 3', { exact: true }).selectOption('Regular expression');
      await page.getByLabel('Expression', { exact: true }).fill('(never closed');
      await page.getByRole('button', { name: /^Row 3:/ }).click();
      await click('Save')(page);
      await page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'mapping-preset',
    path: users,
    more: '&settings=busy',
    then: async (page) => {
      await settled(page);
      await click('Keycloak standard')(page);
    },
  },
  {
    name: 'mapping-undo',
    path: users,
    data: 'little',
    then: async (page) => {
      await settled(page);
      await click('Remove row 3, Name,')(page);
    },
  },
  { name: 'groups-busy', path: groups, more: '&settings=busy', then: settled },
  { name: 'groups-busy-few', path: groups, more: '&settings=busy&groups=5', then: settled },
  { name: 'groups-busy-none', path: groups, more: '&settings=busy&groups=0', then: settled },
];

const previewKeiko = async (page: Page) => {
  await settled(page);
  await page.getByLabel('User name, e-mail address or id').fill('keiko');
  await click('Preview')(page);
  await page.getByRole('region', { name: 'Preview of Keiko Costa' }).waitFor();
};

const looks: readonly Look[] = [
  ...mappingLooks,
  { name: 'empty', path: '/', data: 'none' },
  { name: 'connectors-little', path: '/', data: 'little' },
  { name: 'connectors', path: '/' },
  { name: 'connectors-reader', path: '/', more: '&me=product' },
  { name: 'connectors-failed', path: '/', more: '&fail=listConnectors' },
  { name: 'sync-dialog', path: '/', then: click('Sync Acme') },
  { name: 'delete-dialog', path: '/', then: chooseMore('Delete') },
  { name: 'more', path: '/', then: click('More for Acme') },
  { name: 'more-reader', path: '/', more: '&me=product', then: click('More for Acme') },
  { name: 'copy-dialog', path: '/', then: chooseMore('Make a copy') },
  { name: 'import-dialog', path: '/', then: click('Import settings') },
  { name: 'links-import', path: '/', then: chooseMore('Import links') },
  { name: 'links-chosen', path: '/', then: chooseLinks(makeLinksFile('connector-0')) },
  {
    name: 'links-other-realm',
    path: '/',
    then: chooseLinks({
      ...makeLinksFile('connector-9', 3),
      issuer: 'https://login.elsewhere.example/auth/realms/staff',
    }),
  },
  { name: 'links-no-file', path: '/', then: chooseLinks('{"format":"user-group-sync-links","version":2}') },
  {
    name: 'links-cut-off',
    path: '/',
    then: async (page) => {
      const short = makeLinksFile('connector-0', 2_000).accounts.map((account) => ({
        ...account,
        email: `${'long.'.repeat(40)}${account.email}`,
      }));
      const accounts = [...short, ...makeLinksFile('connector-0', 9_000).accounts.slice(2_000)];
      await chooseLinks({ ...makeLinksFile('connector-0'), accounts })(page);
      await click('Import and simulate')(page);
      await page.getByText('Not all of it is imported').waitFor();
    },
  },
  {
    name: 'links-imported',
    path: '/',
    data: 'little',
    then: async (page) => {
      await chooseLinks(makeLinksFile('connector-0'))(page);
      await click('Import and simulate')(page);
      await page.getByRole('heading', { name: /^Simulated sync of Acme/ }).waitFor();
    },
  },
  { name: 'settings-history', path: '/settings-history/connector-0' },
  {
    name: 'restore-dialog',
    path: '/settings-history/connector-0',
    then: async (page) => {
      await page
        .getByRole('button', { name: /^Restore the/ })
        .last()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
      await page.getByLabel(/^Type/).waitFor();
    },
  },
  { name: 'editor-new', path: '/connectors/new/keycloak' },
  {
    name: 'editor-errors',
    path: '/connectors/new/keycloak',
    then: click('Save and Test Connection'),
  },
  {
    name: 'editor-tested',
    path: '/connectors/connector-0/keycloak',
    then: async (page) => {
      await page.getByLabel('With a script').check({ force: true });
      await click('Save and Test Connection')(page);
      await page.getByText('Connection test').waitFor();
    },
  },
  {
    name: 'editor-other-client',
    path: '/connectors/connector-0/keycloak',
    then: (page) => page.getByLabel(/^Realm/).fill('acme-europe'),
  },
  { name: 'editor-scope', path: '/connectors/connector-0/required-groups', then: settled },
  {
    name: 'editor-scope-groups',
    path: '/connectors/connector-0/required-groups',
    then: async (page) => {
      await chooseGroups(page);
      await page.getByLabel('Search required groups').fill('sales');
      await page.getByLabel('/sales', { exact: true }).check({ force: true });
      await page.getByRole('button', { name: 'Add a rule' }).first().click();
      await page.getByRole('textbox', { name: 'Text' }).fill('/teams/');
      await page.getByText('Except members of some groups').click();
      await page.waitForTimeout(3_500);
    },
  },
  { name: 'editor-scope-little', path: '/connectors/connector-0/required-groups', data: 'little', then: chooseGroups },
  { name: 'editor-groups-little', path: '/connectors/connector-0/group-provisioning', data: 'little', then: settled },
  { name: 'editor-users', path: '/connectors/connector-0/user-provisioning', then: settled },
  {
    name: 'editor-groups',
    path: '/connectors/connector-0/group-provisioning',
    then: async (page) => {
      await settled(page);
      await page.getByLabel('Name from').selectOption('Its path');
      await page.getByLabel('Prefix').fill('kc-');
    },
  },
  {
    name: 'adopt-exact',
    path: '/connectors/connector-0/group-provisioning',
    then: async (page) => {
      await settled(page);
      await page
        .getByRole('button', { name: /^Make .* exact$/ })
        .first()
        .click();
    },
  },
  {
    name: 'editor-weekly',
    path: '/connectors/connector-0/sync-settings',
    then: async (page) => {
      await page.getByLabel('Weekly', { exact: true }).check({ force: true });
      await page.getByLabel('Thursday', { exact: true }).press('Space');
      await settled(page);
    },
  },
  {
    name: 'editor-hours',
    path: '/connectors/connector-0/sync-settings',
    then: async (page) => {
      await page.getByLabel('Every few hours', { exact: true }).check({ force: true });
      await page.getByRole('combobox', { name: 'Time zone' }).focus();
      await page.keyboard.type('america new');
      await page.keyboard.press('ArrowDown');
      await settled(page);
    },
  },
  {
    name: 'editor-cron-refused',
    path: '/connectors/connector-0/sync-settings',
    then: async (page) => {
      await page.getByLabel('Cron expression', { exact: true }).first().check({ force: true });
      await page.getByRole('textbox', { name: 'Cron expression' }).fill('0 2 30 2 *');
      await settled(page);
    },
  },
  { name: 'editor-users-preview', path: '/connectors/connector-0/user-provisioning', then: previewKeiko },
  {
    name: 'editor-groups-preview',
    path: '/connectors/connector-0/group-provisioning',
    then: async (page) => {
      await previewKeiko(page);
      await page.getByLabel('Prefix').fill('kc-');
      await page.getByText('The settings changed since this preview').waitFor();
    },
  },
  { name: 'editor-settings', path: '/connectors/connector-0/sync-settings', then: settled },
  {
    name: 'editor-remove',
    path: '/connectors/connector-0/sync-settings',
    then: (page) =>
      page
        .getByLabel('Remove from the directory')
        .check({ force: true })
        .catch(() => undefined),
  },
  { name: 'directory-new', path: '/directory', data: 'none' },
  {
    name: 'directory',
    path: '/directory',
    then: async (page) => {
      await click('Find organizations')(page);
      await page.getByText('Sandbox directory').waitFor();
      await click('Test')(page);
      await page.getByText('Directory test').waitFor();
    },
  },
  {
    name: 'run-live',
    path: '/',
    data: 'little',
    then: async (page) => {
      await click('Simulate Acme')(page);
      await page.waitForTimeout(4_200);
    },
  },
  { name: 'run-simulated', path: '/runs/run-simulated', then: settled },
  { name: 'run-unsaved', path: '/runs/run-unsaved', then: settled },
  { name: 'run-not-compared', path: '/runs/run-not-compared', then: settled },
  { name: 'run-little', path: '/runs/run-simulated', data: 'little', then: settled },
  {
    name: 'run-finished',
    path: '/runs/run-finished',
    then: async (page) => {
      await page.getByRole('button', { name: /Added/ }).first().click();
      await page.locator('.result-summary').first().click();
    },
  },
  {
    name: 'run-groups',
    path: '/runs/run-finished',
    then: (page) => page.getByRole('tab', { name: /Groups/ }).click(),
  },
  { name: 'run-guest', path: '/runs/run-simulated', then: openRow('Is as wished') },
  {
    name: 'run-guest-dialog',
    path: '/runs/run-simulated',
    then: async (page) => {
      await openRow('Is as wished')(page);
      await click(/^Take over the account of/)(page);
    },
  },
  {
    name: 'run-guest-refused',
    path: '/runs/run-simulated',
    then: async (page) => {
      await openRow('217@')(page);
      await click(/^Take over the account of/)(page);
      await click('Take over')(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'run-release-dialog',
    path: '/runs/run-simulated',
    then: async (page) => {
      await openRow('Is as wished')(page);
      await click(/^Release/)(page);
    },
  },
  { name: 'run-held', path: '/runs/run-held', then: settled },
  {
    name: 'run-approve',
    path: '/runs/run-held',
    then: async (page) => {
      await settled(page);
      await click('Approve all')(page);
      await page.getByLabel('Reason').fill('They all left with the northern subsidiary.');
    },
  },
  {
    name: 'run-approve-additions',
    path: '/runs/run-held',
    then: async (page) => {
      await settled(page);
      await click('Approve without removals')(page);
    },
  },
  {
    name: 'run-reject',
    path: '/runs/run-held',
    then: async (page) => {
      await settled(page);
      await click('Reject')(page);
    },
  },
  { name: 'run-part', path: '/runs/run-held', then: choosePart },
  {
    name: 'run-part-all',
    path: '/runs/run-held',
    then: async (page) => {
      await choosePart(page);
      await page.getByLabel('Of everybody in this plan').check({ force: true });
      await page.getByLabel(/^Deactivate accounts/).uncheck({ force: true });
      await page.getByLabel(/^Invite people/).uncheck({ force: true });
    },
  },
  { name: 'run-stages', path: '/runs/run-simulated', data: 'little', then: settled },
  {
    name: 'run-stage-dialog',
    path: '/runs/run-simulated',
    data: 'little',
    then: async (page) => {
      await settled(page);
      await click('Apply this step: Additions')(page);
    },
  },
  { name: 'run-apply', path: '/runs/run-simulated', then: settled },
  {
    name: 'run-undo',
    path: '/runs/run-finished',
    then: async (page) => {
      await settled(page);
      await click('Undo …')(page);
      await page.getByText('What is put back').waitFor();
    },
  },
  { name: 'run-undone', path: '/runs/run-undone', then: settled },
  { name: 'run-rejected', path: '/runs/run-rejected' },
  { name: 'run-failed', path: '/runs/run-failed' },
  { name: 'explain-empty', path: '/explain/connector-0' },
  { name: 'explain-reading', path: '/explain/connector-0/slow', then: settled },
  { name: 'explain-failed', path: '/explain/connector-0/broken', then: settled },
  { name: 'explain-nobody', path: '/explain/connector-0/nobody@acme.example', then: settled },
  { name: 'explain-several', path: '/explain/connector-0/twin@acme.example', then: settled },
  { name: 'explain', path: '/explain/connector-0/keiko', then: settled },
  { name: 'explain-outside', path: '/explain/connector-0/bert', then: settled },
  { name: 'explain-left', path: '/explain/connector-0/olaf', then: settled },
  { name: 'explain-stopped', path: '/explain/connector-0/mara', then: settled },
  { name: 'explain-guest', path: '/explain/connector-0/gus', then: settled },
  { name: 'explain-reader', path: '/explain/connector-0/nina', more: '&me=product', then: settled },
  {
    name: 'explain-sync',
    path: '/explain/connector-0/ada',
    then: async (page) => {
      await settled(page);
      await click('Sync this user')(page);
      await page.getByLabel(/^Deactivate the account/).check({ force: true });
    },
  },
  {
    name: 'explain-from-run',
    path: '/runs/run-finished',
    then: async (page) => {
      await page.getByRole('button', { name: /Added/ }).first().click();
      await page.locator('.result-summary').first().click();
      await page.getByRole('link', { name: 'Explain this user' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'history', path: '/history' },
  { name: 'history-empty', path: '/history', data: 'none' },
];

async function look(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { address, server } = await serveFakeBridge(0);
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
  let barriers = 0;
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 800]) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      for (const { name, path, data = 'much', more = '', then } of looks) {
        if (only !== undefined && !only.split(',').includes(name)) continue;
        const page = await context.newPage();
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') console.log(`${name}: ${message.text()}`);
        });
        page.on('pageerror', (error) => console.log(`${name}: ${error.message}`));
        await page.goto(`${address}?data=${data}&theme=${theme}${more}#${path}`);
        await page.locator('h1').waitFor();
        await page.waitForTimeout(350);
        await then?.(page);
        await page.waitForTimeout(250);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) console.log(`${name} at ${width}: ${wide} pixels too wide`);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        for (const { id, help, nodes } of violations) {
          barriers += 1;
          console.log(
            `${name} ${theme} ${width}: ${id} (${help}) ${nodes
              .map(({ target }) => target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
          );
        }
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
        await page.close();
      }
      await context.close();
    }
  }
  console.log(`${barriers} barriers found`);
  await browser.close();
  server.close();
}

void look();
