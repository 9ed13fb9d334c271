import { answerProxyError, toAppResponse, type AppResponse } from './answer';
import type { Doubts } from './doubts';
import type { EgressApprovals } from './egress';
import { performExternal, type OnExternal } from './external';
import { guard, type Invocation } from './invocation';

/** Where addresses of the outside really lead: an origin, and the local server that stands for it. */
export type Upstreams = Readonly<Record<string, string>>;

export interface PolicedFetchOptions {
  readonly approvals: EgressApprovals;
  readonly doubts: Doubts;
  readonly upstreams: () => Upstreams;
  /** Lets calls to approved addresses without an upstream out into the real network. */
  readonly realNetwork: boolean;
  readonly onExternal: () => OnExternal | undefined;
  readonly realFetch: typeof fetch;
}

export type PolicedFetch = (invocation: Invocation, url: unknown, init?: RequestInit) => Promise<AppResponse>;

const redirects = new Set([301, 302, 303, 307, 308]);
const oneRequest = 180_000;

/** Calls that an invocation may make: 100 per minute of its time limit, rounded up. */
export function egressLimit(timeoutSeconds: number): number {
  return 100 * Math.ceil(timeoutSeconds / 60);
}

/** The way out of an invocation: approved https addresses only, counted, 180 s a call. */
export function createPolicedFetch(options: PolicedFetchOptions): PolicedFetch {
  const { approvals, doubts } = options;

  function target(url: string): string {
    const parsed = new URL(url);
    const local = options.upstreams()[parsed.origin];
    if (local !== undefined) return local.replace(/\/$/, '') + parsed.pathname + parsed.search;
    if (options.realNetwork) return url;
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error(`getaddrinfo ENOTFOUND ${parsed.hostname}`), { code: 'ENOTFOUND' }),
    });
  }

  function refuse(url: string): Response {
    if (doubts.blockedEgress === 'forbidden-403') return answerProxyError(403, 'BLOCKED_EGRESS');
    const message = `URL not included in the external fetch backend permissions: ${url}. Visit go.atlassian.com/forge-egress for more information.`;
    throw Object.assign(new Error(message), { name: 'REQUEST_EGRESS_ALLOWLIST_ERR', status: 403 });
  }

  async function send(url: string, init: RequestInit, hops = 0): Promise<Response> {
    if (!approvals.isAllowed(url)) return refuse(url);
    const signals = [AbortSignal.timeout(oneRequest), ...(init.signal ? [init.signal] : [])];
    const response = await options.realFetch(target(url), {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.any(signals),
    });
    const location = response.headers.get('location');
    if (!redirects.has(response.status) || location === null || init.redirect === 'manual') return response;
    if (init.redirect === 'error' || hops >= 20)
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    await response.body?.cancel();
    const rewritten = response.status === 303 || (response.status < 303 && init.method?.toUpperCase() === 'POST');
    const next = new URL(location, url);
    const headers = new Headers(init.headers);
    if (next.origin !== new URL(url).origin) headers.delete('authorization');
    const { body, ...rest } = init;
    const onward = rewritten ? { method: 'GET' } : body == null ? {} : { body };
    return send(next.href, { ...rest, ...onward, headers }, hops + 1);
  }

  return async (invocation, url, init = {}) => {
    // The platform's wrapper builds the proxy's request from the address and the second argument alone.
    if (typeof url !== 'string')
      throw new TypeError('fetch takes an address as text; a Request object is not supported');
    const limit = egressLimit(invocation.module.timeoutSeconds);
    const response = await performExternal(
      { kind: 'fetch', method: init.method?.toUpperCase() ?? 'GET', url, invocation },
      options.onExternal(),
      async () => {
        invocation.egressCalls += 1;
        if (invocation.egressCalls > limit) throw new Error(`Outbound call limit of ${limit} per invocation exceeded`);
        return send(url, init);
      },
      () => {
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
        });
      },
    );
    return toAppResponse(response, (work) => guard(invocation, work));
  };
}
