import type { HttpFault } from './http';

/** How an attempt failed. */
export interface Failure {
  readonly fault: HttpFault;
  readonly status?: number;
  /** How long the server asks to wait, in milliseconds. */
  readonly askedMs?: number;
}

interface RetryRule {
  readonly on: HttpFault | number;
  /** `any`: the server has not acted, so that sending again is safe for every request. */
  readonly requests: 'repeatable' | 'any';
}

/** Everything that is tried again. A TLS fault, a refused address and every other status would not change. */
export const retryRules: readonly RetryRule[] = [
  { on: 'network', requests: 'repeatable' },
  { on: 'timeout', requests: 'repeatable' },
  { on: 429, requests: 'any' },
  { on: 500, requests: 'repeatable' },
  { on: 502, requests: 'repeatable' },
  { on: 503, requests: 'repeatable' },
  { on: 504, requests: 'repeatable' },
];

/** Milliseconds before the second, third and fourth attempt; their number limits the attempts. */
export const backoffMs: readonly number[] = [500, 2_000, 8_000];

/** A longer wait is left to the caller: an invocation costs money while it sleeps. */
export const longestWaitMs = 60_000;

/**
 * Milliseconds to wait before another attempt, or `undefined` when there is none to make.
 * `attempt` counts those made; `random` is in [0, 1). The server's own wish is never undercut.
 */
export function computeDelay(
  failure: Failure,
  repeatable: boolean,
  attempt: number,
  random: number,
): number | undefined {
  const rule = retryRules.find(({ on }) => on === (failure.status ?? failure.fault));
  const backoff = backoffMs[attempt - 1];
  if (rule === undefined || backoff === undefined || (rule.requests === 'repeatable' && !repeatable)) return undefined;
  const asked = (failure.askedMs ?? 0) * (1 + 0.3 * random);
  const delay = Math.max(backoff * (0.7 + 0.6 * random), asked);
  return delay > longestWaitMs ? undefined : Math.round(delay);
}

/**
 * Milliseconds that an answer asks to wait: `Retry-After` in seconds or as a date, else, on 429, `X-RateLimit-Reset`
 * as seconds, epoch seconds, epoch milliseconds or a date. Never negative; `undefined` when nothing readable is said.
 */
export function parseAskedWait(
  status: number,
  header: (name: string) => string | undefined,
  now: number,
): number | undefined {
  const after = parseWait(header('retry-after'), now);
  if (after !== undefined || status !== 429) return after;
  return parseWait(header('x-ratelimit-reset'), now);
}

function parseWait(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) {
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
  }
  if (!Number.isFinite(number) || number < 0) return undefined;
  if (number > 1e12) return Math.max(0, number - now);
  if (number > 1e9) return Math.max(0, number * 1_000 - now);
  return number * 1_000;
}
