/** The time of day of a cron expression that fires once every day, as `02:00`; absent for any other. */
export function parseDailyTime(cron: string): string | undefined {
  const [, minute, hour] = /^(\d{1,2})\s+(\d{1,2})\s+\*\s+\*\s+\*$/.exec(cron.trim()) ?? [];
  if (minute === undefined || hour === undefined || Number(minute) > 59 || Number(hour) > 23) return undefined;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** The cron expression of a time of day such as `02:00`; absent while the time is incomplete. */
export function formatDailyCron(time: string): string | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(time) ?? [];
  return hour === undefined || minute === undefined ? undefined : `${Number(minute)} ${Number(hour)} * * *`;
}
