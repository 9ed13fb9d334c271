export type UnavailableReason = 'java' | 'download' | 'checksum' | 'version' | 'start';

/** Says in one sentence why no real Keycloak server can be had; callers may fall back to the double. */
export class KeycloakUnavailable extends Error {
  constructor(
    readonly reason: UnavailableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'KeycloakUnavailable';
  }
}
