import { isManualClock, type Clock } from '../clock';
import type { Delivered, EventQueue } from '../queue';

export interface DrainOptions {
  /** Deliveries after which a drain that never ends is an error. */
  readonly limit?: number;
  /** Stop before an event that is due later than this many milliseconds from now. */
  readonly within?: number;
}

/** Delivers the next due event; undefined when none is due. */
export async function deliverNext(queue: EventQueue): Promise<readonly Delivered[] | undefined> {
  const event = queue.take();
  return event && queue.deliver(event);
}

/** Delivers until nothing waits any more, moving a manual clock over delays and back-offs. */
export async function drainQueue(
  queue: EventQueue,
  clock: Clock,
  options: DrainOptions = {},
): Promise<readonly Delivered[]> {
  const { limit = 10_000, within = Infinity } = options;
  const end = clock.now() + within;
  const delivered: Delivered[] = [];
  for (;;) {
    const results = await deliverNext(queue);
    if (results) {
      delivered.push(...results);
      if (delivered.length > limit) throw new Error(`The queue is not empty after ${limit} deliveries.`);
      continue;
    }
    const next = queue.nextDueAt();
    if (next === undefined || next > end) return delivered;
    if (!isManualClock(clock)) throw new Error('Only with a manual clock can a drain pass over a delay.');
    clock.advanceTo(next);
  }
}
