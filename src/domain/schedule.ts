import { toString as describeCron } from 'cronstrue';
import type { Schedule } from './connector';
import { SettingsError } from './errors';
import { openClock } from './schedule-clock';
import { listTimes, parseCron, quote } from './schedule-cron';
import { parseKind, weekdayNames } from './schedule-kind';

/** The part of the settings that says when. */
export type Timing = Pick<Schedule, 'cron' | 'timeZone'>;

const shortestGapMs = 30 * 60_000;
/** More than a day's starts at the shortest gap, so that the step from one day to the next is among them. */
const samples = 100;
/** Any moment will do; a fixed one makes the verdict the same on every day. */
const sampleFrom = Date.parse('2024-01-01T00:00:00Z');
/** Longer than the largest change of a clock and two of the shortest gaps: what came so long before touches no start. */
const lookBackMs = 4 * 3_600_000;

/**
 * Checks a schedule: five fields, a zone that exists, at most every 30 minutes, at least once ever.
 * Throws `SettingsError` with the field `schedule.cron` or `schedule.timeZone`.
 */
export function parseSchedule(cron: string, timeZone: string): Timing {
  const expression = parseCron(cron);
  const times = [...take(samples, listTimes(expression, sampleFrom))];
  if (times.length === 0)
    throw new SettingsError('schedule.cron', 'This schedule never starts a run: choose days that exist.');
  if (times.some((time, index) => time - (times[index - 1] ?? 0) < shortestGapMs)) {
    throw new SettingsError('schedule.cron', 'Runs can start at most every 30 minutes: choose a wider schedule.');
  }
  return { cron: expression, timeZone: parseTimeZone(timeZone.trim()) };
}

/**
 * The next starts after a moment, epoch milliseconds, at least 30 minutes apart.
 *
 * A schedule names times of the wall clock of its zone, and a start comes when the clock first shows its time. So in the
 * night of the change to summer time a start whose time is skipped comes at once behind the gap, as one with a start that
 * is due there anyway; and in the night of the change back a time that comes twice starts once, the first time. That holds
 * for every kind of schedule: croner alone leaves out or doubles a start of every two hours, and not one of every day.
 * Only behind a skipped hour can two starts come closer than 30 minutes: then the later one is left out.
 */
export function nextTimes({ cron, timeZone }: Timing, after: number, count: number): readonly number[] {
  return [...take(count, listStarts(cron, timeZone, after))];
}

/** Whether a start lies between the last look and now. However many were missed, it is due once. */
export function isDue(schedule: Timing, lastCheckedAt: number, now: number): boolean {
  const [next] = nextTimes(schedule, lastCheckedAt, 1);
  return next !== undefined && next <= now;
}

/** The schedule in words for people. */
export function describeSchedule({ cron, timeZone }: Timing): string {
  return `${describeKind(cron.trim())} (${timeZone})`;
}

function describeKind(cron: string): string {
  const kind = parseKind(cron);
  switch (kind.kind) {
    case 'hours':
      return kind.every === 1 ? 'Every hour' : `Every ${kind.every} hours`;
    case 'daily':
      return `Daily at ${kind.time}`;
    case 'weekly': {
      const days = kind.weekdays.map((day) => weekdayNames[day]);
      return `Weekly on ${new Intl.ListFormat('en-GB').format(days)} at ${kind.time}`;
    }
    case 'cron':
      return describeExpression(cron);
  }
}

/** A day of the month beside a weekday means either of them, which is said as two schedules. */
function describeExpression(cron: string): string {
  const [minute, hour, day, month, weekday] = cron.split(/\s+/);
  if (day === '*' || weekday === '*') return describeFields(cron);
  const [byDay, byWeekday] = [`${minute} ${hour} ${day} ${month} *`, `${minute} ${hour} * ${month} ${weekday}`];
  return `${describeFields(byDay)}, and ${describeFields(byWeekday).replace(/^./, (first) => first.toLowerCase())}`;
}

function describeFields(cron: string): string {
  try {
    return describeCron(cron, { use24HourTimeFormat: true });
  } catch {
    return `By the schedule ${cron}`;
  }
}

function* listStarts(cron: string, timeZone: string, after: number): Generator<number> {
  const clock = openClock(timeZone);
  let last = -Infinity;
  for (const time of listTimes(cron.trim(), clock.show(after) - lookBackMs)) {
    const start = clock.reach(time);
    if (start - last < shortestGapMs) continue;
    last = start;
    if (start > after) yield start;
  }
}

function* take(count: number, times: Iterable<number>): Generator<number> {
  let left = count;
  if (left === 0) return;
  for (const time of times) {
    yield time;
    left -= 1;
    if (left === 0) return;
  }
}

function parseTimeZone(zone: string): string {
  // The platform knows offsets as zones; they have no summer time, and not every browser can show them.
  if (/^[+-]?[\d:]+$/.test(zone)) {
    throw new SettingsError(
      'schedule.timeZone',
      `${quote(zone)} is an offset and follows no summer time: choose a time zone such as Europe/Berlin.`,
    );
  }
  try {
    openClock(zone);
    return zone;
  } catch {
    throw new SettingsError(
      'schedule.timeZone',
      `There is no time zone ${quote(zone)}; choose one such as Europe/Berlin.`,
    );
  }
}
