import { kvs } from '@forge/kvs';
import * as v from 'valibot';
import { identifyClient } from '../domain/client-identity';
import type { KeycloakSettings } from '../domain/connector';
import type { ConnectorId } from '../domain/identity';
import { Secret } from '../domain/secret';
import { ignoreAbsent, repeat } from './storage';

const clientSecretKey = (connector: ConnectorId) => `keycloak-secret:${connector}`;
const apiKeyKey = 'atlassian-key';

async function load(key: string): Promise<Secret | undefined> {
  const text = await repeat(() => kvs.getSecret<string>(key));
  return text === undefined ? undefined : new Secret(text);
}

/** A client secret as it is stored: with the client that it was entered for. */
const boundSchema = v.object({ client: v.string(), secret: v.string() });

/** `undefined` as well for a secret that was entered for another client, and for one of which that is not known. */
async function loadBound(key: string, client: string): Promise<Secret | undefined> {
  const stored = v.safeParse(boundSchema, await repeat(() => kvs.getSecret(key)));
  return stored.success && stored.output.client === client ? new Secret(stored.output.secret) : undefined;
}

/** Secret storage: the only place where the client secrets and the organization's API key lie. */
export const secrets = {
  loadClientSecret: (connector: ConnectorId, keycloak: KeycloakSettings) =>
    loadBound(clientSecretKey(connector), identifyClient(keycloak)),
  saveClientSecret: (connector: ConnectorId, keycloak: KeycloakSettings, secret: Secret) => {
    const bound = { client: identifyClient(keycloak), secret: secret.reveal() };
    return repeat(() => kvs.setSecret(clientSecretKey(connector), bound));
  },
  deleteClientSecret: (connector: ConnectorId) =>
    repeat(() => ignoreAbsent(() => kvs.deleteSecret(clientSecretKey(connector)))),
  loadApiKey: () => load(apiKeyKey),
  saveApiKey: (key: Secret) => repeat(() => kvs.setSecret(apiKeyKey, key.reveal())),
};
export type Secrets = typeof secrets;
