/** How a schedule repeats. Each kind is a way to write and to read a cron expression; only the expression is stored. */
export type ScheduleKind =
  /** At 00:00 and every so many hours after it: a divisor of 24, so that every day is the same. */
  | { readonly kind: 'hours'; readonly every: HourStep }
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekly'; readonly weekdays: readonly Weekday[]; readonly time: string }
  | { readonly kind: 'cron'; readonly cron: string };

export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const;
export type HourStep = (typeof hourSteps)[number];

/** As cron expressions count them, in the order in which people name them. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayNames: Readonly<Record<Weekday, string>> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  0: 'Sunday',
};

/** The kind of a cron expression; one that is none of the simple kinds, or not even an expression, is of the kind `cron`. */
export function parseKind(cron: string): ScheduleKind {
  const [minute = '', hour = '', day, month, weekday = '', ...more] = cron.trim().split(/\s+/);
  const other = { kind: 'cron', cron } as const;
  if (day !== '*' || month !== '*' || more.length > 0) return other;
  const every = /^0+$/.test(minute) && weekday === '*' ? parseStep(hour) : undefined;
  if (every !== undefined) return { kind: 'hours', every };
  const time = parseTime(minute, hour);
  if (time === undefined) return other;
  if (weekday === '*') return { kind: 'daily', time };
  const chosen = parseWeekdays(weekday);
  return chosen === undefined ? other : { kind: 'weekly', weekdays: chosen, time };
}

/** The cron expression of a kind: `parseKind` reads the same kind from it. Times are such as `02:00`, weekdays at least one. */
export function formatKind(kind: ScheduleKind): string {
  switch (kind.kind) {
    case 'hours':
      return kind.every === 1 ? '0 * * * *' : `0 */${kind.every} * * *`;
    case 'daily':
      return `${formatTime(kind.time)} * * *`;
    case 'weekly':
      return `${formatTime(kind.time)} * * ${[...kind.weekdays].sort().join()}`;
    case 'cron':
      return kind.cron;
  }
}

function parseStep(hour: string): HourStep | undefined {
  if (hour === '*') return 1;
  const step = /^\*\/(\d{1,2})$/.exec(hour)?.[1];
  return hourSteps.find((each) => each === Number(step));
}

function parseTime(minute: string, hour: string): string | undefined {
  const isTime = /^\d{1,2} \d{1,2}$/.test(`${minute} ${hour}`) && Number(minute) < 60 && Number(hour) < 24;
  return isTime ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : undefined;
}

function formatTime(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute ?? 0} ${hour ?? 0}`;
}

/** Days and ranges of days, by number or name, each once and from Monday on; absent when it is anything else. */
function parseWeekdays(field: string): readonly Weekday[] | undefined {
  const found = new Set<number>();
  for (const item of field.split(',')) {
    const [from = '', to = from, ...more] = item.split('-');
    const [first, last] = [parseWeekday(from), parseWeekday(to)];
    if (first === undefined || last === undefined || last < first || more.length > 0) return undefined;
    for (let day = first; day <= last; day += 1) found.add(day % 7);
  }
  return weekdays.filter((day) => found.has(day));
}

/** 0 to 7, where both ends are Sunday. */
function parseWeekday(text: string): number | undefined {
  if (/^[0-7]$/.test(text)) return Number(text);
  return weekdays.find((day) => weekdayNames[day].slice(0, 3).toUpperCase() === text.toUpperCase());
}
