import type { KeycloakServer } from '../../dev/keycloak/server';
import { startKeycloak } from '../../dev/keycloak/server';

/** Patience for a server that starts while other tests keep the machine busy, in milliseconds. */
export const startPatience = 10 * 60_000;

export function openServer(): Promise<KeycloakServer> {
  const version = process.env.KEYCLOAK_VERSION;
  return startKeycloak(version === undefined ? {} : { version });
}
