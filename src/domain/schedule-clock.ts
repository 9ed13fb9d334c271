/**
 * The wall clock of a time zone. What it shows is told as the moment at which a clock of UTC shows the same:
 * epoch milliseconds, to the second.
 */
export interface WallClock {
  /** What the clock shows at a moment. */
  readonly show: (at: number) => number;
  /**
   * The moment at which the clock first shows this or a later time of the same stretch: a time that is skipped comes when
   * the clock goes on behind the gap, and one that comes twice comes the first time.
   */
  readonly reach: (shown: number) => number;
}

const day = 24 * 3_600_000;
const second = 1_000;

/** Throws `RangeError` when there is no such zone. */
export function openClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const show = (at: number): number => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
  const reach = (shown: number): number => {
    // No zone changes twice within two days: one of the two clocks around holds.
    const ahead = [shown - day, shown + day].map((at) => show(at) - at);
    const early = shown - Math.max(...ahead);
    const late = shown - Math.min(...ahead);
    if (show(early) === shown) return early;
    if (show(late) === shown) return late;
    // Skipped: between the two the clock goes on by the gap.
    let [before, behind] = [early, late];
    while (behind - before > second) {
      const middle = before + Math.floor((behind - before) / 2 / second) * second;
      if (show(middle) < shown) before = middle;
      else behind = middle;
    }
    return behind;
  };
  return { show, reach };
}
