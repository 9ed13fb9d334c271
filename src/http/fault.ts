import type { FetchAnswer, HttpFault } from './http';

const tlsCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'EPROTO',
]);

/** What Forge's egress control says, in the forms that are known: its error's name, its codes, the words of its runtime. */
const egressNames = /ProxyRequestError|EGRESS/i;
const egressWords = /egress|forge-proxy|external fetch/i;
/** Codes of the system and of Node's fetch: with one of them it was the network, whatever the message (it may name the host). */
const networkCodes = /^(E[A-Z]+|UND_ERR_\w+)$/;

/**
 * Whether Forge's proxy, not the server, gave this answer: a blocked host comes back as a plain 4xx
 * that only the header `forge-proxy-error` tells from the server's own.
 */
export function isBlockedAnswer(answer: Pick<FetchAnswer, 'status' | 'headers'>): boolean {
  return answer.status >= 400 && answer.status < 500 && answer.headers.get('forge-proxy-error') !== null;
}

/** Why `fetch` rejected. Whatever is not known is the network. */
export function describeRejection(error: unknown): HttpFault {
  const chain = [...causes(error)];
  if (chain.some(({ name, code }) => name === 'AbortError' || /Timeout|TIMEDOUT/i.test(`${name} ${code}`)))
    return 'timeout';
  if (chain.some(({ code }) => tlsCodes.has(code) || /^ERR_(TLS|SSL)_/.test(code))) return 'tls';
  if (chain.some(({ name, code }) => egressNames.test(`${name} ${code}`))) return 'not-approved';
  if (chain.some(({ code }) => networkCodes.test(code))) return 'network';
  return chain.some(({ message }) => egressWords.test(message)) ? 'not-approved' : 'network';
}

interface Trace {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** The error, what caused it and, where several attempts to connect failed together, each of them. */
function* causes(error: unknown, depth = 0): Generator<Trace> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const text = (key: string): string => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : '';
  };
  yield { name: text('name'), code: `${text('code')} ${text('errorCode')}`.trim(), message: text('message') };
  yield* causes(Reflect.get(error, 'cause'), depth + 1);
  const errors: unknown = Reflect.get(error, 'errors');
  if (Array.isArray(errors)) for (const one of errors) yield* causes(one, depth + 1);
}
