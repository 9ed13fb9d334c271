import { useState } from 'react';
import type { Schedule } from '../../../../src/domain/connector';
import { parseKind } from '../../../../src/domain/schedule-kind';
import { Choice, Switch } from '../parts/choice';
import { SearchField } from '../parts/search-field';
import { useEditor } from './editor-context';
import { changeKind } from './schedule-choice';
import { NextTimes, refusalAt, useSchedulePreview } from './schedule-preview';
import { TimingFields } from './timing-fields';
import { findZones, listZones, nameZone } from './zone-search';

/** When the sync runs by itself, with the next five times. */
export function ScheduleFields() {
  const { draft, change } = useEditor();
  const { schedule } = draft;
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
      {schedule.enabled && <Repetition schedule={schedule} onChange={set} />}
    </>
  );
}

interface RepetitionProps {
  readonly schedule: Schedule;
  readonly onChange: (part: Partial<Schedule>) => void;
}

function Repetition({ schedule, onChange }: RepetitionProps) {
  const { errors } = useEditor();
  const kind = parseKind(schedule.cron);
  // An expression that is being typed may pass through one of the simple kinds.
  const [byCron, setByCron] = useState(kind.kind === 'cron');
  const preview = useSchedulePreview(schedule);
  const errorAt = (field: string) => errors[field] ?? refusalAt(preview, field);
  const [zones] = useState(() => listZones(schedule.timeZone));
  return (
    <div className="nested">
      <Choice
        legend="Repeat"
        value={byCron ? 'cron' : kind.kind}
        onChange={(to) => {
          setByCron(to === 'cron');
          onChange({ cron: changeKind(schedule.cron, to) });
        }}
        options={[
          { value: 'hours', label: 'Every few hours' },
          { value: 'daily', label: 'Daily' },
          { value: 'weekly', label: 'Weekly' },
          { value: 'cron', label: 'Cron expression' },
        ]}
      />
      <div className="schedule-row">
        <TimingFields
          kind={byCron ? { kind: 'cron', cron: schedule.cron } : kind}
          error={errorAt('schedule.cron')}
          onChange={(cron) => onChange({ cron })}
        />
        <SearchField
          label="Time zone"
          value={schedule.timeZone}
          nameOf={nameZone}
          find={(typed) => findZones(zones, typed)}
          hint="Type a city or a region."
          error={errorAt('schedule.timeZone')}
          onChange={(timeZone) => onChange({ timeZone })}
        />
      </div>
      <NextTimes preview={preview} />
    </div>
  );
}
