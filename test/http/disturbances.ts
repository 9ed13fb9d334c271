import { gzipSync } from 'node:zlib';
import type { Disturbance, Passing } from './between';

const json = { 'content-type': 'application/json' };

/** The same answer with another body. */
export const body =
  (change: (text: string) => string | Buffer): Disturbance =>
  (answer) => ({ ...answer, body: Buffer.from(change(answer.body.toString())) });

/** Rows of a list, whole or changed; what is no list passes. */
export const rows = (change: (rows: readonly Row[]) => unknown): Disturbance =>
  body((text) => {
    const parsed: unknown = JSON.parse(text);
    // The stand-ins send rows of objects.
    return Array.isArray(parsed) ? JSON.stringify(change(parsed as Row[])) : text;
  });

export type Row = Readonly<Record<string, unknown>>;

export const status =
  (code: number, text = '', headers: Readonly<Record<string, string>> = json): Disturbance =>
  () => ({ status: code, headers, body: Buffer.from(code === 204 || code === 304 ? '' : text) });

export const says = (code: number, error: string): Disturbance => status(code, JSON.stringify({ error }));

export const html = (code: number): Disturbance =>
  status(code, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' });

/** The connection breaks before any answer. */
export const reset: Disturbance = (_answer, response) => {
  response.socket?.resetAndDestroy();
  return 'sent';
};

/** No answer at all. */
export const silence: Disturbance = () => 'sent';

/** Half of the body arrives; then the connection breaks, or ends in peace although more was announced. */
export const halfSent =
  (end: 'reset' | 'end'): Disturbance =>
  (answer, response) => {
    response.writeHead(200, { ...answer.headers, 'content-length': answer.body.length });
    response.write(half(answer.body), () => {
      if (end === 'reset') response.socket?.resetAndDestroy();
      else response.socket?.end();
    });
    return 'sent';
  };

/** A compressed answer whose end is missing. */
export const gzipCut: Disturbance = (answer) => ({
  ...answer,
  headers: { ...answer.headers, 'content-encoding': 'gzip' },
  body: half(gzipSync(answer.body)),
});

export const encoded =
  (encoding: BufferEncoding): Disturbance =>
  (answer: Passing) => ({ ...answer, body: Buffer.from(answer.body.toString(), encoding) });

/** Something happens at the server once the true answer is on its way; the answer passes. */
export const meanwhile =
  (happen: () => void): Disturbance =>
  (answer) => {
    happen();
    return answer;
  };

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
