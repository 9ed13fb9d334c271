import type { ServerResponse } from 'node:http';
import { startServer, type LocalServer } from './local-server';

export interface Passing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Another answer in place of the true one, or `sent` when it wrote (or broke) the answer itself. */
export type Disturbance = (answer: Passing, response: ServerResponse) => Passing | 'sent';

/** One fault on one kind of request. */
export interface Disturbed {
  /** Looked for in the method, a blank, path and query. */
  readonly match: RegExp;
  /** How many matching requests pass first. */
  readonly after?: number;
  /** How many are hit then; all unless said. */
  readonly times?: number;
  readonly by: Disturbance;
}

/** A relay in front of a local server that passes every request on and may spoil the answer. */
export async function startBetween(upstream: string, faults: readonly Disturbed[]): Promise<LocalServer> {
  const seen = new Map<Disturbed, number>();
  const find = (text: string): Disturbance | undefined => {
    for (const fault of faults) {
      if (!fault.match.test(text)) continue;
      const before = seen.get(fault) ?? 0;
      seen.set(fault, before + 1);
      const used = before - (fault.after ?? 0);
      if (used >= 0 && used < (fault.times ?? Infinity)) return fault.by;
    }
    return undefined;
  };
  const pass = async (method: string, path: string, headers: Headers, body: string): Promise<Passing> => {
    const init = method === 'GET' ? { method, headers } : { method, headers, body };
    const answer = await fetch(`${upstream}${path}`, { ...init, redirect: 'manual' });
    const type = answer.headers.get('content-type');
    return {
      status: answer.status,
      headers: type === null ? {} : { 'content-type': type },
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };
  return startServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = 'GET', url = '/' } = request;
      const headers = new Headers();
      for (const name of ['authorization', 'accept', 'content-type']) {
        const value = request.headers[name];
        if (typeof value === 'string') headers.set(name, value);
      }
      void pass(method, url, headers, body)
        .then((answer) => find(`${method} ${url}`)?.(answer, response) ?? answer)
        .then((answer) => {
          if (answer !== 'sent') response.writeHead(answer.status, answer.headers).end(answer.body);
        })
        .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
  });
}
