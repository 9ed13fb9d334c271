import { Cron } from 'croner';
import { SettingsError } from './errors';

const example = 'for example 0 2 * * *';
const longestQuote = 40;
const value = String.raw`(?:\d{1,2}|[A-Z]{3})`;
const item = String.raw`${value}(?:-${value}(?:/\d{1,2})?)?`;
const every = String.raw`\*(?:/\d{1,2})?`;
const list = `${every}|${item}(?:,${item})*`;
const weekdayItem = String.raw`(?:(?:[0-7]|[A-Z]{3})(?:#[1-5]|L)|${item})`;

/**
 * The fields of an expression and what may stand in them: what every cron knows, and what of croner's own can be said in
 * words: L, LW and 15W as the day of the month, MON#1 and FRIL (the last Friday) as the weekday.
 */
const fields = [
  { name: 'minute', form: whole(list) },
  { name: 'hour', form: whole(list) },
  { name: 'day of the month', form: whole(String.raw`L|LW|\d{1,2}W|${list}`) },
  { name: 'month', form: whole(list) },
  { name: 'weekday', form: whole(`${every}|${weekdayItem}(?:,${weekdayItem})*`) },
] as const;

/** The expression in large letters with single blanks. Throws `SettingsError` `schedule.cron` when it is none of five fields. */
export function parseCron(typed: string): string {
  const expression = typed.trim().replace(/\s+/g, ' ').toUpperCase();
  const parts = expression.split(' ');
  if (parts.length !== fields.length) {
    throw refuse(`enter five fields (minute, hour, day of the month, month, weekday), ${example}.`);
  }
  for (const [index, { name, form }] of fields.entries()) {
    const part = parts[index] ?? '';
    const alone = fields.map((_, at) => (at === index ? part : '*')).join(' ');
    if (form.test(part) && opens(alone)) continue;
    throw refuse(`${quote(part)} is no ${name}. Use numbers, names such as MON or JAN, and * , - /, ${example}.`);
  }
  return expression;
}

/** The times that an expression names, on a clock without summer time; epoch milliseconds as of UTC, ascending, behind `from`. */
export function* listTimes(expression: string, from: number): Generator<number> {
  for (const time of open(expression).enumerate(new Date(from))) yield time.getTime();
}

/** What was typed, for a sentence of one line. */
export function quote(typed: string): string {
  const shown = typed.replace(/\p{Cc}/gu, '\uFFFD');
  return `"${shown.length > longestQuote ? `${shown.slice(0, longestQuote)}…` : shown}"`;
}

function whole(form: string): RegExp {
  return new RegExp(`^(?:${form})$`);
}

function refuse(sentence: string): SettingsError {
  return new SettingsError('schedule.cron', `This is no schedule: ${sentence}`);
}

function opens(expression: string): boolean {
  try {
    open(expression);
    return true;
  } catch {
    return false;
  }
}

function open(expression: string): Cron {
  return new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true });
}
