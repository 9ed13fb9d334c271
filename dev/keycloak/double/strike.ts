import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Fault } from './faults';
import type { DoubleRealm } from './realm';

export interface DoubleEnv {
  Bindings: HttpBindings;
}

type Answer = () => Promise<Response>;

const errorText = '{"error":"unknown_error","error_description":"For more on this error consult the server log."}';
const proxyPage =
  '<html>\r\n<head><title>Gateway</title></head>\r\n<body>\r\n<center><h1>Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

/** The same status and headers over another text. */
async function rewrite(answer: Answer, change: (text: string) => string): Promise<Response> {
  const response = await answer();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(change(await response.text()), { status: response.status, headers });
}

function rewriteRows(answer: Answer, change: (rows: readonly unknown[]) => readonly unknown[]): Promise<Response> {
  return rewrite(answer, (text) => {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? JSON.stringify(change(rows)) : text;
  });
}

function addToCount(text: string, by: number): string {
  const count: unknown = JSON.parse(text);
  if (typeof count === 'number') return JSON.stringify(count + by);
  if (typeof count === 'object' && count !== null && 'count' in count) {
    return JSON.stringify({ ...count, count: Number(count.count) + by });
  }
  return text;
}

async function cut(context: Context<DoubleEnv>, answer: Answer): Promise<Response> {
  const { incoming, outgoing } = context.env;
  const text = await (await answer()).text();
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) + 1 });
  await new Promise((sent) => outgoing.write(half(text), sent));
  incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Answers a request as the fault says; `answer` is what the double would say without it. */
export async function strike(
  context: Context<DoubleEnv>,
  fault: Fault,
  realm: DoubleRealm,
  answer: Answer,
): Promise<Response> {
  const { incoming, outgoing } = context.env;
  switch (fault.kind) {
    case 'reset':
      incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'cut':
      return cut(context, answer);
    case 'hang':
      await new Promise((closed) => outgoing.once('close', closed));
      return RESPONSE_ALREADY_SENT;
    case 'truncated':
      return rewrite(answer, half);
    case 'error-in-body':
      return rewrite(answer, (text) => half(text) + errorText);
    case 'status': {
      const headers = new Headers({ 'content-type': 'application/json', ...fault.headers });
      if (fault.retryAfter !== undefined) headers.set('retry-after', fault.retryAfter);
      return new Response(fault.body ?? '', { status: fault.status, headers });
    }
    case 'html':
      return new Response(proxyPage, { status: fault.status, headers: { 'content-type': 'text/html' } });
    case 'short':
      return rewriteRows(answer, (rows) => rows.slice(0, Math.max(0, rows.length - fault.by)));
    case 'rows':
      return rewriteRows(answer, fault.change);
    case 'count':
      return rewrite(answer, (text) => addToCount(text, fault.by));
    case 'change': {
      if (fault.when === 'before') fault.change(realm);
      const response = await answer();
      if (fault.when === 'after') fault.change(realm);
      return response;
    }
  }
}
