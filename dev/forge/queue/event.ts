import * as v from 'valibot';
import type { Origin } from '../invocation';

/** Limits of async events (limits-async-events). */
export const eventLimits = {
  events: 50,
  requestBytes: 200 * 1024,
  /** For a consumer that may run longer than 55 s. */
  longEventBytes: 100 * 1024,
  delaySeconds: 900,
  retryDataBytes: 4 * 1024,
  retention: 24 * 3600 * 1000,
  cyclicPushes: 1_000,
  eventsPerMinute: 500,
} as const;

export const pushEvent = v.looseObject({
  body: v.record(v.string(), v.unknown()),
  delayInSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(eventLimits.delaySeconds))),
  concurrency: v.optional(v.strictObject({ key: v.string(), limit: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
});

export const pushRequest = v.looseObject({
  queueName: v.pipe(v.string(), v.maxLength(36), v.regex(/^[a-zA-Z0-9-_]+$/)),
  jobId: v.string(),
  type: v.literal('avi:forge:app:event'),
  schema: v.literal('ari:cloud:ecosystem::forge/app-event-2'),
  payload: v.pipe(v.array(pushEvent), v.minLength(1), v.maxLength(eventLimits.events)),
});

export interface RetryContext {
  readonly retryCount: number;
  readonly retryReason: string;
  readonly retryData: unknown;
  readonly retentionWindow: { readonly startTime: string; readonly remainingTimeMs: number };
}

/** An event that waits for delivery. */
export interface QueuedEvent {
  readonly eventId: string;
  readonly jobId: string;
  readonly queueName: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly delayInSeconds?: number;
  readonly concurrency?: { readonly key: string; readonly limit: number };
  readonly pushedAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly origin: Origin;
  readonly retry?: { readonly reason: string; readonly data: unknown };
  /** The same event once more; its end says nothing about the job. */
  readonly isCopy?: boolean;
}

/** What the consumer receives as its first argument. */
export function describeEvent(event: QueuedEvent, now: number): Record<string, unknown> {
  const { body, queueName, jobId, eventId, delayInSeconds, concurrency, retry } = event;
  return {
    body: structuredClone(body),
    queueName,
    jobId,
    eventId,
    ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(retry === undefined
      ? {}
      : {
          retryContext: {
            retryCount: event.attempts,
            retryReason: retry.reason,
            retryData: retry.data,
            retentionWindow: {
              startTime: new Date(event.pushedAt).toISOString(),
              remainingTimeMs: event.pushedAt + eventLimits.retention - now,
            },
          } satisfies RetryContext,
        }),
  };
}
