import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { answerEmpty, answerJson } from './answer';
import type { Clock } from './clock';
import { performExternal, type OnExternal } from './external';
import { guard, type Invocation, type Outcome } from './invocation';
import { findModule, type Manifest } from './manifest';
import { eventLimits, pushEvent, pushRequest, type QueuedEvent } from './queue/event';
import { computeRetry } from './queue/retry';
import { createRate } from './rates';

/** How unreliable delivery is, within what at-least-once allows. */
export interface Delivery {
  readonly duplicates: 'none' | 'sequential' | 'concurrent';
  readonly order: 'as-pushed' | 'reversed';
  /** Whether the event of a killed invocation comes again. */
  readonly crashed: 'redelivered' | 'lost';
}

export const plainDelivery: Delivery = { duplicates: 'none', order: 'as-pushed', crashed: 'redelivered' };
export const hostileDelivery: Delivery = { duplicates: 'concurrent', order: 'reversed', crashed: 'redelivered' };

export interface Delivered {
  readonly eventId: string;
  readonly queueName: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly attempt: number;
  readonly outcome: 'done' | 'retry' | 'given-up' | 'lost';
  readonly ended: Outcome;
}

interface Job {
  readonly queueName: string;
  success: number;
  inProgress: number;
  failed: number;
}

export interface QueueOptions {
  readonly manifest: Manifest;
  readonly clock: Clock;
  readonly ratesEnforced: boolean;
  readonly delivery: () => Delivery;
  readonly onExternal: () => OnExternal | undefined;
  /** Called for every new event: a driver in real time sets its timer. */
  readonly pushed: () => void;
  readonly consume: (event: QueuedEvent) => Promise<Outcome>;
}

export interface EventQueue {
  answer(invocation: Invocation, path: string, body: string): Promise<Response>;
  readonly pending: () => readonly QueuedEvent[];
  /** Takes the next event that is due and whose concurrency key has room; undefined when there is none. */
  take(): QueuedEvent | undefined;
  /** When the next waiting event becomes due. */
  nextDueAt(): number | undefined;
  /** Hands a taken event to its consumer, as often as at-least-once wants it. */
  deliver(event: QueuedEvent): Promise<readonly Delivered[]>;
}

const statsRequest = v.looseObject({ queueName: v.string(), jobId: v.string() });
const suffix = '/{contextAri}/{environmentId}/{appId}/{appVersion}';

/** The queues of one installation. */
export function createQueue(options: QueueOptions): EventQueue {
  const { manifest, clock } = options;
  const waiting: QueuedEvent[] = [];
  const running: QueuedEvent[] = [];
  const jobs = new Map<string, Job>();
  const perMinute = options.ratesEnforced ? createRate(clock, eventLimits.eventsPerMinute, 60_000) : () => true;

  function refusePush(invocation: Invocation, body: unknown): Response | undefined {
    const request = v.safeParse(pushRequest, body);
    if (!request.success)
      return answerJson(400, { code: 400, message: v.flatten(request.issues).root?.[0] ?? 'Bad event.' });
    const { queueName, payload } = request.output;
    const consumer = manifest.modules.consumer.find(({ queue }) => queue === queueName);
    if (!consumer) return answerJson(400, { code: 400, message: `No consumer of queue ${queueName}.` });
    const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
    const isLong = findModule(manifest, consumer.key).timeoutSeconds > 55;
    if (bytes(payload) > eventLimits.requestBytes) return answerJson(413, { errorMessage: 'More than 200 KB.' });
    if (isLong && payload.some((event) => bytes(event) > eventLimits.longEventBytes)) {
      return answerJson(413, { errorMessage: 'An event of a long-running function has more than 100 KB.' });
    }
    if (!perMinute(payload.length)) return answerJson(429, { message: 'More than 500 events a minute.' });
    if (invocation.module.type === 'consumer') {
      invocation.origin.pushes += 1;
      if (invocation.origin.pushes > eventLimits.cyclicPushes)
        return answerJson(405, { message: 'Cyclic invocation.' });
    }
    return undefined;
  }

  function enqueue(invocation: Invocation, body: unknown): Response {
    const { queueName, jobId, payload } = v.parse(pushRequest, body);
    jobs.set(jobId, { queueName, success: 0, inProgress: payload.length, failed: 0 });
    for (const each of payload) {
      const { body: content, delayInSeconds, concurrency } = v.parse(pushEvent, each);
      waiting.push({
        eventId: randomUUID(),
        jobId,
        queueName,
        body: content,
        ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
        ...(concurrency === undefined ? {} : { concurrency }),
        pushedAt: clock.now(),
        dueAt: clock.now() + (delayInSeconds ?? 0) * 1000,
        attempts: 0,
        origin: invocation.origin,
      });
    }
    options.pushed();
    return answerJson(201, {});
  }

  function answerJob(path: string, body: unknown): Response {
    const { queueName, jobId } = v.parse(statsRequest, body);
    const job = jobs.get(jobId);
    if (job?.queueName !== queueName) return answerEmpty(404);
    const { success, inProgress, failed } = job;
    if (path.includes('/stats/')) return answerJson(200, { success, inProgress, failed });
    for (let at = waiting.length - 1; at >= 0; at -= 1) if (waiting[at]?.jobId === jobId) waiting.splice(at, 1);
    job.inProgress = running.filter((event) => event.jobId === jobId).length;
    return answerEmpty(204);
  }

  function hasRoom({ concurrency }: QueuedEvent): boolean {
    if (!concurrency) return true;
    return running.filter((event) => event.concurrency?.key === concurrency.key).length < concurrency.limit;
  }

  function settle(event: QueuedEvent, ended: Outcome): Delivered {
    const { eventId, queueName, body } = event;
    const delivered = { eventId, queueName, body, attempt: event.attempts + 1, ended };
    const job = event.isCopy ? undefined : jobs.get(event.jobId);
    const count = (field: 'success' | 'failed'): void => {
      if (!job) return;
      job.inProgress -= 1;
      job[field] += 1;
    };
    if (ended.kind === 'killed' && options.delivery().crashed === 'lost') {
      count('failed');
      return { ...delivered, outcome: 'lost' };
    }
    const retry = event.isCopy ? undefined : computeRetry(ended, event.attempts);
    if (!retry) {
      count(ended.kind === 'returned' ? 'success' : 'failed');
      return { ...delivered, outcome: ended.kind === 'returned' ? 'done' : 'given-up' };
    }
    const dueAt = clock.now() + retry.afterSeconds * 1000;
    if (dueAt > event.pushedAt + eventLimits.retention) {
      count('failed');
      return { ...delivered, outcome: 'given-up' };
    }
    waiting.push({ ...event, dueAt, attempts: event.attempts + 1, retry: { reason: retry.reason, data: retry.data } });
    options.pushed();
    return { ...delivered, outcome: 'retry' };
  }

  async function attempt(event: QueuedEvent): Promise<Delivered> {
    running.push(event);
    try {
      return settle(event, await options.consume(event));
    } finally {
      running.splice(running.indexOf(event), 1);
    }
  }

  return {
    async answer(invocation, path, text) {
      const body: unknown = JSON.parse(text);
      if (path === `/webhook/queue/stats${suffix}` || path === `/webhook/queue/cancel${suffix}`) {
        return guard(invocation, async () => answerJob(path, body));
      }
      if (path !== `/webhook/queue/publish${suffix}`) return answerEmpty(404);
      const request = v.safeParse(pushRequest, body);
      const { queueName = '', payload = [] } = request.success ? request.output : {};
      return performExternal(
        { kind: 'queue', queueName, events: payload.map((event) => event.body), invocation },
        options.onExternal(),
        async () => refusePush(invocation, body) ?? enqueue(invocation, body),
        () => answerJson(500, { code: 500, message: 'The queue did not answer in time.' }),
      );
    },
    pending: () => [...waiting],
    take() {
      const due = waiting.filter((event) => event.dueAt <= clock.now() && hasRoom(event));
      const event = options.delivery().order === 'reversed' ? due.at(-1) : due[0];
      if (event) waiting.splice(waiting.indexOf(event), 1);
      return event;
    },
    nextDueAt: () => (waiting.length === 0 ? undefined : Math.min(...waiting.map(({ dueAt }) => dueAt))),
    async deliver(event) {
      const copy: QueuedEvent = { ...event, isCopy: true };
      switch (options.delivery().duplicates) {
        case 'none':
          return [await attempt(event)];
        case 'sequential':
          return [await attempt(event), await attempt(copy)];
        case 'concurrent':
          return Promise.all([attempt(event), attempt(copy)]);
      }
    },
  };
}
