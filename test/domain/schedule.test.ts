import { SettingsError } from '../../src/domain/errors';
import { describeSchedule, isDue, nextTimes, parseSchedule } from '../../src/domain/schedule';

const at = (text: string): number => Date.parse(text);
const nightly = { cron: '0 2 * * *', timeZone: 'Europe/Berlin' };

describe('a schedule', () => {
  it.each([
    ['every night', '0 2 * * *'],
    ['every 30 minutes', '*/30 * * * *'],
    ['twice an hour at odd minutes', '15,45 * * * *'],
    ['on workdays, with names', '0 6 * JAN-DEC MON-FRI'],
    ['on a day that exists in leap years only', '0 2 29 2 *'],
    ['with more spaces than needed', ' 0  2 * * * '],
  ])('may start runs %s', (_, cron) => {
    expect(parseSchedule(cron, ' Europe/Berlin ')).toEqual({
      cron: cron.trim().replace(/\s+/g, ' '),
      timeZone: 'Europe/Berlin',
    });
  });

  it.each([
    ['more often than every 30 minutes', '*/20 * * * *', 'UTC', 'schedule.cron', 'at most every 30 minutes'],
    ['every minute', '* * * * *', 'UTC', 'schedule.cron', 'at most every 30 minutes'],
    ['29 minutes apart', '0,29 2 * * *', 'UTC', 'schedule.cron', 'at most every 30 minutes'],
    ['too close across the hour', '10,50 * * * *', 'UTC', 'schedule.cron', 'at most every 30 minutes'],
    ['never', '0 2 30 2 *', 'UTC', 'schedule.cron', 'never starts a run'],
    ['by words', 'every night', 'UTC', 'schedule.cron', 'no schedule'],
    ['by a nickname', '@daily', 'UTC', 'schedule.cron', 'no schedule'],
    ['by four fields', '0 2 * *', 'UTC', 'schedule.cron', 'no schedule'],
    ['by six fields', '0 0 2 * * *', 'UTC', 'schedule.cron', 'no schedule'],
    ['at an hour that does not exist', '0 25 * * *', 'UTC', 'schedule.cron', 'no schedule'],
    ['in a zone that does not exist', '0 2 * * *', 'Europe/Atlantis', 'schedule.timeZone', 'There is no time zone'],
    ['in no zone', '0 2 * * *', '', 'schedule.timeZone', 'There is no time zone'],
  ])('must not start runs %s', (_, cron, timeZone, field, message) => {
    let error: unknown;
    try {
      parseSchedule(cron, timeZone);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SettingsError);
    expect(error).toMatchObject({ field, message: expect.stringContaining(message) as string });
  });

  it('starts runs by the clock of its zone, through the change to summer time', () => {
    expect(nextTimes({ ...nightly, cron: '0 4 * * *' }, at('2026-03-28T00:00:00Z'), 3)).toEqual([
      at('2026-03-28T03:00:00Z'),
      at('2026-03-29T02:00:00Z'),
      at('2026-03-30T02:00:00Z'),
    ]);
  });

  it('starts a run once in the night in which its hour is skipped or comes twice', () => {
    const inMarch = nextTimes({ ...nightly, cron: '30 2 * * *' }, at('2026-03-28T12:00:00Z'), 2);
    expect(inMarch.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(['2026-03-29', '2026-03-30']);
    const inOctober = nextTimes({ ...nightly, cron: '30 2 * * *' }, at('2026-10-24T12:00:00Z'), 2);
    expect(inOctober.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(['2026-10-25', '2026-10-26']);
  });

  it.each([
    ['not before its time', '2026-01-10T12:00:00Z', '2026-01-11T00:59:59Z', false],
    ['at its time', '2026-01-10T12:00:00Z', '2026-01-11T01:00:00Z', true],
    ['once for many missed times', '2026-01-01T12:00:00Z', '2026-01-11T09:00:00Z', true],
    ['not again after it was started at its time', '2026-01-11T01:00:00Z', '2026-01-11T09:00:00Z', false],
    ['not again after it was started late', '2026-01-11T01:04:10Z', '2026-01-12T00:55:00Z', false],
  ])('is due %s', (_, lastCheckedAt, now, due) => {
    expect(isDue(nightly, at(lastCheckedAt), at(now))).toBe(due);
  });

  it.each([
    ['0 2 * * *', 'Daily at 02:00 (Europe/Berlin)'],
    ['5 14 * * *', 'Daily at 14:05 (Europe/Berlin)'],
    ['*/30 * * * *', 'By the schedule */30 * * * * (Europe/Berlin)'],
  ])('%s reads "%s"', (cron, words) => {
    expect(describeSchedule({ ...nightly, cron })).toBe(words);
  });
});
