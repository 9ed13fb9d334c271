/** One request and its answer as they went over the wire. Keys are never recorded. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Parsed JSON, the text if it is none, undefined without a body. */
  readonly body: unknown;
  /** 0: no answer was sent (time-out, reset). */
  readonly status: number;
  readonly responseBody: unknown;
  /** Kind of the fault that answered instead of, or after, the organization. */
  readonly fault?: string;
}

export interface Traffic {
  readonly all: readonly Exchange[];
  /** Requests that ask to change something, whatever the answer. */
  writes(): readonly Exchange[];
  /** How many requests went to paths that contain this text or match the expression. */
  count(path: string | RegExp, method?: string): number;
  clear(): void;
  record(exchange: Exchange): void;
}

const readingPosts = /\/(users\/search|groups\/search|workspaces|permissions\/check)$/;

/** Whether a request asks to change something: searches and permission checks are reads though they are POSTs. */
export function isWrite(exchange: Pick<Exchange, 'method' | 'path'>): boolean {
  const path = exchange.path.split('?')[0] ?? '';
  return exchange.method !== 'GET' && !(exchange.method === 'POST' && readingPosts.test(path));
}

export function createTraffic(): Traffic {
  const all: Exchange[] = [];
  return {
    all,
    writes: () => all.filter(isWrite),
    count: (path, method) =>
      all.filter(
        (exchange) =>
          (method === undefined || exchange.method === method) &&
          (typeof path === 'string' ? exchange.path.includes(path) : path.test(exchange.path)),
      ).length,
    clear: () => void all.splice(0),
    record: (exchange) => void all.push(exchange),
  };
}

/** JSON when it is some, the text otherwise, undefined when empty. */
export function parseText(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
