import type { KeycloakSettings } from './connector';
import { parseKeycloakUrl } from './keycloak-url';

/**
 * Names the one client that a client secret belongs to: server, realm, login realm and client. A secret is never sent anywhere
 * else, whatever the settings say by then. The path does not count (with or without `/auth` it is the same server).
 * Throws `SettingsError` for an address that is none.
 */
export function identifyClient({ url, realm, loginRealm, clientId }: KeycloakSettings): string {
  return JSON.stringify([parseKeycloakUrl(url).origin, realm, loginRealm ?? realm, clientId]);
}
