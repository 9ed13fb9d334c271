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
    ['close to midnight on days that are never neighbours', '0,45 0,23 1 * *'],
    ['on the last day of the month', '0 2 L * *'],
    ['on the last Friday of the month', '0 2 * * FRIL'],
  ])('may start runs %s', (_, cron) => {
    expect(parseSchedule(cron, ' Europe/Berlin ')).toEqual({
      cron: cron.trim().replace(/\s+/g, ' '),
      timeZone: 'Europe/Berlin',
    });
  });

  it('keeps names in large letters', () => {
    expect(parseSchedule('0 2 * jan mon#1', 'UTC').cron).toBe('0 2 * JAN MON#1');
  });

  it.each(['Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Argentina/Ushuaia', 'UTC', 'Etc/GMT+5'])(
    'may follow the clock of %s',
    (timeZone) => {
      expect(parseSchedule('0 2 * * *', timeZone).timeZone).toBe(timeZone);
    },
  );

  it.each([
    ['more often than every 30 minutes', '*/20 * * * *', 'at most every 30 minutes'],
    ['every ten minutes', '*/10 * * * *', 'at most every 30 minutes'],
    ['every minute', '* * * * *', 'at most every 30 minutes'],
    ['29 minutes apart', '0,29 2 * * *', 'at most every 30 minutes'],
    ['too close across the hour', '10,50 * * * *', 'at most every 30 minutes'],
    ['too close across midnight', '0,45 0,23 * * *', 'at most every 30 minutes'],
    ['on the 30th of February', '0 2 30 2 *', 'never starts a run: choose days that exist.'],
    ['on the 31st of short months', '0 2 31 4,6,9,11 *', 'never starts a run: choose days that exist.'],
    ['by nothing', ' ', 'This is no schedule: enter five fields'],
    ['by words', 'every night', 'This is no schedule: enter five fields'],
    ['by a nickname', '@daily', 'This is no schedule: enter five fields'],
    ['by four fields', '0 2 * *', 'This is no schedule: enter five fields'],
    ['by six fields', '0 0 2 * * *', 'This is no schedule: enter five fields'],
    ['by a date', '2026-01-01T02:00:00', 'This is no schedule: enter five fields'],
    ['at an hour that does not exist', '0 25 * * *', '"25" is no hour.'],
    ['at a minute that does not exist', '60 2 * * *', '"60" is no minute.'],
    ['on a day that does not exist', '0 2 0 * *', '"0" is no day of the month.'],
    ['on a weekday that does not exist', '0 2 * * 8', '"8" is no weekday.'],
    ['in a month that does not exist', '0 2 * 13 *', '"13" is no month.'],
    ['with a name at the wrong place', '0 2 * MON *', '"MON" is no month.'],
    ['with a step of nothing', '0 */0 * * *', '"*/0" is no hour.'],
    ['with a step without a range', '0 5/5 * * *', '"5/5" is no hour.'],
    ['with a range turned round', '0 22-2 * * *', '"22-2" is no hour.'],
    ['with a list that goes on with nothing', '0 2, * * *', '"2," is no hour.'],
    ['with a star in a list', '0 2 * * *,5', '"*,5" is no weekday.'],
    ['with a question mark', '0 2 ? * MON', '"?" is no day of the month.'],
    ['on a weekday that must be a certain day too', '0 2 1 * +MON', '"+MON" is no weekday.'],
    ['on the last day of the week', '0 2 * * L', '"L" is no weekday.'],
    ['on the last weekday, said otherwise', '0 2 * * 5#L', '"5#L" is no weekday.'],
    ['on the sixth Monday of the month', '0 2 * * MON#6', '"MON#6" is no weekday.'],
    [
      'by a field too long to repeat',
      `0 ${'2,'.repeat(90)} * * *`,
      '"2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,…" is no hour.',
    ],
    ['near several days', '0 2 1W,15W * *', '"1W,15W" is no day of the month.'],
    ['days before the end of the month', '0 2 L-3 * *', '"L-3" is no day of the month.'],
  ])('must not start runs %s', (_, cron, message) => {
    expect(refusal(cron, 'UTC')).toMatchObject({
      field: 'schedule.cron',
      message: expect.stringContaining(message) as string,
    });
  });

  it.each([
    ['that does not exist', 'Europe/Atlantis', 'There is no time zone "Europe/Atlantis"'],
    ['on another planet', 'Mars/Olympus', 'There is no time zone "Mars/Olympus"'],
    ['without a name', '', 'There is no time zone ""'],
    ['with a distance to UTC', 'UTC+1', 'There is no time zone "UTC+1"'],
    ['that is an offset', '+05:00', '"+05:00" is an offset and follows no summer time'],
    ['that is a short offset', '-03', '"-03" is an offset and follows no summer time'],
    ['that is an offset without a colon', '+0530', '"+0530" is an offset and follows no summer time'],
  ])('must not follow a time zone %s', (_, timeZone, message) => {
    expect(refusal('0 2 * * *', timeZone)).toMatchObject({
      field: 'schedule.timeZone',
      message: expect.stringContaining(message) as string,
    });
  });

  it('starts runs by the clock of its zone, through the change to summer time', () => {
    expect(nextTimes({ ...nightly, cron: '0 4 * * *' }, at('2026-03-28T00:00:00Z'), 3)).toEqual([
      at('2026-03-28T03:00:00Z'),
      at('2026-03-29T02:00:00Z'),
      at('2026-03-30T02:00:00Z'),
    ]);
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
    ['0 2 * * *', 'Daily at 02:00'],
    ['5 14 * * *', 'Daily at 14:05'],
    ['0 * * * *', 'Every hour'],
    ['0 */6 * * *', 'Every 6 hours'],
    ['0 2 * * 1', 'Weekly on Monday at 02:00'],
    ['0 2 * * 1,4', 'Weekly on Monday and Thursday at 02:00'],
    ['30 18 * * 0,5,6', 'Weekly on Friday, Saturday and Sunday at 18:30'],
    ['*/30 * * * *', 'Every 30 minutes'],
    ['15,45 * * * *', 'At 15 and 45 minutes past the hour'],
    ['0 2 L * *', 'At 02:00, on the last day of the month'],
    ['0 2 15W * *', 'At 02:00, on the weekday nearest day 15 of the month'],
    ['0 2 * * MON#1', 'At 02:00, on the first Monday of the month'],
    ['0 2 * * FRIL', 'At 02:00, on the last Friday of the month'],
    ['0 2 1 * 1', 'At 02:00, on day 1 of the month, and at 02:00, only on Monday'],
    ['0 2 * * 1#', 'By the schedule 0 2 * * 1#'],
  ])('%s reads "%s"', (cron, words) => {
    expect(describeSchedule({ ...nightly, cron })).toBe(`${words} (Europe/Berlin)`);
  });
});

function refusal(cron: string, timeZone: string): unknown {
  try {
    parseSchedule(cron, timeZone);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return error;
  }
  return undefined;
}
