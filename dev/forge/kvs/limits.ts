import { badRequest } from './refusal';
import type { Space } from './store';

const KiB = 1024;

/** Limits of Forge's storage (limits-kvs-ce, storage-reference/kvs-api-secret). */
export const limits = {
  keyLength: 500,
  keyPattern: /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/,
  valueBytes: 240 * KiB,
  secretBytes: 128 * KiB,
  depth: 31,
  operations: 25,
  requestBytes: 4 * KiB * KiB,
  pageDefault: 10,
  pageMaximum: 100,
  ttlSeconds: 365 * 24 * 3600,
} as const;

export function checkKey(key: unknown): asserts key is string {
  if (typeof key !== 'string' || key.length === 0 || key.length > limits.keyLength || !limits.keyPattern.test(key)) {
    throw badRequest('INVALID_KEY', `A key has 1 to ${limits.keyLength} characters of ${String(limits.keyPattern)}.`);
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((deepest, each) => Math.max(deepest, depthOf(each)), 0);
}

export function checkValue(space: Space, value: unknown): void {
  if (value === undefined || value === null) throw badRequest('INVALID_VALUE', 'A value must not be empty.');
  const bytes = Buffer.byteLength(JSON.stringify(value));
  const allowed = space.kind === 'secret' ? limits.secretBytes : limits.valueBytes;
  if (bytes > allowed) throw badRequest('MAX_SIZE', `The value has ${bytes} bytes, at most ${allowed} are allowed.`);
  if (depthOf(value) > limits.depth) throw badRequest('MAX_DEPTH', `The value is deeper than ${limits.depth} levels.`);
}

const unitSeconds = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 86400 };

/** Milliseconds that a row lives, or undefined without a time to live. */
export function parseTtl(ttl: { value: number; unit: keyof typeof unitSeconds } | undefined): number | undefined {
  if (!ttl) return undefined;
  const seconds = ttl.value * unitSeconds[ttl.unit];
  if (!(seconds > 0) || seconds > limits.ttlSeconds)
    throw badRequest('INVALID_TTL', 'A time to live is at most a year.');
  return seconds * 1000;
}
