import * as v from 'valibot';
import type { Outcome } from '../invocation';
import { eventLimits } from './event';

export interface Retry {
  readonly afterSeconds: number;
  readonly reason: string;
  readonly data: unknown;
}

/** What `new InvocationError(…)` of `@forge/events` turns into. */
const invocationError = v.looseObject({
  _retry: v.literal(true),
  retryOptions: v.looseObject({
    retryAfter: v.optional(v.number(), 1),
    retryReason: v.optional(v.string(), 'FUNCTION_RETRY_REQUEST'),
    retryData: v.optional(v.unknown()),
  }),
});

const reasons = {
  threw: 'FUNCTION_PLATFORM_UNKNOWN_ERROR',
  killed: 'FUNCTION_PLATFORM_UNKNOWN_ERROR',
  stopped: 'FUNCTION_PLATFORM_UNKNOWN_ERROR',
  timeout: 'FUNCTION_TIME_OUT',
} as const;

/** Whether and when an event comes again after an attempt: on the consumer's wish, or growing up to 15 minutes. */
export function computeRetry(outcome: Outcome, attempts: number): Retry | undefined {
  if (outcome.kind !== 'returned') {
    return { afterSeconds: Math.min(900, 5 * 2 ** attempts), reason: reasons[outcome.kind], data: undefined };
  }
  const wish = v.safeParse(invocationError, outcome.value);
  if (!wish.success) return undefined;
  const { retryAfter, retryReason, retryData } = wish.output.retryOptions;
  const tooBig =
    Buffer.byteLength(retryData === undefined ? '' : JSON.stringify(retryData)) > eventLimits.retryDataBytes;
  return {
    afterSeconds: Math.min(eventLimits.delaySeconds, Math.max(1, retryAfter)),
    reason: retryReason,
    data: tooBig ? undefined : retryData,
  };
}
