import type { KeycloakSettings } from '../../../../src/domain/connector';
import { parseAddress } from './address';

/** Whether a stored client secret serves these settings too: it goes to no other server, realm or client than the one it was entered for. */
export function isSameClient(saved: KeycloakSettings, draft: KeycloakSettings): boolean {
  const name = ({ url, realm, loginRealm, clientId }: KeycloakSettings) =>
    JSON.stringify([
      parseAddress(url)?.origin ?? url.trim(),
      realm.trim(),
      (loginRealm ?? realm).trim(),
      clientId.trim(),
    ]);
  return name(saved) === name(draft);
}
