import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchLike } from '../../src/http/http';

export interface LocalServer {
  /** Public-looking address that only `fetch` below reaches. */
  readonly origin: string;
  /** Node's own fetch with `origin` mapped to the local server. */
  readonly fetch: FetchLike;
  /** Every request that arrived: method and path with query. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** A real HTTP server on a port that the system chooses. */
export async function startServer(listener: RequestListener): Promise<LocalServer> {
  const seen: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe name.
  const { port } = server.address() as AddressInfo;
  const origin = 'https://server.example.test';
  return {
    origin,
    fetch: (url, init) => fetch(url.replace(origin, `http://127.0.0.1:${port}`), init),
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
