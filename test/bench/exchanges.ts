/** One request to Keycloak as it went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Milliseconds of a monotonic clock: sent, and body read to its end. */
  readonly sentAt: number;
  endedAt: number;
}

type Fetch = typeof globalThis.fetch;

/**
 * Puts a stopwatch around the process's fetch. To be called before the platform keeps it: the app's own path runs on top.
 * Only requests to addresses that `watch` names are noted.
 */
export function recordExchanges(): { readonly real: Fetch; take(prefix: string): readonly Exchange[] } {
  const real = globalThis.fetch.bind(globalThis);
  const exchanges: Exchange[] = [];
  globalThis.fetch = async (input, init) => {
    const exchange: Exchange = {
      method: init?.method ?? 'GET',
      url: typeof input === 'string' ? input : 'url' in input ? input.url : input.href,
      headers: toRecord(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : undefined,
      sentAt: performance.now(),
      endedAt: 0,
    };
    exchanges.push(exchange);
    const response = await real(input, init);
    const text = response.text.bind(response);
    response.text = async () => {
      const read = await text();
      exchange.endedAt = performance.now();
      return read;
    };
    return response;
  };
  return {
    real,
    take: (prefix) => {
      const taken = exchanges.filter(({ url }) => url.startsWith(prefix));
      exchanges.length = 0;
      return taken;
    },
  };
}

function toRecord(headers: Headers): Record<string, string> {
  const record: Record<string, string> = {};
  headers.forEach((value, name) => (record[name] = value));
  return record;
}

/** Milliseconds from the first request to the end of the last answer. */
export function wallOf(exchanges: readonly Exchange[]): number {
  return Math.max(...exchanges.map(({ endedAt }) => endedAt)) - Math.min(...exchanges.map(({ sentAt }) => sentAt));
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
