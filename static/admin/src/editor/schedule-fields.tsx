import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schedule } from '../../../../src/domain/connector';
import { call, messageOf } from '../app-calls';
import { dataKey } from '../page-data';
import { Choice, Switch } from '../parts/choice';
import { FieldError, TextField } from '../parts/field';
import { SelectField } from '../parts/select-field';
import { formatDailyCron, parseDailyTime } from './daily-time';
import { useEditor } from './editor-context';

/** When the sync runs by itself: daily at a time, or by a cron expression, with the next five times. */
export function ScheduleFields() {
  const { draft, change, errors } = useEditor();
  const { schedule } = draft;
  const dailyTime = parseDailyTime(schedule.cron);
  const [byCron, setByCron] = useState(dailyTime === undefined);
  const set = (part: Partial<Schedule>) =>
    change(`schedule.${Object.keys(part).join()}`, (old) => ({ ...old, schedule: { ...old.schedule, ...part } }));
  return (
    <>
      <Switch
        label="Scheduled synchronization"
        description="Run a full sync periodically without manual interaction. Off until you switch it on."
        checked={schedule.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      {schedule.enabled && (
        <div className="nested">
          <Choice
            legend="Repeat"
            value={byCron ? 'cron' : 'daily'}
            onChange={(way) => {
              setByCron(way === 'cron');
              if (way === 'daily' && dailyTime === undefined) set({ cron: '0 2 * * *' });
            }}
            options={[
              { value: 'daily', label: 'Daily at a time' },
              { value: 'cron', label: 'Cron expression' },
            ]}
          />
          <div className="schedule-row">
            {byCron ? (
              <TextField
                label="Cron expression"
                monospaced
                value={schedule.cron}
                error={errors['schedule.cron']}
                hint="Five fields: minute, hour, day of month, month, day of week. At most every 30 minutes."
                onChange={(cron) => set({ cron })}
              />
            ) : (
              <TextField
                label="Time"
                type="time"
                value={dailyTime ?? '02:00'}
                error={errors['schedule.cron']}
                onChange={(time) => {
                  const cron = formatDailyCron(time);
                  if (cron !== undefined) set({ cron });
                }}
              />
            )}
            <TimeZoneField value={schedule.timeZone} onChange={(timeZone) => set({ timeZone })} />
          </div>
          <NextTimes schedule={schedule} />
        </div>
      )}
    </>
  );
}

function TimeZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { errors } = useEditor();
  const zones = [...new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <SelectField
      label="Time zone"
      value={value}
      options={Object.fromEntries(zones.map((zone) => [zone, zone.replaceAll('_', ' ')]))}
      error={errors['schedule.timeZone']}
      onChange={onChange}
    />
  );
}

function NextTimes({ schedule: { cron, timeZone } }: { schedule: Schedule }) {
  const settled = useSettled(JSON.stringify({ cron, timeZone }));
  const preview = useQuery({
    queryKey: dataKey('previewSchedule', settled),
    queryFn: () => call('previewSchedule', { cron, timeZone }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  if (preview.isError) return <FieldError message={messageOf(preview.error)} />;
  if (preview.data === undefined) return <p className="hint">Computing the next five times …</p>;
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short', timeZone });
  return (
    <div className="next-times" role="status">
      <p className="strong">{preview.data.words}</p>
      <ol>
        {preview.data.times.map((at) => (
          <li key={at} className="number">
            {format.format(at)}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The text once it has not changed for a moment, so that the app is not asked at each key. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 400);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
