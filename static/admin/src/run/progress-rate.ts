import type { Progress } from '../../../../src/domain/run';

export interface Sample {
  readonly at: number;
  readonly what: string;
  readonly done: number;
}

/** The samples after one more; only those of the same count within the last 20 seconds matter. */
export function addSample(samples: readonly Sample[], progress: Progress | undefined, at: number): readonly Sample[] {
  if (progress === undefined) return [];
  const kept = samples.filter(
    (sample) => sample.what === progress.what && sample.done <= progress.done && at - sample.at <= 20_000,
  );
  return [...kept, { at, what: progress.what, done: progress.done }];
}

/** How many are done in a second; absent while nothing can be said. */
export function computeRate(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 2_000) return undefined;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** The time that is left at a rate, in milliseconds; absent without a total or at a stand. */
export function computeTimeLeft({ done, total }: Progress, rate: number | undefined): number | undefined {
  if (total === undefined || rate === undefined || rate <= 0) return undefined;
  return (Math.max(0, total - done) / rate) * 1000;
}
