/** What time it is on the platform, in milliseconds. */
export interface Clock {
  now(): number;
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
  /** Moves forward to `time`; never back. */
  advanceTo(time: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

export function createManualClock(start = Date.UTC(2026, 0, 5, 12)): ManualClock {
  let time = start;
  const advanceTo = (to: number): void => {
    time = Math.max(time, to);
  };
  return { now: () => time, advance: (milliseconds) => advanceTo(time + milliseconds), advanceTo };
}

export function isManualClock(clock: Clock): clock is ManualClock {
  return 'advanceTo' in clock;
}
