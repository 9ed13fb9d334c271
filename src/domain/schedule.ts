import { Cron } from 'croner';
import type { Schedule } from './connector';
import { SettingsError } from './errors';

/** The part of the settings that says when. */
export type Timing = Pick<Schedule, 'cron' | 'timeZone'>;

const shortestGapMs = 30 * 60_000;
/** More than a day's starts at the shortest gap, so that the step from one day to the next is among them. */
const samples = 60;
/** Any moment will do; a fixed one makes the verdict the same on every day. */
const sampleFrom = new Date('2024-01-01T00:00:00Z');

/**
 * Checks a schedule: five fields, a zone that exists, at most every 30 minutes, at least once ever.
 * Throws `SettingsError` with the field `schedule.cron` or `schedule.timeZone`.
 */
export function parseSchedule(cron: string, timeZone: string): Timing {
  const expression = cron.trim().replace(/\s+/g, ' ');
  const zone = timeZone.trim();
  if (!isTimeZone(zone)) {
    throw new SettingsError('schedule.timeZone', `There is no time zone "${zone}"; choose one such as Europe/Berlin.`);
  }
  const starts = sample(expression);
  if (starts.length === 0)
    throw new SettingsError('schedule.cron', 'This schedule never starts a run: choose days that exist.');
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  if (gaps.some((gap) => gap < shortestGapMs)) {
    throw new SettingsError('schedule.cron', 'Runs can start at most every 30 minutes: choose a wider schedule.');
  }
  return { cron: expression, timeZone: zone };
}

/** The next starts after a moment, epoch milliseconds. */
export function nextTimes(schedule: Timing, after: number, count: number): readonly number[] {
  return open(schedule.cron, schedule.timeZone)
    .nextRuns(count, new Date(after))
    .map((date) => date.getTime());
}

/** Whether a start lies between the last look and now. However many were missed, it is due once. */
export function isDue(schedule: Timing, lastCheckedAt: number, now: number): boolean {
  const [next] = nextTimes(schedule, lastCheckedAt, 1);
  return next !== undefined && next <= now;
}

/** The schedule in words for people; unusual expressions are shown as they are. */
export function describeSchedule({ cron, timeZone }: Timing): string {
  const daily = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron.trim());
  if (daily === null) return `By the schedule ${cron.trim()} (${timeZone})`;
  const [minute, hour] = [daily[1] ?? '', daily[2] ?? ''];
  return `Daily at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} (${timeZone})`;
}

function sample(expression: string): readonly number[] {
  try {
    // In UTC: the change to summer time must not make a schedule of every 30 minutes look like a closer one.
    return open(expression, 'UTC')
      .nextRuns(samples, sampleFrom)
      .map((date) => date.getTime());
  } catch {
    throw new SettingsError(
      'schedule.cron',
      'This is no schedule: enter five fields (minute, hour, day, month, weekday), for example 0 2 * * *.',
    );
  }
}

function open(expression: string, timezone: string): Cron {
  if (expression.trim().split(/\s+/).length !== 5) throw new Error('not five fields');
  return new Cron(expression.trim(), { timezone, mode: '5-part', paused: true });
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' && zone !== '';
  } catch {
    return false;
  }
}
