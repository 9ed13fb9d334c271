import { parseKind, type ScheduleKind } from '../../../src/domain/schedule-kind';
import {
  changeKind,
  changeTime,
  changeWeekday,
  formatStart,
  type KindName,
} from '../../../static/admin/src/editor/schedule-choice';
import { findZones, listZones, nameZone } from '../../../static/admin/src/editor/zone-search';

describe('another kind of schedule', () => {
  it.each<[string, string, KindName, string]>([
    ['begins with every 6 hours', '0 2 * * *', 'hours', '0 */6 * * *'],
    ['begins daily at 02:00', '0 */6 * * *', 'daily', '0 2 * * *'],
    ['begins on Mondays at 02:00', '0 */6 * * *', 'weekly', '0 2 * * 1'],
    ['keeps the time from daily to weekly', '15 5 * * *', 'weekly', '15 5 * * 1'],
    ['keeps the time from weekly to daily', '15 5 * * 1,4', 'daily', '15 5 * * *'],
    ['keeps the expression that a simple kind has', '15 5 * * 1,4', 'cron', '15 5 * * 1,4'],
    ['does not keep an expression that is no simple kind', '*/30 * * * *', 'daily', '0 2 * * *'],
    ['changes nothing when it is the same', '15 5 * * 1,4', 'weekly', '15 5 * * 1,4'],
  ])('%s', (_, cron, to, next) => {
    expect(changeKind(cron, to)).toBe(next);
  });
});

const daily = { kind: 'daily', time: '02:00' } as const;
const weekly = { kind: 'weekly', weekdays: [1, 4], time: '02:00' } as const satisfies ScheduleKind;

describe('the fields of a schedule', () => {
  it.each([
    ['another time', changeTime(daily, '05:15'), '15 5 * * *'],
    ['another time on the same weekdays', changeTime(weekly, '05:15'), '15 5 * * 1,4'],
    ['a time with seconds, as some browsers give it', changeTime(daily, '05:15:00'), '15 5 * * *'],
    ['no schedule while the time is empty', changeTime(daily, ''), undefined],
    ['a weekday more', changeWeekday(weekly, 0, true), '0 2 * * 0,1,4'],
    ['a weekday less', changeWeekday(weekly, 1, false), '0 2 * * 4'],
    ['the last weekday, which stays', changeWeekday({ ...weekly, weekdays: [4] }, 4, false), '0 2 * * 4'],
  ])('give %s', (_, cron, expected) => {
    expect(cron).toBe(expected);
  });

  it('stay those of weekly when all days are chosen', () => {
    const all = [2, 3, 5, 6, 0] as const;
    const cron = all.reduce((now, day) => {
      const kind = parseKind(now);
      return kind.kind === 'weekly' ? changeWeekday(kind, day, true) : now;
    }, '0 2 * * 1,4');
    expect(parseKind(cron)).toEqual({ kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 0], time: '02:00' });
  });
});

describe('a start', () => {
  const night = Date.parse('2026-03-29T01:00:00Z');

  it.each([
    ['Europe/Berlin', 'Sunday, March 29, 2026 at 03:00'],
    ['America/New_York', 'Saturday, March 28, 2026 at 21:00'],
  ])('is shown by the clock of %s', (timeZone, words) => {
    expect(formatStart(night, timeZone)).toBe(words);
  });

  it('is shown by the reader’s own clock, and says so, where the browser does not know the zone', () => {
    expect(formatStart(night, 'Mars/Olympus')).toMatch(/March 2[89], 2026 at \d\d:\d\d \(your time\)$/);
  });
});

describe('time zones', () => {
  const zones = listZones('Europe/Berlin');

  it('are all those of the browser, UTC first and each once', () => {
    expect(zones[0]).toBe('UTC');
    expect(zones.length).toBeGreaterThan(400);
    expect(new Set(zones).size).toBe(zones.length);
  });

  it('hold the chosen one, also when the browser does not list it', () => {
    expect(listZones('Etc/GMT+5')).toContain('Etc/GMT+5');
  });

  it.each([
    ['a city', 'berlin', ['Europe/Berlin']],
    ['parts of words', 'eur ber', ['Europe/Berlin']],
    ['words with a blank', 'New York', ['America/New_York']],
    ['the stored name', 'America/New_York', ['America/New_York']],
    ['a newer name, typed in full', 'Europe/Kyiv', ['Europe/Kyiv']],
    ['nothing that exists', 'olympus', []],
    ['a full name that does not exist', 'Mars/Olympus', []],
    ['an offset', '+05:00', []],
  ])('are found by %s', (_, typed, found) => {
    expect(findZones(zones, typed)).toEqual(found);
  });

  it('are all offered while nothing is typed', () => {
    expect(findZones(zones, ' ')).toEqual(zones);
  });

  it('are named without underscores', () => {
    expect(nameZone('America/Argentina/Buenos_Aires')).toBe('America/Argentina/Buenos Aires');
  });
});
