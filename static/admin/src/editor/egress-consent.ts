import { permissions } from '@forge/bridge';
import type { KeycloakSettings } from '../../../../src/domain/connector';
import { AppError } from '../app-calls';
import { computeConsent, computeOrigins, egressKey } from './egress-origins';

type Addresses = Parameters<typeof permissions.egress.set>[0]['egresses'][number]['configured'];

// The bridge types this text as an enum of a package that it does not pass on.
const describeAddresses = (origins: readonly string[]) =>
  origins.map((domain) => ({ domain, type: ['FETCH_BACKEND_SIDE'] })) as unknown as Addresses;

/** Asks the administrator, through the product, to approve the addresses of Keycloak; silent when they are approved. */
export async function approveEgress(keycloak: KeycloakSettings): Promise<void> {
  const consent = computeConsent(computeOrigins(keycloak), await readApproved());
  if (consent === undefined) return;
  try {
    await permissions.egress.set({
      egresses: [
        {
          key: egressKey,
          description: 'Your Keycloak server',
          configured: describeAddresses(consent.all),
        },
      ],
    });
  } catch {
    throw new AppError(
      'address-not-approved',
      `The app may not call ${consent.add.join(' and ')} yet, because the address was not approved. Nothing was saved: choose Save and Test Connection again and approve it, or ask an administrator who may.`,
      'keycloak.url',
    );
  }
}

async function readApproved(): Promise<readonly string[]> {
  try {
    const { results } = await permissions.egress.get({ keys: [egressKey] });
    return results.flatMap(({ configured }) => configured.map(({ domain }) => domain));
  } catch {
    // Not readable: asking once more than needed is the safe side.
    return [];
  }
}
