import { nextTimes } from '../../src/domain/schedule';

/*
 * The nights in which clocks change. A start comes when the clock of its zone first shows its time: at once behind the gap
 * when that is skipped, and the first time when it comes twice. Expected are moments of UTC, counted by hand.
 */
const at = (text: string): number => Date.parse(text);
const daily = '0 2 * * *';
const twoHours = '0 */2 * * *';
const hourly = '0 * * * *';

interface Night {
  readonly what: string;
  readonly cron: string;
  readonly zone: string;
  readonly after: string;
  readonly starts: readonly string[];
}

const nights: readonly Night[] = [
  {
    what: 'daily at 02:00 starts at 03:00, behind the gap, when 02:00 does not exist',
    cron: daily,
    zone: 'Europe/Berlin',
    after: '2026-03-28T12:00Z',
    starts: ['2026-03-29T01:00', '2026-03-30T00:00', '2026-03-31T00:00'],
  },
  {
    what: 'daily at 02:30 starts at 03:00 as well, for it does not exist either',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-28T12:00Z',
    starts: ['2026-03-29T01:00', '2026-03-30T00:30'],
  },
  {
    what: 'daily at 02:00 starts the first of the two times that it is 02:00',
    cron: daily,
    zone: 'Europe/Berlin',
    after: '2026-10-24T12:00Z',
    starts: ['2026-10-25T00:00', '2026-10-26T01:00', '2026-10-27T01:00'],
  },
  {
    what: 'daily at 03:00, when the clock goes back to 02:00, starts when it is 03:00',
    cron: '0 3 * * *',
    zone: 'Europe/Berlin',
    after: '2026-10-24T12:00Z',
    starts: ['2026-10-25T02:00', '2026-10-26T02:00'],
  },
  {
    what: 'weekly on Sunday at 02:00 starts in both nights of the change',
    cron: '0 2 * * 0',
    zone: 'Europe/Berlin',
    after: '2026-03-23T00:00Z',
    starts: ['2026-03-29T01:00', '2026-04-05T00:00'],
  },
  {
    what: 'every 2 hours loses no start to the skipped hour',
    cron: twoHours,
    zone: 'Europe/Berlin',
    after: '2026-03-28T22:00Z',
    starts: ['2026-03-28T23:00', '2026-03-29T01:00', '2026-03-29T02:00', '2026-03-29T04:00'],
  },
  {
    what: 'every 2 hours starts once at the 02:00 that comes twice',
    cron: twoHours,
    zone: 'Europe/Berlin',
    after: '2026-10-24T21:00Z',
    starts: ['2026-10-24T22:00', '2026-10-25T00:00', '2026-10-25T03:00', '2026-10-25T05:00'],
  },
  {
    what: 'every hour has one start for 02:00 and 03:00, which come together',
    cron: hourly,
    zone: 'Europe/Berlin',
    after: '2026-03-28T23:30Z',
    starts: ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00'],
  },
  {
    what: 'every hour rests in the repeated hour',
    cron: hourly,
    zone: 'Europe/Berlin',
    after: '2026-10-24T23:30Z',
    starts: ['2026-10-25T00:00', '2026-10-25T02:00', '2026-10-25T03:00'],
  },
  {
    what: 'every 30 minutes goes on without a closer start behind the gap',
    cron: '*/30 * * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-29T00:00Z',
    starts: ['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30'],
  },
  {
    what: 'at 15 and 45 past keeps to 15 and 45, for 03:00 is too close to 01:45',
    cron: '15,45 * * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-29T00:00Z',
    starts: ['2026-03-29T00:15', '2026-03-29T00:45', '2026-03-29T01:15', '2026-03-29T01:45'],
  },
  {
    what: 'at 02:15 and 03:15 starts once, at 03:00, for 03:15 is too close to that',
    cron: '15 2,3 * * *',
    zone: 'Europe/Berlin',
    after: '2026-03-28T12:00Z',
    starts: ['2026-03-29T01:00', '2026-03-30T00:15', '2026-03-30T01:15'],
  },
  {
    what: 'daily at 02:00 starts at 03:00, behind the gap',
    cron: daily,
    zone: 'America/New_York',
    after: '2026-03-07T12:00Z',
    starts: ['2026-03-08T07:00', '2026-03-09T06:00'],
  },
  {
    what: 'daily at 01:30 starts the first of the two times that it is 01:30',
    cron: '30 1 * * *',
    zone: 'America/New_York',
    after: '2026-10-31T12:00Z',
    starts: ['2026-11-01T05:30', '2026-11-02T06:30'],
  },
  {
    what: 'every 2 hours loses no start and doubles none',
    cron: twoHours,
    zone: 'America/New_York',
    after: '2026-03-08T04:30Z',
    starts: ['2026-03-08T05:00', '2026-03-08T07:00', '2026-03-08T08:00', '2026-03-08T10:00'],
  },
  {
    what: 'daily at 02:00 starts at 02:30 when half an hour is skipped',
    cron: daily,
    zone: 'Australia/Lord_Howe',
    after: '2026-10-03T12:00Z',
    starts: ['2026-10-03T15:30', '2026-10-04T15:00'],
  },
  {
    what: 'daily at 01:45 starts once when half an hour comes twice',
    cron: '45 1 * * *',
    zone: 'Australia/Lord_Howe',
    after: '2026-04-04T12:00Z',
    starts: ['2026-04-04T14:45', '2026-04-05T15:15'],
  },
  {
    what: 'every 30 minutes has one start for 02:00 and 02:30, which come together',
    cron: '*/30 * * * *',
    zone: 'Australia/Lord_Howe',
    after: '2026-10-03T14:30Z',
    starts: ['2026-10-03T15:00', '2026-10-03T15:30', '2026-10-03T16:00'],
  },
  {
    what: 'daily at 00:00 starts at 01:00 of the same day when midnight does not exist',
    cron: '0 0 * * *',
    zone: 'America/Santiago',
    after: '2026-09-05T12:00Z',
    starts: ['2026-09-06T04:00', '2026-09-07T03:00'],
  },
  {
    what: 'weekly on Sunday at 00:30 starts on the Sunday whose first hour does not exist',
    cron: '30 0 * * 0',
    zone: 'America/Santiago',
    after: '2026-09-05T12:00Z',
    starts: ['2026-09-06T04:00', '2026-09-13T03:30'],
  },
  {
    what: 'daily at 23:30 starts once on the Saturday whose last hour comes twice',
    cron: '30 23 * * *',
    zone: 'America/Santiago',
    after: '2026-04-04T12:00Z',
    starts: ['2026-04-05T02:30', '2026-04-06T03:30'],
  },
  {
    what: 'every 12 hours starts behind the midnight that does not exist',
    cron: '0 */12 * * *',
    zone: 'Asia/Beirut',
    after: '2026-03-28T12:00Z',
    starts: ['2026-03-28T22:00', '2026-03-29T09:00', '2026-03-29T21:00'],
  },
  {
    what: 'every hour has one start for the three that come together when two hours are skipped',
    cron: hourly,
    zone: 'Antarctica/Troll',
    after: '2026-03-29T00:00Z',
    starts: ['2026-03-29T01:00', '2026-03-29T02:00'],
  },
  {
    what: 'daily at 02:00 starts at the end of a day that was skipped altogether',
    cron: daily,
    zone: 'Pacific/Apia',
    after: '2011-12-29T13:00Z',
    starts: ['2011-12-30T10:00', '2011-12-30T12:00', '2011-12-31T12:00'],
  },
  {
    what: 'daily at 02:00 knows no change of the clock',
    cron: daily,
    zone: 'Asia/Kolkata',
    after: '2026-03-28T12:00Z',
    starts: ['2026-03-28T20:30', '2026-03-29T20:30'],
  },
  {
    what: 'every 2 hours knows no change of the clock',
    cron: twoHours,
    zone: 'UTC',
    after: '2026-03-29T00:00Z',
    starts: ['2026-03-29T02:00', '2026-03-29T04:00', '2026-03-29T06:00'],
  },
];

describe('a schedule in the night in which clocks change', () => {
  it.each(nights)('in $zone, $what', ({ cron, zone, after, starts }) => {
    const times = nextTimes({ cron, timeZone: zone }, at(after), starts.length);
    expect(times.map((time) => new Date(time).toISOString())).toEqual(starts.map((start) => `${start}:00.000Z`));
  });

  it.each(nights)('in $zone, $what: the same starts from wherever one looks', ({ cron, zone, after, starts }) => {
    const schedule = { cron, timeZone: zone };
    const all = nextTimes(schedule, at(after), starts.length + 1);
    for (const [index, time] of all.slice(0, -1).entries()) {
      expect(nextTimes(schedule, time - 1, 1)).toEqual([time]);
      expect(nextTimes(schedule, time, 1)).toEqual([all[index + 1]]);
      expect(nextTimes(schedule, time + 60_000, 1)).toEqual([all[index + 1]]);
    }
  });
});
