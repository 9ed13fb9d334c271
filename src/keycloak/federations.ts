import * as v from 'valibot';
import type { FederationNames } from '../domain/federation-name';
import type { AdminApi } from './admin-api';

const providerType = 'org.keycloak.storage.UserStorageProvider';
const componentsSchema = v.array(v.object({ id: v.string(), name: v.nullish(v.string()) }));

/**
 * Names of the realm's user federations, in one request. It needs the role view-realm, which a connector does without: every
 * failure is an empty answer, for a name is worth no run.
 */
export async function readFederationNames(api: AdminApi): Promise<FederationNames> {
  try {
    const components = await api.read(`/components?type=${providerType}`, componentsSchema);
    return Object.fromEntries(
      components.flatMap(({ id, name }) => (typeof name === 'string' && name !== '' ? [[id, name] as const] : [])),
    );
  } catch {
    return {};
  }
}
