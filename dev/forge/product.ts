import { answerError, answerJson, answerProxyError } from './answer';
import type { Doubts } from './doubts';
import { guard, type Invocation } from './invocation';

export interface ProductRequest {
  readonly product: 'jira' | 'confluence';
  readonly provider: 'app' | 'user';
  readonly accountId?: string;
  /** Path and query. */
  readonly path: string;
  readonly init?: { readonly method?: string; readonly body?: string };
}

/** Whoever plays Jira and Confluence. */
export type AnswerProduct = (request: ProductRequest) => Promise<Response> | Response;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Alternatives, each a set of scopes: the classic one, or the granular ones together. */
  readonly scopes: readonly (readonly string[])[];
}

const groupWrite = [
  ['manage:jira-configuration'],
  ['write:group:jira', 'read:group:jira', 'read:user:jira', 'read:avatar:jira'],
];

/** The routes that the app may call, with the scopes that open them (Jira and Confluence OpenAPI documents). */
const routes: readonly Route[] = [
  { method: 'GET', path: /^\/rest\/api\/3\/mypermissions$/, scopes: [['read:jira-work'], ['read:permission:jira']] },
  { method: 'POST', path: /^\/rest\/api\/3\/permissions\/check$/, scopes: [['read:permission:jira']] },
  { method: 'GET', path: /^\/rest\/api\/3\/group\/bulk$/, scopes: [['read:jira-user'], ['read:group:jira']] },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/(user|users\/search)$/,
    scopes: [
      ['read:jira-user'],
      ['read:user:jira', 'read:group:jira', 'read:application-role:jira', 'read:avatar:jira'],
    ],
  },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/group\/member$/,
    scopes: [['manage:jira-configuration'], ['read:group:jira', 'read:user:jira', 'read:avatar:jira']],
  },
  { method: 'POST', path: /^\/rest\/api\/3\/group(\/user)?$/, scopes: groupWrite },
  { method: 'DELETE', path: /^\/rest\/api\/3\/group$/, scopes: [['manage:jira-configuration'], ['delete:group:jira']] },
  {
    method: 'DELETE',
    path: /^\/rest\/api\/3\/group\/user$/,
    scopes: [['manage:jira-configuration'], ['write:group:jira']],
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/user\/current$/,
    scopes: [['read:confluence-user'], ['read:content-details:confluence']],
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/group$/,
    scopes: [['read:confluence-groups'], ['read:group:confluence']],
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/group\/[^/]+\/membersByGroupId$/,
    scopes: [['read:confluence-groups'], ['read:group:confluence', 'read:user:confluence']],
  },
  {
    method: 'POST',
    path: /^\/wiki\/rest\/api\/group$/,
    scopes: [['write:confluence-groups'], ['write:group:confluence', 'read:group:confluence']],
  },
  {
    method: 'POST',
    path: /^\/wiki\/rest\/api\/group\/userByGroupId$/,
    scopes: [['write:confluence-groups'], ['write:group:confluence']],
  },
  {
    method: 'DELETE',
    path: /^\/wiki\/rest\/api\/group\/(by-id|userByGroupId)$/,
    scopes: [['write:confluence-groups'], ['write:group:confluence']],
  },
];

export interface ProductCall {
  readonly product: 'jira' | 'confluence';
  readonly provider: string;
  readonly accountId?: string | undefined;
  readonly path: string;
  readonly init?: RequestInit | undefined;
}

/** Whether the scopes open a route; a route that this table does not know is closed. */
export function isOpen(scopes: readonly string[], method: string, path: string): boolean {
  const { pathname } = new URL(path, 'https://site.atlassian.net');
  const route = routes.find((each) => each.method === method && each.path.test(pathname));
  return route?.scopes.some((needed) => needed.every((scope) => scopes.includes(scope))) ?? false;
}

export interface ProductOptions {
  readonly scopes: readonly string[];
  readonly doubts: Doubts;
  readonly answer: AnswerProduct;
}

/** `requestJira` and `requestConfluence`: identity and scopes first, then the product. */
export function createProductGate({ scopes, doubts, answer }: ProductOptions) {
  return async (invocation: Invocation, call: ProductCall): Promise<Response> => {
    const { product, provider, path } = call;
    if (provider !== 'app' && provider !== 'user') return answerError(401, 'UNAUTHORIZED', 'Unauthorized');
    // Nobody is impersonated: the user is the one in front of the page, or there is none.
    const isOther = call.accountId !== undefined && call.accountId !== invocation.accountId;
    if (provider === 'user' && (invocation.accountId === undefined || isOther)) {
      return answerProxyError(401, 'NEEDS_AUTHENTICATION_ERR');
    }
    const method = call.init?.method?.toUpperCase() ?? 'GET';
    if (!isOpen(scopes, method, path)) {
      const status = doubts.missingScope === 'unauthorized-401' ? 401 : 403;
      return answerJson(status, { code: status, message: 'Unauthorized; scope does not match' });
    }
    const body = call.init?.body;
    if (body != null && typeof body !== 'string') throw new TypeError('The body of a product call is text.');
    return guard(invocation, async () =>
      answer({
        product,
        provider,
        ...(provider === 'user' && invocation.accountId !== undefined ? { accountId: invocation.accountId } : {}),
        path,
        init: { method, ...(body == null ? {} : { body }) },
      }),
    );
  };
}
