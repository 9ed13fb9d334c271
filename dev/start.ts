import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseDemoArguments } from './demo/arguments';
import { sampleSettings } from './demo/fill-in';
import { demoSecret, startDemoKeycloak } from './demo/keycloak';
import { openDemo } from './demo/open-demo';
import { demoKey, openDemoOrganization } from './demo/organization';
import { ensureBundle } from './tooling/bundle';
import { ensurePage } from './tooling/page-build';
import { projectRoot } from './tooling/project';

const report = (line: string): void => console.log(line);

/** Starts everything that the page needs, prints where it is, and keeps it up until it is told to stop. */
async function start(): Promise<void> {
  const options = parseDemoArguments(process.argv.slice(2));
  const folder = join(projectRoot, '.cache', 'demo');
  if (options.fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.race([open(options, folder, stops), signalled]);
    await signalled;
  } finally {
    await stop();
  }
}

async function open(
  options: ReturnType<typeof parseDemoArguments>,
  folder: string,
  stops: (() => Promise<void>)[],
): Promise<void> {
  report('Building the app and its page …');
  await Promise.all([ensureBundle(), ensurePage()]);
  report('Starting Keycloak (the first time takes a minute or more) …');
  const keycloak = await startDemoKeycloak(options.double, report);
  stops.push(() => keycloak.stop());
  const file = join(folder, 'organization.json');
  const organization = openDemoOrganization({ ...options, file });
  const demo = await openDemo({
    organization,
    keycloakUrl: keycloak.url,
    port: options.port,
    filled: !options.empty,
    // An organization from exports begins anew each time.
    ...(options.users === undefined ? { files: { storage: join(folder, 'storage.sqlite'), organization: file } } : {}),
    // An administrator may type the address of any Keycloak: it is read, and nothing outside is written.
    realNetwork: true,
    report,
  });
  stops.push(() => demo.stop());
  describeValues(keycloak.name, sampleSettings(organization).keycloak);
  report(`Admin page: ${demo.url}`);
  if (process.stdout.isTTY && process.env.CI === undefined) openBrowser(demo.url);
}

function describeValues(
  server: string,
  { url, realm, clientId }: { url: string; realm: string; clientId: string },
): void {
  report('');
  report(`Source:  ${server} at ${url} · realm ${realm} · client id ${clientId} · client secret ${demoSecret}`);
  report(`Target:  a local stand-in of an Atlassian organization · API key ${demoKey}. Nothing outside is written.`);
  report('');
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  // Without a browser the printed address is enough.
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

start().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
