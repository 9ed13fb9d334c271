import { formatKind, parseKind, weekdays, type ScheduleKind, type Weekday } from '../../../../src/domain/schedule-kind';

export type KindName = ScheduleKind['kind'];

const firstTime = '02:00';

/** The cron expression after another kind was chosen: what both kinds have stays, and `cron` begins with what is there. */
export function changeKind(cron: string, to: KindName): string {
  const kind = parseKind(cron);
  if (to === kind.kind || to === 'cron') return cron;
  const time = 'time' in kind ? kind.time : firstTime;
  switch (to) {
    case 'hours':
      return formatKind({ kind: 'hours', every: 6 });
    case 'daily':
      return formatKind({ kind: 'daily', time });
    case 'weekly':
      return formatKind({ kind: 'weekly', weekdays: [1], time });
  }
}

type Timed = Extract<ScheduleKind, { readonly time: string }>;

/** The cron expression at another time of day; absent while the time is incomplete. */
export function changeTime(kind: Timed, time: string): string | undefined {
  const complete = /^\d{2}:\d{2}/.exec(time)?.[0];
  return complete === undefined ? undefined : formatKind({ ...kind, time: complete });
}

type Weekly = Extract<ScheduleKind, { readonly kind: 'weekly' }>;

/** The cron expression with a weekday more or less; the last one stays. */
export function changeWeekday(kind: Weekly, day: Weekday, chosen: boolean): string {
  const next = weekdays.filter((each) => (each === day ? chosen : kind.weekdays.includes(each)));
  return formatKind({ ...kind, weekdays: next.length === 0 ? kind.weekdays : next });
}

/** A start on the clock of the schedule's zone, or on the reader's own where the browser does not know the zone. */
export function formatStart(at: number, timeZone: string): string {
  const style = { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...style, timeZone }).format(at);
  } catch {
    return `${new Intl.DateTimeFormat('en', style).format(at)} (your time)`;
  }
}
