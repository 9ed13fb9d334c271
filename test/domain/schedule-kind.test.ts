import { formatKind, parseKind, type ScheduleKind } from '../../src/domain/schedule-kind';

const cronOf = (cron: string): ScheduleKind => ({ kind: 'cron', cron });

describe('the kind of a schedule', () => {
  it.each<[string, ScheduleKind]>([
    ['0 * * * *', { kind: 'hours', every: 1 }],
    ['0 */2 * * *', { kind: 'hours', every: 2 }],
    ['0 */12 * * *', { kind: 'hours', every: 12 }],
    ['0 2 * * *', { kind: 'daily', time: '02:00' }],
    ['5 23 * * *', { kind: 'daily', time: '23:05' }],
    ['0 2 * * 1', { kind: 'weekly', weekdays: [1], time: '02:00' }],
    ['30 6 * * 1,4', { kind: 'weekly', weekdays: [1, 4], time: '06:30' }],
    ['0 0 * * 0,6', { kind: 'weekly', weekdays: [6, 0], time: '00:00' }],
    ['0 2 * * 0,1,2,3,4,5,6', { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 0], time: '02:00' }],
    ['*/30 * * * *', cronOf('*/30 * * * *')],
    ['', cronOf('')],
  ])('of "%s" is read, and written as the same expression', (cron, kind) => {
    expect(parseKind(cron)).toEqual(kind);
    expect(formatKind(kind)).toBe(cron);
  });

  it.each<[string, ScheduleKind]>([
    [' 00  02 * * * ', { kind: 'daily', time: '02:00' }],
    ['00 */6 * * *', { kind: 'hours', every: 6 }],
    ['0 2 * * MON-FRI', { kind: 'weekly', weekdays: [1, 2, 3, 4, 5], time: '02:00' }],
    ['0 2 * * mon,SUN', { kind: 'weekly', weekdays: [1, 0], time: '02:00' }],
    ['0 2 * * 5-7', { kind: 'weekly', weekdays: [5, 6, 0], time: '02:00' }],
    ['0 2 * * 4,1,4', { kind: 'weekly', weekdays: [1, 4], time: '02:00' }],
  ])('of "%s" is read, however it is written', (cron, kind) => {
    expect(parseKind(cron)).toEqual(kind);
  });

  it.each([
    ['hours that do not divide the day', '0 */5 * * *'],
    ['hours past the whole hour', '15 */6 * * *'],
    ['every hour of one day', '0 * * * 1'],
    ['a time that does not exist', '0 24 * * *'],
    ['a minute that does not exist', '60 2 * * *'],
    ['two times', '0 2,14 * * *'],
    ['a day of the month', '0 2 1 * *'],
    ['a month', '0 2 * 1 *'],
    ['a range of weekdays with steps', '0 2 * * 1-5/2'],
    ['a range of weekdays turned round', '0 2 * * 5-1'],
    ['a range without an end', '0 2 * * 1-'],
    ['weekdays with an empty one', '0 2 * * 1,'],
    ['a weekday that does not exist', '0 2 * * 8'],
    ['one weekday of the month', '0 2 * * MON#1'],
    ['four fields', '0 2 * *'],
    ['six fields', '0 2 * * 1 2026'],
    ['words', 'every night'],
  ])('of %s is none of the simple ones', (_, cron) => {
    expect(parseKind(cron)).toEqual(cronOf(cron));
  });
});
