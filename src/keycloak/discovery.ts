import { SourceError } from '../domain/errors';
import type { HttpAnswer } from '../http/http';
import type { KeycloakAccess } from './access';
import { computeBaseUrls } from './base-url';
import { explained, hostOf, unusableAddress, wrongRealm } from './failure';
import { discoverySchema, parseBody, parseRefusal } from './wire';

/** Where the realm is. */
export interface RealmAddress {
  /** With `/auth` where Keycloak lies under it; without a slash at its end. */
  readonly baseUrl: string;
  readonly issuer: string;
}

/** Finds the base path by asking for the realm's discovery document. Throws `SourceError`. */
export async function discoverRealm({ settings, baseUrl, http }: KeycloakAccess): Promise<RealmAddress> {
  let failure: SourceError | undefined;
  const candidates = computeBaseUrls(settings.url, baseUrl);
  if (candidates.length === 0) throw unusableAddress();
  for (const candidate of candidates) {
    const url = `${candidate}/realms/${encodeURIComponent(settings.realm)}/.well-known/openid-configuration`;
    try {
      const answer = await explained(url, http.send({ method: 'GET', url, repeatable: true }));
      const issuer = parseIssuer(answer, settings.realm);
      if (issuer !== undefined) return { baseUrl: candidate, issuer };
      if (isRealmMissing(answer)) throw wrongRealm(settings.realm, hostOf(url));
    } catch (error) {
      // A proxy may answer 5xx for the path where Keycloak is not; the other one is still worth a try.
      if (!(error instanceof SourceError) || error.code !== 'server-error') throw error;
      failure ??= error;
    }
  }
  throw failure ?? notKeycloak(candidates[0] ?? '');
}

function parseIssuer(answer: HttpAnswer, realm: string): string | undefined {
  if (answer.status !== 200) return undefined;
  const issuer = parseBody(discoverySchema, answer.text)?.value.issuer;
  return issuer !== undefined && endsInRealm(issuer, realm) ? issuer : undefined;
}

function endsInRealm(issuer: string, realm: string): boolean {
  return issuer.endsWith(`/realms/${realm}`) || issuer.endsWith(`/realms/${encodeURIComponent(realm)}`);
}

/** The prefix is right and the realm is wrong; a wrong prefix has another text. */
function isRealmMissing(answer: HttpAnswer): boolean {
  return answer.status === 404 && parseRefusal(answer.text)?.includes('realm does not exist') === true;
}

function notKeycloak(url: string): SourceError {
  return new SourceError(
    'wrong-address',
    `There is no Keycloak at ${hostOf(url)}: enter the address of its start page, with or without /auth.`,
    'stop',
  );
}
