import type { DoubleRealm } from './realm';

/** A request as it arrived, with everything in it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query as sent, for example '/admin/realms/staff/users?first=0&max=500'. */
  readonly url: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Fault =
  /** The connection is reset before any answer. */
  | { readonly kind: 'reset' }
  /** Status 200 and half of the body, then the connection is reset. */
  | { readonly kind: 'cut' }
  /** A whole answer with status 200 whose JSON is not finished. */
  | { readonly kind: 'truncated' }
  /** Status 200 with rows that turn into Keycloak's error text in the middle (issue 25778 of Keycloak). */
  | { readonly kind: 'error-in-body' }
  /** No answer until the client gives up or the double stops. */
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      /** Seconds or a date. */
      readonly retryAfter?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A page of a proxy in place of the answer. */
  | { readonly kind: 'html'; readonly status: number }
  /** Leaves out the last rows of a list. */
  | { readonly kind: 'short'; readonly by: number }
  /** Any other change of a list's rows. */
  | { readonly kind: 'rows'; readonly change: (rows: readonly unknown[]) => readonly unknown[] }
  /** Adds to a count. */
  | { readonly kind: 'count'; readonly by: number }
  /** Changes the realm before or after this request is answered. */
  | { readonly kind: 'change'; readonly when: 'before' | 'after'; readonly change: (realm: DoubleRealm) => void };

/** The first rule that matches a request (its method, a blank, path and query) and is not used up decides. */
export interface FaultRule {
  readonly match: RegExp | ((request: RecordedRequest, realm: DoubleRealm) => boolean);
  /** How many matching requests are left alone first; none unless said. */
  readonly after?: number;
  /** How many requests it then hits; all unless said. */
  readonly times?: number;
  readonly then: Fault;
}

/** A list page that begins at or past the end of the users listing. */
export function isPastLastUser(request: RecordedRequest, realm: DoubleRealm): boolean {
  const people = realm.users.filter((user) => user.serviceAccountClientId === undefined).length;
  return request.path.endsWith(`/${realm.name}/users`) && Number(request.query.first ?? 0) >= people;
}

/** Finds the fault for each request. Rules may be added while the double runs. */
export function createFaultFinder(
  rules: readonly FaultRule[],
): (request: RecordedRequest, realm: DoubleRealm) => Fault | undefined {
  const seen = new Map<FaultRule, number>();
  return (request, realm) => {
    const text = `${request.method} ${request.url}`;
    for (const rule of rules) {
      const matches = typeof rule.match === 'function' ? rule.match(request, realm) : text.search(rule.match) >= 0;
      if (!matches) continue;
      const before = seen.get(rule) ?? 0;
      const used = before - (rule.after ?? 0);
      if (used >= (rule.times ?? Infinity)) continue;
      seen.set(rule, before + 1);
      if (used >= 0) return rule.then;
    }
    return undefined;
  };
}
