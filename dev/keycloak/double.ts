import { serve, type ServerType } from '@hono/node-server';
import { once } from 'node:events';
import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createAdminRoutes } from './double/admin-routes';
import { createFaultFinder, type FaultRule, type RecordedRequest } from './double/faults';
import { generationOf, type Generation } from './double/generation';
import type { DoubleRealm } from './double/realm';
import { strike, type DoubleEnv } from './double/strike';
import { createTokenDesk } from './double/tokens';
import { testedVersion } from './install';

export interface DoubleOptions {
  readonly realm: DoubleRealm;
  /** Further realms, such as the master realm with a client of its own. */
  readonly otherRealms?: readonly DoubleRealm[];
  /** Which server version to behave like; 26.7.3 unless said. */
  readonly version?: string;
  readonly relativePath?: '/auth';
  /** Scheme and host that discovery names. */
  readonly hostname?: string;
  /** Lifetime of tokens in seconds, as answered: 0 is answered as 0 although such a token is accepted. */
  readonly tokenLifetime?: number;
  readonly faults?: readonly FaultRule[];
  readonly now?: () => number;
  /** 0 by default: the system chooses. */
  readonly port?: number;
}

/** A running double. `realm` and `faults` may be changed at any time. */
export interface KeycloakDouble {
  readonly url: string;
  readonly publicUrl: string;
  readonly requests: readonly RecordedRequest[];
  readonly realm: DoubleRealm;
  readonly faults: FaultRule[];
  /** Every token given so far answers 401 from now on. */
  readonly expireTokens: () => void;
  readonly stop: () => Promise<void>;
}

const logHint = 'For more on this error consult the server log at the debug level.';

function refusal(status: number, error: string, description?: string): Response {
  const text = JSON.stringify({ error, ...(description !== undefined && { error_description: description }) });
  return new Response(text, { status, headers: { 'content-type': 'application/json' } });
}

/** A refusal that is no part of OAuth, in the words of the version. */
function refuseAs(generation: Generation, status: number, text: string): Response {
  const error = status === 403 && generation.unnamedForbidden ? 'unknown_error' : text;
  return refusal(status, error, generation.explainsErrors ? logHint : undefined);
}

function answerFailure(error: Error, generation: Generation): Response {
  if (error instanceof HTTPException) return refuseAs(generation, error.status, error.message);
  // A fault of the double itself must not look like one of Keycloak's answers.
  process.stderr.write(`The Keycloak double failed: ${error.stack ?? error.message}\n`);
  return new Response('The double failed.', { status: 599 });
}

/** The path as it was sent; a URL object would have tidied it up already. */
function refusePath(context: Context<DoubleEnv>, generation: Generation): Response | undefined {
  const path = (context.env.incoming.url ?? '').split('?')[0] ?? '';
  if (generation.refusesUnnormalisedPaths && /\/\/|\/\.{1,2}(\/|$)/.test(path)) {
    return refusal(400, 'missingNormalization', 'Request path not normalized');
  }
  if (generation.refusesSemicolons && path.includes(';')) {
    return refusal(400, 'invalidCharacter', "Request path contains invalid character ';'");
  }
  return undefined;
}

async function recordOf(context: Context<DoubleEnv>): Promise<RecordedRequest> {
  const url = context.env.incoming.url ?? '';
  const [path = '', query = ''] = url.split('?');
  return {
    method: context.req.method,
    url,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: context.req.header(),
    body: await context.req.text(),
  };
}

function discovery(issuer: string): Response {
  const endpoints = `${issuer}/protocol/openid-connect`;
  return Response.json({
    issuer,
    authorization_endpoint: `${endpoints}/auth`,
    token_endpoint: `${endpoints}/token`,
    jwks_uri: `${endpoints}/certs`,
    grant_types_supported: ['authorization_code', 'client_credentials', 'password', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic', 'client_secret_post'],
  });
}

async function listen(app: Hono<DoubleEnv>, port: number): Promise<{ server: ServerType; port: number }> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return { server, port: address.port };
}

async function close(server: ServerType): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}

/**
 * A stand-in for a Keycloak server over plain data: the token endpoint and the read calls of the Admin API, with the
 * quirks of the chosen version, and faults that a real server does not show on demand. Where behaviour can be compared,
 * test/integration/double.test.ts holds it against the real server.
 */
export async function startKeycloakDouble(options: DoubleOptions): Promise<KeycloakDouble> {
  const { realm, hostname = 'https://keycloak.example.test', relativePath = '', tokenLifetime = 300 } = options;
  const generation = generationOf(options.version ?? testedVersion);
  const realms = [realm, ...(options.otherRealms ?? [])];
  const findRealm = (name: string): DoubleRealm | undefined => realms.find((candidate) => candidate.name === name);
  const desk = createTokenDesk(tokenLifetime, options.now ?? Date.now);
  const requests: RecordedRequest[] = [];
  const faults = [...(options.faults ?? [])];
  const findFault = createFaultFinder(faults);
  const publicUrl = hostname + relativePath;
  const base = new Hono<DoubleEnv>();
  const app = relativePath === '' ? base : base.basePath(relativePath);
  const noRealm = (): Response => refuseAs(generation, 404, 'Realm does not exist');

  base.use(async (context, next) => {
    const request = await recordOf(context);
    requests.push(request);
    const answer = async (): Promise<Response> => {
      const refused = refusePath(context, generation);
      if (refused !== undefined) return refused;
      await next();
      return context.res;
    };
    const fault = findFault(request, realm);
    const response = await (fault === undefined ? answer() : strike(context, fault, realm, answer));
    // Replacing an answer would merge its headers into the new one; taking it away first does not.
    context.res = undefined;
    context.res = response;
  });
  app.get('/realms/:realm/.well-known/openid-configuration', (context) => {
    const found = findRealm(context.req.param('realm'));
    return found === undefined ? noRealm() : discovery(`${publicUrl}/realms/${found.name}`);
  });
  app.post('/realms/:realm/protocol/openid-connect/token', async (context) => {
    const found = findRealm(context.req.param('realm'));
    if (found === undefined) return noRealm();
    const form = new URLSearchParams(await context.req.text());
    const { status, body } = desk.answer(found, form, context.req.header('authorization'));
    return context.json(body, status, { 'cache-control': 'no-store', pragma: 'no-cache' });
  });
  app.all('/realms/:realm/protocol/openid-connect/token', () =>
    refuseAs(generation, 405, 'HTTP 405 Method Not Allowed'),
  );
  app.route('/admin/realms', createAdminRoutes(generation, findRealm, desk.callerOf));
  base.notFound(({ req }) => {
    const missing = generation.classicRouting
      ? `RESTEASY003210: Could not find resource for full path: ${req.url}`
      : 'Unable to find matching target resource method';
    return refuseAs(generation, 404, missing);
  });
  base.onError((error) => answerFailure(error, generation));

  const { server, port } = await listen(base, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}${relativePath}`,
    publicUrl,
    requests,
    realm,
    faults,
    expireTokens: desk.expireAll,
    stop: () => close(server),
  };
}
