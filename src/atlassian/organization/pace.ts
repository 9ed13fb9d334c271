import pLimit from 'p-limit';

export interface Pace {
  /** Runs the task when its turn comes. */
  run<Value>(task: () => Promise<Value>): Promise<Value>;
  /** Halves the pace for as long as this lives: fewer calls at once first, then longer gaps between them. */
  slowDown(): void;
}

const firstGapMs = 300;
const longestGapMs = 5_000;

/** Atlassian publishes no limits for users and groups, so the pace starts modest and only ever falls. */
export function createPace(concurrency: number, sleep: (ms: number) => Promise<void>): Pace {
  const limit = pLimit(concurrency);
  let gapMs = 0;
  return {
    run: (task) =>
      limit(async () => {
        if (gapMs > 0) await sleep(gapMs);
        return task();
      }),
    slowDown() {
      if (limit.concurrency > 1) limit.concurrency = Math.floor(limit.concurrency / 2);
      else gapMs = Math.min(longestGapMs, gapMs === 0 ? firstGapMs : gapMs * 2);
    },
  };
}
