import { kvs } from '@forge/kvs';
import type { ConnectorId } from '../domain/identity';
import { Secret } from '../domain/secret';
import { ignoreAbsent, repeat } from './storage';

const clientSecretKey = (connector: ConnectorId) => `keycloak-secret:${connector}`;
const apiKeyKey = 'atlassian-key';

async function load(key: string): Promise<Secret | undefined> {
  const text = await repeat(() => kvs.getSecret<string>(key));
  return text === undefined ? undefined : new Secret(text);
}

/** Secret storage: the only place where the client secrets and the organization's API key lie. */
export const secrets = {
  loadClientSecret: (connector: ConnectorId) => load(clientSecretKey(connector)),
  saveClientSecret: (connector: ConnectorId, secret: Secret) =>
    repeat(() => kvs.setSecret(clientSecretKey(connector), secret.reveal())),
  deleteClientSecret: (connector: ConnectorId) =>
    repeat(() => ignoreAbsent(() => kvs.deleteSecret(clientSecretKey(connector)))),
  loadApiKey: () => load(apiKeyKey),
  saveApiKey: (key: Secret) => repeat(() => kvs.setSecret(apiKeyKey, key.reveal())),
};
export type Secrets = typeof secrets;
