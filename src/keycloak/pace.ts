import pLimit from 'p-limit';
import type { Progress } from '../domain/run';
import type { KeycloakAccess } from './access';

/** How fast and how long one invocation reads. */
export interface Pace {
  /** Whether another request may begin: calls and time are left for what is in flight and for saving. */
  mayGoOn(): boolean;
  /**
   * Does `work` for the items, several of all that are given at once and in their order, until all are done, one of them failed, or the
   * budget is nearly used. Nothing runs on after it returns.
   */
  each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void>;
  /** Shows progress: after the first second, and at most once a second for the same thing. */
  report(progress: Progress): Promise<void>;
}

/** Measured: 6 to 8 at once read a realm fastest; 16 are slower. */
const atOnce = 8;
/** Calls kept back for second attempts of what is in flight, a new token and the directory's first calls. */
const callsKept = 2 * atOnce;
/** Milliseconds kept back for the slowest request in flight and for saving a large reading. */
const timeKept = 60_000;

export function createPace({ budget, now }: KeycloakAccess, report: (progress: Progress) => Promise<void>): Pace {
  const started = now();
  const limit = pLimit(atOnce);
  const failures: unknown[] = [];
  let shown: { readonly what: string; readonly at: number } | undefined;
  const mayGoOn = (): boolean => budget.callsLeft() > callsKept && budget.timeLeft() > timeKept;
  return {
    mayGoOn,
    async each(items, work) {
      await limit.map(items, async (item) => {
        if (failures.length > 0 || !mayGoOn()) return;
        try {
          await work(item);
        } catch (error) {
          // Kept, so that the requests in flight end before the invocation does. A request that runs out of calls
          // or time is no failure: what was read is saved, and the next invocation asks again.
          if (mayGoOn()) failures.push(error);
        }
      });
      if (failures.length > 0) throw failures[0];
    },
    async report(progress) {
      if (now() - started < 1_000 || (shown?.what === progress.what && now() - shown.at < 1_000)) return;
      shown = { what: progress.what, at: now() };
      await report(progress);
    },
  };
}
