import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startDemoKeycloak, demoSecret } from '../../dev/demo/keycloak';
import { openDemo, type Demo } from '../../dev/demo/open-demo';
import { demoKey, openDemoOrganization } from '../../dev/demo/organization';
import { sampleDomain, sampleRealm, sampleRealmName } from '../../dev/keycloak/sample';
import { chromiumPath } from '../../dev/tooling/chromium';
import { projectRoot } from '../../dev/tooling/project';
import { lookAtApproval } from './approval-pictures';
import {
  chooseSettings,
  createConnector,
  previewPerson,
  setUpDirectory,
  simulate,
  sync,
  type Look,
  type Typed,
} from './walk';

const folder = path.join(projectRoot, 'docs', 'pictures');
const typed: Typed = { key: demoKey, realm: sampleRealmName, secret: demoSecret, domain: sampleDomain };
/** Somebody whom the first sync invites. */
const newcomer = 'ivan.yilmaz';

/** Gives a page with an empty app behind it, in one colour, to a walk that keeps a picture of every screen. */
async function walkIn(
  browser: Browser,
  color: 'light' | 'dark',
  keycloakUrl: string,
  walk: (page: Page, look: Look, demo: Demo) => Promise<void>,
): Promise<void> {
  const demo = await openDemo({
    organization: openDemoOrganization({ file: '' }),
    keycloakUrl,
    port: 0,
    filled: false,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: color });
  const page = await context.newPage();
  await page.goto(`${demo.url}?color=${color}`);
  await walk(
    page,
    async (name) => {
      // Messages of the product would lie over the app.
      for (const flag of await page.locator('#flags button').all()) await flag.click();
      await page.screenshot({ path: path.join(folder, `${name}-${color}.png`), animations: 'disabled' });
    },
    demo,
  );
  await context.close();
  await demo.stop();
}

/** From the empty page to the finished sync. */
async function lookAtFirstSync(page: Page, look: Look): Promise<void> {
  for (const step of [setUpDirectory, createConnector, chooseSettings]) await step(page, typed, look);
  await previewPerson(page, newcomer, look);
  await simulate(page, look);
  await sync(page, look);
}

async function takePictures(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const keycloak = await startDemoKeycloak(process.argv.includes('--double'), (line) => console.log(line));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  const { url, admin } = keycloak;
  try {
    for (const color of ['light', 'dark'] as const) {
      await walkIn(browser, color, url, lookAtFirstSync);
      if (admin === undefined) {
        console.log('Without a real Keycloak nobody leaves: the pictures of approvals stay as they are.');
        continue;
      }
      // The walk changes the realm: each colour begins with a new one.
      const realm = sampleRealm(demoSecret, 'company');
      await admin.createRealm(realm);
      await walkIn(browser, color, url, (page, look, demo) =>
        lookAtApproval(page, demo, admin, realm, demoSecret, look),
      );
      await admin.deleteRealm(realm.realm);
    }
  } finally {
    await browser.close();
    await keycloak.stop();
  }
}

takePictures().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
