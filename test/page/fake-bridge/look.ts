import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
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

const previewKeiko = async (page: Page) => {
  await settled(page);
  await page.getByLabel('User name, e-mail address or id').fill('keiko');
  await click('Preview')(page);
  await page.getByRole('region', { name: 'Preview of Keiko Costa' }).waitFor();
};

const looks: readonly Look[] = [
  { name: 'empty', path: '/', data: 'none' },
  { name: 'connectors-little', path: '/', data: 'little' },
  { name: 'connectors', path: '/' },
  { name: 'connectors-reader', path: '/', more: '&me=product' },
  { name: 'connectors-failed', path: '/', more: '&fail=listConnectors' },
  { name: 'sync-dialog', path: '/', then: click('Sync Acme') },
  { name: 'delete-dialog', path: '/', then: chooseMore('Delete') },
  { name: 'more', path: '/', then: click('More for Acme') },
  { name: 'copy-dialog', path: '/', then: chooseMore('Make a copy') },
  { name: 'import-dialog', path: '/', then: click('Import settings') },
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
