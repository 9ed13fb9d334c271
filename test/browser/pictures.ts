import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startDemoKeycloak, demoSecret } from '../../dev/demo/keycloak';
import { openDemo } from '../../dev/demo/open-demo';
import { demoKey, openDemoOrganization } from '../../dev/demo/organization';
import { sampleDomain, sampleRealmName } from '../../dev/keycloak/sample';
import { chromiumPath } from '../../dev/tooling/chromium';
import { projectRoot } from '../../dev/tooling/project';
import { chooseSettings, createConnector, setUpDirectory, simulate, sync, type Typed } from './walk';

const folder = path.join(projectRoot, 'docs', 'pictures');
const typed: Typed = { key: demoKey, realm: sampleRealmName, secret: demoSecret, domain: sampleDomain };

/** Walks from the empty page to the finished sync in each colour and keeps a picture of every screen. */
async function takePictures(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const keycloak = await startDemoKeycloak(process.argv.includes('--double'), (line) => console.log(line));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const color of ['light', 'dark'] as const) {
      const organization = openDemoOrganization({ file: '' });
      const demo = await openDemo({ organization, keycloakUrl: keycloak.url, port: 0, filled: false });
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: color });
      const page = await context.newPage();
      await page.goto(`${demo.url}?color=${color}`);
      const look = async (name: string): Promise<void> => {
        // Messages of the product would lie over the app.
        for (const flag of await page.locator('#flags button').all()) await flag.click();
        await page.screenshot({ path: path.join(folder, `${name}-${color}.png`) });
      };
      for (const step of [setUpDirectory, createConnector, chooseSettings]) await step(page, typed, look);
      await simulate(page, look);
      await sync(page, look);
      await context.close();
      await demo.stop();
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
