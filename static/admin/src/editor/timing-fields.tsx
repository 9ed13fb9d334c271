import { formatKind, hourSteps, weekdayNames, weekdays, type ScheduleKind } from '../../../../src/domain/schedule-kind';
import { Check } from '../parts/choice';
import { TextField } from '../parts/field';
import { SelectField } from '../parts/select-field';
import { changeTime, changeWeekday } from './schedule-choice';

interface TimingFieldsProps<Kind extends ScheduleKind> {
  readonly kind: Kind;
  readonly error: string | undefined;
  readonly onChange: (cron: string) => void;
}
type Of<Name extends ScheduleKind['kind']> = Extract<ScheduleKind, { readonly kind: Name }>;

/** The fields of one kind of schedule. */
export function TimingFields({ kind, error, onChange }: TimingFieldsProps<ScheduleKind>) {
  switch (kind.kind) {
    case 'hours':
      return <HoursField kind={kind} error={error} onChange={onChange} />;
    case 'daily':
      return <TimeField kind={kind} error={error} onChange={onChange} />;
    case 'weekly':
      return (
        <>
          <WeekdayFields kind={kind} error={undefined} onChange={onChange} />
          <TimeField kind={kind} error={error} onChange={onChange} />
        </>
      );
    case 'cron':
      return (
        <TextField
          label="Cron expression"
          monospaced
          value={kind.cron}
          error={error}
          hint="Five fields: minute, hour, day of month, month, day of week. At most every 30 minutes."
          onChange={onChange}
        />
      );
  }
}

function HoursField({ kind: { every }, error, onChange }: TimingFieldsProps<Of<'hours'>>) {
  const words = hourSteps.map((step) => [String(step), step === 1 ? 'hour' : `${step} hours`] as const);
  return (
    <SelectField
      label="Every"
      value={String(every)}
      options={Object.fromEntries(words)}
      error={error}
      hint="Counted from 00:00."
      onChange={(chosen) => {
        const step = hourSteps.find((each) => String(each) === chosen);
        if (step !== undefined) onChange(formatKind({ kind: 'hours', every: step }));
      }}
    />
  );
}

function TimeField({ kind, error, onChange }: TimingFieldsProps<Of<'daily'> | Of<'weekly'>>) {
  return (
    <TextField
      label="Time"
      type="time"
      value={kind.time}
      error={error}
      onChange={(time) => {
        const cron = changeTime(kind, time);
        if (cron !== undefined) onChange(cron);
      }}
    />
  );
}

function WeekdayFields({ kind, onChange }: TimingFieldsProps<Of<'weekly'>>) {
  const [only, ...more] = kind.weekdays;
  return (
    <fieldset className="choice weekdays">
      <legend className="field-legend">Weekdays</legend>
      <div className="weekday-row">
        {weekdays.map((day) => (
          <Check
            key={day}
            label={weekdayNames[day]}
            checked={kind.weekdays.includes(day)}
            disabled={more.length === 0 && day === only}
            onChange={(chosen) => onChange(changeWeekday(kind, day, chosen))}
          />
        ))}
      </div>
      <p className="hint">At least one: the last one stays.</p>
    </fieldset>
  );
}
