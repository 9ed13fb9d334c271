import { Field } from './field';

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** What each value is called, in the order shown. */
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}

/** One value of a few, where radio buttons would take too much room. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onChange, error, hint } = props;
  // The keys of the record are its values.
  const values = Object.keys(options) as Value[];
  return (
    <Field label={label} error={error} hint={hint}>
      {(control) => (
        <select
          {...control}
          className="select"
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = values.find((each) => each === currentTarget.value);
            if (chosen !== undefined) onChange(chosen);
          }}
        >
          {values.map((each) => (
            <option key={each} value={each}>
              {options[each]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
