import { describeRefusal, Refusal, type ErrorFamily } from './refusal';
import type { Call, Route } from './route';
import { findKey, type Store } from './store';
import type { ApiKey } from './state';

/** The key of the request, if it may call the route at all. Expired, revoked, unknown and SCIM keys are all the same 401. */
export function checkKey(store: Store, route: Route, authorization: string | null): ApiKey {
  const secret = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const key = secret === undefined ? undefined : findKey(store, secret);
  const unauthorized = route.family === 'user-management' ? 'unauthorized' : 'ADMIN-UAM-401-1';
  if (key?.state !== 'valid' || key.kind === 'scim') throw new Refusal(401, unauthorized, 'Unauthorized');
  if (key.kind === 'unscoped') return key;
  // A scoped key writes nothing and manages no account; reads need their scope.
  if (route.scope === undefined) {
    const code = route.family === 'user-management' ? 'forbidden' : 'ADMIN-UAM-403-1';
    throw new Refusal(403, code, 'The key lacks the scope manage:org');
  }
  const passes =
    route.scope === 'search' ? store.doubts.scopedKeySearch === 'accepted' : key.scopes.includes(route.scope);
  if (!passes) throw new Refusal(401, unauthorized, 'Unauthorized; scope does not match');
  return key;
}

/** Answers one request to a route; refusals become the error bodies of the route's family. */
export function answer(
  route: Route,
  call: Omit<Call, 'key' | 'body'> & { readonly text: string },
  authorization: string | null,
): Response {
  try {
    const key = checkKey(call.store, route, authorization);
    return route.handle({ ...call, key, body: parseJson(call.text, route.family) });
  } catch (error) {
    if (error instanceof Refusal) return describeRefusal(error, route.family, call.url.pathname, call.store.doubts);
    throw error;
  }
}

function parseJson(text: string, family: ErrorFamily): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, family === 'user-management' ? 'bodyParseFailure' : 'ADMIN-400-24', 'Malformed JSON');
  }
}

/** The 429 that the doubt about rates gives every nth request. */
export function refuseRate(store: Store, family: ErrorFamily, path: string): Response {
  const headers: Record<string, Record<string, string>> = {
    'retry-after': { 'Retry-After': '1' },
    reset: { 'X-RateLimit-Reset': new Date(Date.parse(store.now()) + 1000).toISOString() },
    none: {},
  };
  const refusal = new Refusal(429, 'ADMIN-429-1', 'Too many requests', {
    headers: headers[store.doubts.rateLimit.headers] ?? {},
  });
  return describeRefusal(refusal, family, path, store.doubts);
}
