/** What an app gets of a response: the seven members that `@forge/api` documents, no stream and no address. */
export interface AppResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  text(): Promise<string>;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Hides what the platform's response does not have; `wrap` surrounds the reading of the body. */
export function toAppResponse(response: Response, wrap: <T>(work: () => Promise<T>) => Promise<T>): AppResponse {
  return {
    ok: response.ok,
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
    text: async () => wrap(async () => response.text()),
    json: async () => wrap(async () => JSON.parse(await response.text()) as unknown), // whatever was sent
    arrayBuffer: async () => wrap(async () => response.arrayBuffer()),
  };
}

export function answerJson(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export function answerError(status: number, code: string, message: string): Response {
  return answerJson(status, { code, message });
}

/** The answer of the platform's proxy itself, not of whom it was to reach. */
export function answerProxyError(status: number, code: string): Response {
  return new Response(code, { status, headers: { 'forge-proxy-error': code, 'content-type': 'text/plain' } });
}

export function answerEmpty(status = 200): Response {
  return new Response(null, { status });
}
