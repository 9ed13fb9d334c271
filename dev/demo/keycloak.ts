import type { AdminClient } from '../keycloak/admin';
import { startKeycloakDouble } from '../keycloak/double';
import { doubleRealm } from '../keycloak/double/realm';
import { sampleRealm, sampleRealmName } from '../keycloak/sample';
import { startKeycloak } from '../keycloak/server';
import { KeycloakUnavailable } from '../keycloak/unavailable';

export const demoSecret = 'sample-secret';

export interface DemoKeycloak {
  readonly url: string;
  /** For people: which server answers. */
  readonly name: string;
  /** The double has none. */
  readonly admin?: AdminClient;
  stop(): Promise<void>;
}

/** A real Keycloak with the sample realm; the double, and a line that says so, where the real one cannot be had. */
export async function startDemoKeycloak(double: boolean, report: (line: string) => void): Promise<DemoKeycloak> {
  if (double) return startDouble('the double, as asked for');
  try {
    const server = await startKeycloak({ report });
    await server.admin.createRealm(sampleRealm(demoSecret, sampleRealmName));
    return { url: server.url, name: `Keycloak ${server.version}`, admin: server.admin, stop: server.stop };
  } catch (error) {
    if (!(error instanceof KeycloakUnavailable)) throw error;
    report(`No real Keycloak: ${error.message}`);
    report('A double of Keycloak answers instead: it knows the sample realm and what this app asks for, nothing else.');
    return startDouble('the double (no real Keycloak could be had)');
  }
}

async function startDouble(name: string): Promise<DemoKeycloak> {
  const { url, stop } = await startKeycloakDouble({ realm: doubleRealm(sampleRealm(demoSecret, sampleRealmName)) });
  return { url, name, stop };
}
