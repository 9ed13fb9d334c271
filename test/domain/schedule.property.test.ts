import fc from 'fast-check';
import { SettingsError } from '../../src/domain/errors';
import { isDue, nextTimes, parseSchedule, type Timing } from '../../src/domain/schedule';
import { formatKind, hourSteps, parseKind, weekdays, type ScheduleKind } from '../../src/domain/schedule-kind';

/* Whatever is chosen, and wherever clocks change: starts keep their distance, none is doubled, none is lost. */
const halfHour = 30 * 60_000;
const dayMs = 48 * halfHour;
const minute = 60_000;

const timeZone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
  'America/Santiago',
  'Asia/Beirut',
  'Antarctica/Troll',
  'Africa/Casablanca',
);
/** Near a change of one of the zones, or anywhere. */
const moment = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-10-04', '2026-04-05', '2026-09-06'),
      fc.integer({ min: -2 * 24 * 60, max: 24 * 60 }),
    )
    .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * minute),
  fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') }),
);

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const kind: fc.Arbitrary<ScheduleKind> = fc.oneof(
  fc.record({ kind: fc.constant('hours' as const), every: fc.constantFrom(...hourSteps) }),
  fc.record({ kind: fc.constant('daily' as const), time }),
  fc.record({
    kind: fc.constant('weekly' as const),
    weekdays: fc
      .subarray([...weekdays], { minLength: 1 })
      .map((chosen) => weekdays.filter((day) => chosen.includes(day))),
    time,
  }),
);

const numbers = (min: number, max: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((list) => list.join());
/** Any expression that passes. */
const cron = fc
  .tuple(fc.oneof(numbers(0, 59), fc.constant('*/30')), fc.oneof(numbers(0, 23), fc.constant('*')), fc.boolean())
  .map(([minutes, hours, onSundays]) => `${minutes} ${hours} * * ${onSundays ? '0' : '*'}`)
  .filter(passes);
// Some are enough: to look whether one passes takes longer than everything else here.
const someCrons = fc.constantFrom(...fc.sample(cron, { numRuns: 60, seed: 7 }));
const schedule: fc.Arbitrary<Timing> = fc.record({ cron: fc.oneof(kind.map(formatKind), someCrons), timeZone });

function passes(expression: string): boolean {
  try {
    parseSchedule(expression, 'UTC');
    return true;
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}

const showLocally = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' }).format(
    at,
  );

describe('whatever the schedule', () => {
  it('starts ascend, at least 30 minutes apart, all of them after the moment', () => {
    fc.assert(
      fc.property(schedule, moment, (timing, after) => {
        const times = [after, ...nextTimes(timing, after, 8)];
        expect(times).toHaveLength(9);
        times.slice(1).forEach((start, index) => {
          expect(start - (times[index] ?? 0)).toBeGreaterThanOrEqual(index === 0 ? 1 : halfHour);
        });
      }),
    );
  });

  it('it is due exactly when one of its next times has come', () => {
    fc.assert(
      fc.property(schedule, moment, fc.integer({ min: 0, max: 9 * 24 * 60 }), (timing, after, minutes) => {
        const now = after + minutes * minute;
        const [next = Infinity] = nextTimes(timing, after, 1);
        expect(isDue(timing, after, now)).toBe(next <= now);
        if (next === Infinity) return;
        expect([isDue(timing, after, next - 1), isDue(timing, after, next)]).toEqual([false, true]);
        expect(isDue(timing, next, next)).toBe(false);
      }),
    );
  });

  it('the next times do not depend on the moment from which one looks', () => {
    fc.assert(
      fc.property(schedule, moment, fc.integer({ min: 1, max: 12 * 60 }), (timing, after, minutes) => {
        const later = after + minutes * minute;
        const seen = nextTimes(timing, after, 28).filter((start) => start > later);
        expect(nextTimes(timing, later, 3)).toEqual(seen.slice(0, 3));
      }),
      { numRuns: 60 },
    );
  });
});

describe('whatever hours, days or weekdays are chosen', () => {
  it('no time of the clock starts twice', () => {
    fc.assert(
      fc.property(kind, timeZone, moment, (chosen, zone, after) => {
        const times = nextTimes({ cron: formatKind(chosen), timeZone: zone }, after, 12);
        expect(new Set(times.map((start) => showLocally(start, zone))).size).toBe(12);
      }),
    );
  });

  it('every day has its start, also the one on which its time is skipped', () => {
    fc.assert(
      fc.property(time, timeZone, moment, (chosen, zone, after) => {
        const times = nextTimes({ cron: formatKind({ kind: 'daily', time: chosen }), timeZone: zone }, after, 5);
        const days = times.map((start) => Date.parse(showLocally(start, zone).slice(0, 10)));
        expect(days.slice(1).map((day, index) => day - (days[index] ?? 0))).toEqual(Array(4).fill(dayMs));
      }),
    );
  });

  it('every N hours never waits longer than N hours and what a clock goes back', () => {
    const atMostBack = 2;
    fc.assert(
      fc.property(fc.constantFrom(...hourSteps), timeZone, moment, (every, zone, after) => {
        const times = nextTimes({ cron: formatKind({ kind: 'hours', every }), timeZone: zone }, after, 26);
        const gaps = times.slice(1).map((start, index) => start - (times[index] ?? 0));
        expect(Math.max(...gaps)).toBeLessThanOrEqual((every + atMostBack) * 2 * halfHour);
      }),
    );
  });

  it('the expression is read as what was chosen, and passes', () => {
    fc.assert(
      fc.property(kind, timeZone, (chosen, zone) => {
        const { cron: stored } = parseSchedule(formatKind(chosen), zone);
        expect(parseKind(stored)).toEqual(chosen);
      }),
    );
  });
});
