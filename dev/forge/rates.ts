import type { Clock } from './clock';

export type Take = (units?: number) => boolean;

/** Counts units in windows of fixed length; `take` says whether they still fit and counts them when they do. */
export function createRate(clock: Clock, limit: number, windowMilliseconds: number): Take {
  let window = 0;
  let used = 0;
  return (units = 1) => {
    const now = Math.floor(clock.now() / windowMilliseconds);
    if (now !== window) {
      window = now;
      used = 0;
    }
    if (used + units > limit) return false;
    used += units;
    return true;
  };
}
