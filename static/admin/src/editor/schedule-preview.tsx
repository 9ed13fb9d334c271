import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schedule } from '../../../../src/domain/connector';
import { AppError, call, messageOf } from '../app-calls';
import { dataKey } from '../page-data';
import { FieldError } from '../parts/field';
import { formatStart } from './schedule-choice';

/** What the app says to a schedule that is being chosen: its next times, or why it refuses it. */
export function useSchedulePreview({ cron, timeZone }: Schedule) {
  const settled = useSettled(JSON.stringify({ cron, timeZone }));
  const { data, error } = useQuery({
    queryKey: dataKey('previewSchedule', settled),
    queryFn: async () => ({ ...(await call('previewSchedule', { cron, timeZone })), timeZone }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return { data, error };
}

type Preview = ReturnType<typeof useSchedulePreview>;

/** Why the app refuses the chosen value of a field, for example `schedule.cron`. */
export function refusalAt({ error }: Preview, field: string): string | undefined {
  return error instanceof AppError && error.field === field ? error.message : undefined;
}

/** The chosen schedule in words, and its next five times. */
export function NextTimes({ preview: { data, error } }: { preview: Preview }) {
  if (error instanceof AppError && error.field !== undefined) return null;
  if (error !== null) return <FieldError message={messageOf(error)} />;
  if (data === undefined) return <p className="hint">Computing the next five times …</p>;
  return (
    <div className="next-times" role="status">
      <p className="strong">{data.words}</p>
      <ol>
        {data.times.map((at) => (
          <li key={at} className="number">
            {formatStart(at, data.timeZone)}
          </li>
        ))}
      </ol>
      <p className="hint">
        When the clocks change, a time that is skipped starts right after the gap, and a time that comes twice starts
        once.
      </p>
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
