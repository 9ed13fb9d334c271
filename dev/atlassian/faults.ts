/** What goes wrong. *After write*: the organization has done as asked, only the answer is lost or replaced. */
export type FaultKind =
  | {
      readonly kind: 'status' | 'status after write';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'timeout' | 'timeout after write' | 'reset' | 'reset after write' }
  /** The connection breaks in the middle of the body. */
  | { readonly kind: 'truncated' }
  /** A complete answer whose JSON ends in the middle. */
  | { readonly kind: 'half JSON' }
  /** Something happens just before the request is answered as usual: a key expires, somebody suspends by hand. */
  | { readonly kind: 'meanwhile'; readonly run: () => void };

export interface Fault {
  readonly method?: string;
  /** Part of the path, or an expression over path and query. */
  readonly path?: string | RegExp;
  /** Which of the matching requests from now on, from 1. */
  readonly nth?: number;
  /** How many of them in a row, 1 by default. */
  readonly times?: number;
  readonly fault: FaultKind;
}

export interface Faults {
  /** Plans a fault; of several that fit the earliest planned one strikes. */
  plan(fault: Fault): void;
  clear(): void;
  /** Planned faults that have not struck as often as they should. */
  pending(): number;
  /** For the server: the fault of this request. */
  next(method: string, path: string): FaultKind | undefined;
}

export function createFaults(): Faults {
  const planned: { readonly fault: Fault; seen: number; left: number }[] = [];
  const fits = ({ method, path }: Fault, request: { readonly method: string; readonly path: string }): boolean =>
    (method === undefined || method === request.method) &&
    (path === undefined || (typeof path === 'string' ? request.path.includes(path) : path.test(request.path)));

  return {
    plan: (fault) => void planned.push({ fault, seen: 0, left: fault.times ?? 1 }),
    clear: () => void planned.splice(0),
    pending: () => planned.filter((each) => each.left > 0).length,
    next(method, path) {
      let struck: FaultKind | undefined;
      for (const each of planned) {
        if (each.left === 0 || !fits(each.fault, { method, path })) continue;
        each.seen += 1;
        if (struck || each.seen < (each.fault.nth ?? 1)) continue;
        each.left -= 1;
        struck = each.fault.fault;
      }
      return struck;
    },
  };
}

/** The 429 of the gateway: no `Retry-After`, no reason, its own body. */
export const gatewayRateLimit: FaultKind = {
  kind: 'status',
  status: 429,
  body: { timestamp: '2026-11-01T00:00:00.000+00:00', path: '/', status: 429, error: 'Too Many Requests', message: '' },
};

/** The 403 of the gateway, with its own body. */
export const gatewayForbidden: FaultKind = {
  kind: 'status',
  status: 403,
  body: {
    timestamp: '2026-11-01T00:00:00.000+00:00',
    path: '/',
    status: 403,
    error: 'Forbidden',
    message: 'Forbidden',
    requestId: '1',
  },
};

/** A 429 that says how many seconds to wait. */
export function rateLimit(seconds: number): FaultKind {
  return {
    kind: 'status',
    status: 429,
    body: { code: 429, message: 'Too many requests' },
    headers: { 'Retry-After': String(seconds) },
  };
}
