import type { SourceError } from '../domain/errors';
import type { Probe } from '../domain/probe';
import { HttpError } from '../http/http';
import type { KeycloakAccess } from './access';
import { createAdminApi } from './admin-api';
import { discoverRealm } from './discovery';
import { hostOf } from './failure';
import type { Findings } from './finding';
import { attempt, failed, listProbes, passed } from './finding';
import { probeRights } from './probe-rights';
import { createTokens } from './token';

export interface ProbeAccess extends KeycloakAccess {
  /** The platform's own opinion whether an address is approved; only a hint for an address that cannot be reached. */
  readonly canFetch?: (url: string) => boolean;
}

/** An administrator waits for the result, in an invocation of 25 seconds. */
const timeoutMs = 6_000;

/**
 * Tests a connection by reading alone, in about ten requests: each probe has its own outcome, and what cannot be tested after
 * a failure is skipped. `baseUrl` is the address with the base path that was found. Throws only what is no `SourceError`.
 */
export async function probeKeycloak(
  access: ProbeAccess,
): Promise<{ readonly probes: readonly Probe[]; readonly baseUrl?: string }> {
  const http = access.http;
  const hurried = {
    ...access,
    http: { send: (request: Parameters<typeof http.send>[0]) => http.send({ ...request, timeoutMs }) },
  };
  const realm = await attempt(discoverRealm(hurried));
  if (realm.kind === 'failed') return { probes: listProbes(describeConnection(realm.error, access)) };
  const { baseUrl } = realm.value;
  const connected: Findings = {
    address: passed(`Atlassian lets the app call ${hostOf(baseUrl)}.`),
    reachable: passed(`Keycloak answers at ${baseUrl}.`),
    tls: passed('The certificate is trusted.'),
    realm: passed(`Realm "${access.settings.realm}" exists.`),
  };
  const tokens = createTokens(hurried, baseUrl);
  const token = await attempt(tokens.current());
  if (token.kind === 'failed') {
    return { probes: listProbes({ ...connected, client: failed(token.error.message) }), baseUrl };
  }
  const client = passed(`Keycloak accepts the client "${access.settings.clientId}".`);
  const rights = await probeRights(createAdminApi(hurried, baseUrl, tokens), token.value, access.settings.realm);
  return { probes: listProbes({ ...connected, client, ...rights }), baseUrl };
}

/** The probes of a connection in their order; the one that a failure belongs to fails, and those before it have passed. */
const connection = ['address', 'reachable', 'tls', 'realm'] as const;

function describeConnection(error: SourceError, { settings, canFetch }: ProbeAccess): Findings {
  const host = hostOf(settings.url);
  if (error.code === 'unreachable' && canFetch?.(settings.url) === false) {
    return {
      address: failed(`Atlassian does not let the app call ${host} yet: approve the address on the connector's page.`),
    };
  }
  const position = connection.indexOf(findProbe(error));
  const before = connection
    .slice(0, position)
    .map((id) => [id, passed(`Nothing is wrong here with ${host}.`)] as const);
  return { ...Object.fromEntries(before), [findProbe(error)]: failed(error.message) };
}

function findProbe(error: SourceError): (typeof connection)[number] {
  switch (error.code) {
    case 'address-not-approved':
      return 'address';
    case 'tls':
      return 'tls';
    case 'wrong-realm':
      return 'realm';
    case 'wrong-address':
      return error.cause instanceof HttpError ? 'address' : 'reachable';
    default:
      return 'reachable';
  }
}
