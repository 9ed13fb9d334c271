import type { Clock } from '../clock';
import type { Manifest } from '../manifest';
import type { EventQueue } from '../queue';

const intervals = {
  fiveMinute: 5 * 60_000,
  hour: 3_600_000,
  day: 24 * 3_600_000,
  week: 7 * 24 * 3_600_000,
};

export interface RealTimeOptions {
  /** Until the first scheduled run; about five minutes after a deployment on the platform. */
  readonly firstTickAfter?: number;
  /** Told of every failed invocation; a driver has nobody to throw at. */
  readonly onError?: (error: unknown) => void;
}

export interface RealTimeDriver {
  /** Looks at the queue again, because something was pushed. */
  wake(): void;
  /** Clears every timer; deliveries in flight are waited for. */
  stop(): Promise<void>;
}

interface Driven {
  readonly manifest: Manifest;
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly fire: (moduleKey: string) => Promise<unknown>;
}

/** Delivers events and fires scheduled triggers as time goes by. */
export function startRealTime({ manifest, clock, queue, fire }: Driven, options: RealTimeOptions = {}): RealTimeDriver {
  const { firstTickAfter = 5 * 60_000, onError = () => undefined } = options;
  const flying = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let next: NodeJS.Timeout | undefined;
  let stopped = false;

  function fly(work: Promise<unknown>): void {
    const flight = work
      .then(() => undefined, onError)
      .finally(() => {
        flying.delete(flight);
        wake();
      });
    flying.add(flight);
  }

  function wake(): void {
    if (stopped) return;
    clearTimeout(next);
    for (let event = queue.take(); event; event = queue.take()) fly(queue.deliver(event));
    const dueAt = queue.nextDueAt();
    // An event that is due but has no room waits for the end of the one before, which wakes the driver again.
    if (dueAt !== undefined) next = setTimeout(wake, Math.max(50, dueAt - clock.now()));
  }

  function schedule(moduleKey: string, after: number, interval: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (stopped) return;
      fly(fire(moduleKey));
      schedule(moduleKey, interval, interval);
    }, after);
    timers.add(timer);
  }

  for (const { key, interval } of manifest.modules.scheduledTrigger) schedule(key, firstTickAfter, intervals[interval]);
  wake();
  return {
    wake: () => void setImmediate(wake),
    async stop() {
      stopped = true;
      clearTimeout(next);
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(flying);
    },
  };
}
