/** What Forge's fetch takes and gives: string addresses, plain headers, a body that is read as text. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect?: 'manual';
  readonly signal?: AbortSignal;
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export type FetchLike = (url: string, init: FetchInit) => Promise<FetchAnswer>;

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether sending it twice does no more than once. Others are tried again only where the server cannot have acted (429). */
  readonly repeatable: boolean;
  /** Milliseconds for one attempt; 30,000 unless told. */
  readonly timeoutMs?: number;
  /** Told before each further attempt: the status that made it necessary, none when there was no answer. */
  readonly onRetry?: (status: number | undefined) => void;
}

/** Any answer that no further attempt would change: 2xx, 3xx, 4xx other than 429. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

export interface HttpClient {
  /** Sends, tries again where the policy allows, and answers; throws `HttpError` when there is no such answer. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** Counts every attempt; throws when an invocation has no calls left. */
export interface CallCounter {
  spend(): void;
}

export type HttpFault = 'not-approved' | 'network' | 'tls' | 'timeout' | 'status' | 'address';

/** No usable answer. `path` is without query and host; never a token, secret or body. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(
    readonly fault: HttpFault,
    readonly method: string,
    readonly path: string,
    readonly status: number | undefined,
    readonly retryAfterMs: number | undefined,
    options?: { readonly cause?: unknown },
  ) {
    super(`${method} ${path}: ${fault}${status === undefined ? '' : ` ${status}`}`, options);
  }
}
