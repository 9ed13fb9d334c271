import { noteRan } from '../tooling/ran';
import { createAdminClient, type AdminClient } from './admin';
import { testedVersion } from './install';
import { startKeycloak, type KeycloakServer } from './server';

// How the tests of one run find their server: set before the test processes start, so that they inherit it.
const variable = 'USER_GROUP_SYNC_TEST_KEYCLOAK';

/** The one real server of a test run. Each test makes realms of its own in it, with names of its own. */
export interface SharedKeycloak {
  readonly version: string;
  readonly url: string;
  readonly publicUrl: string;
  readonly admin: AdminClient;
}

let running: KeycloakServer | undefined;

/** For Jest's globalSetup. The version is KEYCLOAK_VERSION, else the one that the project is tested with. */
export async function startSharedKeycloak(): Promise<void> {
  // Many short runs: compiled quickly serves them better than compiled well.
  const javaOptions = '-Xms64m -Xmx768m -XX:TieredStopAtLevel=1';
  running = await startKeycloak({ version: process.env.KEYCLOAK_VERSION ?? testedVersion, javaOptions });
  const { version, url, publicUrl } = running;
  process.env[variable] = [version, url, publicUrl].join(' ');
  console.log(`Keycloak ${version} at ${url}`);
}

/** For Jest's globalTeardown. */
export async function stopSharedKeycloak(): Promise<void> {
  await running?.stop();
  running = undefined;
}

/** For tests: the server that the run started. */
export function sharedKeycloak(): SharedKeycloak {
  const text = process.env[variable];
  if (text === undefined) throw new Error('No Keycloak server is shared: the Jest project lacks its globalSetup.');
  const [version = '', url = '', publicUrl = ''] = text.split(' ');
  noteRan('Keycloak', version);
  return { version, url, publicUrl, admin: createAdminClient(url) };
}
