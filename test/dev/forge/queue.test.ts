import { InvocationError, InvocationErrorCode, Queue, type AsyncEvent } from '@forge/events';
import { hostileDelivery } from '../../../dev/forge/queue';
import type { Handler } from '../../../dev/forge/load-app';
import { closeSamples, failureOf, openSample, type SampleOptions } from './sample';

afterEach(closeSamples);

const long = new Queue({ key: 'long' });
const short = new Queue({ key: 'short' });

/** A consumer of both queues that notes each event it gets. */
function openConsumer(
  consume: (event: AsyncEvent, attempt: number) => unknown = () => undefined,
  options: SampleOptions = {},
) {
  const events: AsyncEvent[] = [];
  const handler: Handler = async (event) => {
    events.push(event as AsyncEvent); // what the platform delivers
    return consume(event as AsyncEvent, events.length);
  };
  return { ...openSample({ handlers: { consume: handler, consumeShort: handler }, ...options }), events };
}

describe('a push', () => {
  it('is delivered with its ids, body and settings', async () => {
    const { run, platform, events } = openConsumer();
    const concurrency = { key: 'one', limit: 1 };
    const { jobId } = await run(async () => long.push({ body: { step: 1 }, delayInSeconds: 3, concurrency }));
    const delivered = await platform.drainQueue();
    expect(events).toEqual([
      { body: { step: 1 }, queueName: 'long', jobId, eventId: delivered[0]?.eventId, delayInSeconds: 3, concurrency },
    ]);
    expect(delivered.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([['done', 1]]);
  });

  it.each([
    ['to a queue without a consumer', () => new Queue({ key: 'nobody' }).push({ body: {} }), 'InternalServerError'],
    ['with 51 events', () => long.push(Array.from({ length: 51 }, () => ({ body: {} }))), 'TooManyEventsError'],
    [
      'with 100 KB for a long-running consumer',
      () => long.push({ body: { text: 'x'.repeat(100 * 1024) } }),
      'PayloadTooBigError',
    ],
    ['with 200 KB', () => short.push({ body: { text: 'x'.repeat(200 * 1024) } }), 'PayloadTooBigError'],
    ['with a delay over 900 s', () => long.push({ body: {}, delayInSeconds: 901 }), 'InvalidPushSettingsError'],
    [
      'with a concurrency limit of none',
      () => long.push({ body: {}, concurrency: { key: 'a', limit: 0 } }),
      'InternalServerError',
    ],
  ])('%s is refused', async (_name, push, error) => {
    const { run, platform } = openConsumer();
    expect((await run(async () => failureOf(push()))).constructor.name).toBe(error);
    expect(platform.pendingEvents()).toEqual([]);
  });

  it('with just under 200 KB reaches a short consumer', async () => {
    const { run, platform } = openConsumer();
    await run(async () => short.push({ body: { text: 'x'.repeat(199 * 1024) } }));
    expect(platform.pendingEvents()).toHaveLength(1);
  });

  it('over 500 events a minute is refused until the next one', async () => {
    const { run, clock } = openConsumer(undefined, { ratesEnforced: true });
    const fifty = Array.from({ length: 50 }, () => ({ body: {} }));
    const error = await run(async () => {
      for (let at = 0; at < 10; at += 1) await long.push(fifty);
      return failureOf(long.push({ body: {} }));
    });
    clock.advance(60_000);
    await run(async () => long.push({ body: {} }));
    expect(error.constructor.name).toBe('RateLimitError');
  });

  it('may take effect although the answer is an error, or not at all', async () => {
    const { run, platform } = openConsumer();
    platform.controls.onExternal = () => 'fail-after';
    await run(async () => failureOf(long.push({ body: {} })));
    platform.controls.onExternal = () => 'fail-before';
    await run(async () => failureOf(long.push({ body: {} })));
    expect(platform.pendingEvents()).toHaveLength(1);
  });

  it('out of consumers ends after 1,000 from one origin', async () => {
    let refusal = '';
    const again = async () => {
      await long.push({ body: {} }).catch((error: unknown) => {
        refusal = (error as Error).constructor.name; // the SDK throws errors
      });
    };
    const { run, platform, events } = openConsumer(again);
    await run(async () => long.push({ body: {} }));
    await platform.drainQueue();
    expect([events.length, refusal]).toEqual([1001, 'InvocationLimitReachedError']);
  });
});

describe('a delay', () => {
  it('holds an event back until the clock has passed it', async () => {
    const { run, platform, clock, events } = openConsumer();
    await run(async () => long.push({ body: {}, delayInSeconds: 60 }));
    clock.advance(59_999);
    expect(await platform.deliverNext()).toBeUndefined();
    clock.advance(1);
    await platform.deliverNext();
    expect(events).toHaveLength(1);
  });

  it('moves the clock in a drain, but no further than asked', async () => {
    const { run, platform, clock, events } = openConsumer();
    const start = clock.now();
    await run(async () => long.push([60, 600].map((delayInSeconds) => ({ body: {}, delayInSeconds }))));
    await platform.drainQueue({ within: 300_000 });
    expect([events.length, clock.now() - start, platform.pendingEvents().length]).toEqual([1, 60_000, 1]);
  });
});

describe('a failed delivery', () => {
  it('comes again when the consumer asks for it, with its data', async () => {
    const retryData = { page: 3 };
    const { run, platform, events, clock } = openConsumer((_event, attempt) =>
      attempt === 1
        ? new InvocationError({ retryAfter: 120, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST, retryData })
        : undefined,
    );
    const start = clock.now();
    await run(async () => long.push({ body: {} }));
    const delivered = await platform.drainQueue();
    expect(delivered.map(({ outcome }) => outcome)).toEqual(['retry', 'done']);
    expect(clock.now() - start).toBe(120_000);
    expect(events.map(({ retryContext }) => retryContext)).toEqual([
      undefined,
      {
        retryCount: 1,
        retryReason: 'FUNCTION_RETRY_REQUEST',
        retryData,
        retentionWindow: { startTime: new Date(start).toISOString(), remainingTimeMs: 86_400_000 - 120_000 },
      },
    ]);
  });

  it('comes again later and later after an error, and not after 24 hours', async () => {
    const { run, platform, clock } = openConsumer(() => {
      throw new Error('boom');
    });
    const start = clock.now();
    await run(async () => long.push({ body: {} }));
    const delivered = await platform.drainQueue();
    expect(delivered.at(-1)?.outcome).toBe('given-up');
    expect(delivered.length).toBeGreaterThan(90);
    expect(clock.now() - start).toBeLessThanOrEqual(86_400_000);
  });

  it.each([
    ['redelivered', ['retry', 'done']],
    ['lost', ['lost']],
  ] as const)('of a killed invocation is %s', async (crashed, outcomes) => {
    const { run, platform } = openConsumer(
      async (_event, attempt) => {
        if (attempt === 1) await short.push({ body: { from: 'first' } });
      },
      { delivery: { crashed } },
    );
    await run(async () => long.push({ body: {} }));
    platform.controls.onExternal = () => 'kill-before';
    expect((await platform.drainQueue()).map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  it('that was killed after a push leaves the pushed event behind', async () => {
    const { run, platform, events } = openConsumer(async (event) => {
      if (event.queueName === 'long') await short.push({ body: { from: 'long' } });
    });
    await run(async () => long.push({ body: {} }));
    let kills = 1;
    platform.controls.onExternal = () => ((kills -= 1) >= 0 ? 'kill-after' : 'continue');
    await platform.drainQueue();
    // The killed one comes again and pushes once more.
    expect(events.map(({ queueName }) => queueName)).toEqual(['long', 'short', 'long', 'short']);
  });
});

describe('at least once', () => {
  const two = [{ body: { at: 1 } }, { body: { at: 2 } }];

  it.each([
    ['none', 'as-pushed', [1, 2]],
    ['none', 'reversed', [2, 1]],
    ['sequential', 'as-pushed', [1, 1, 2, 2]],
    ['concurrent', 'reversed', [2, 2, 1, 1]],
  ] as const)('with duplicates %s and order %s delivers %j', async (duplicates, order, seen) => {
    const { run, platform, events } = openConsumer(undefined, { delivery: { duplicates, order } });
    await run(async () => long.push(two));
    await platform.drainQueue();
    expect(events.map(({ body }) => body.at)).toEqual(seen);
  });

  it('delivers duplicates at the same moment, with the same event id', async () => {
    let inside = 0;
    let most = 0;
    const { run, platform, events } = openConsumer(
      async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise(setImmediate);
        inside -= 1;
      },
      { delivery: hostileDelivery },
    );
    await run(async () => long.push({ body: {} }));
    await platform.drainQueue();
    expect([most, new Set(events.map(({ eventId }) => eventId)).size]).toEqual([2, 1]);
  });
});

describe('a job', () => {
  it('counts its events and can be cancelled before delivery', async () => {
    const { run, platform } = openConsumer();
    const { jobId } = await run(async () => long.push([{ body: {} }, { body: {} }]));
    await platform.deliverNext();
    const job = long.getJob(jobId);
    const seen = await run(async () => {
      const before = await job.getStats();
      await job.cancel();
      const unknown = await failureOf(long.getJob('unknown').getStats());
      return [before, await job.getStats(), unknown.constructor.name];
    });
    expect(seen).toEqual([
      { success: 1, inProgress: 1, failed: 0 },
      { success: 1, inProgress: 0, failed: 0 },
      'JobDoesNotExistError',
    ]);
    expect(platform.pendingEvents()).toEqual([]);
  });
});

describe('the driver in real time', () => {
  it('delivers what is pushed, keeps concurrency keys apart, fires triggers and stops', async () => {
    let inside = 0;
    let most = 0;
    let done: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    let ticks = 0;
    const work = async (_event: AsyncEvent, count: number) => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= 1;
      if (count === 3) done();
    };
    let ticked: () => void = () => undefined;
    const tick = new Promise<void>((resolve) => {
      ticked = resolve;
    });
    const events: AsyncEvent[] = [];
    const { run, platform } = openSample({
      clock: { now: () => Date.now() },
      handlers: {
        consume: async (event) => work(event as AsyncEvent, events.push(event as AsyncEvent)), // as delivered
        scheduled: () => {
          ticks += 1;
          ticked();
        },
      },
    });
    const driver = platform.startRealTime({ firstTickAfter: 0 });
    const concurrency = { key: 'run', limit: 1 };
    await run(async () => long.push([1, 2, 3].map((at) => ({ body: { at }, concurrency }))));
    await Promise.all([all, tick]);
    await driver.stop();
    expect([most, events.length, ticks]).toEqual([1, 3, 1]);
  });
});
