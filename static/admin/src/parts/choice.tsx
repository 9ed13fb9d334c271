import Checkbox from '@atlaskit/checkbox';
import { Radio } from '@atlaskit/radio';
import Toggle from '@atlaskit/toggle';
import type { ReactNode } from 'react';
import { useId } from 'react';

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly description?: ReactNode }[];
  readonly onChange: (value: Value) => void;
  readonly hideLegend?: boolean;
}

/** One of several, all of them visible with what they mean. */
export function Choice<Value extends string>({ legend, value, options, onChange, hideLegend }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className={hideLegend === true ? 'visually-hidden' : 'field-legend'}>{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className={option.value === value ? 'choice-option chosen' : 'choice-option'}>
          <Radio
            name={name}
            value={option.value}
            label={option.label}
            isChecked={option.value === value}
            onChange={() => onChange(option.value)}
            {...(option.description === undefined ? {} : { 'aria-describedby': `${name}-${option.value}` })}
          />
          {option.description !== undefined && (
            <div id={`${name}-${option.value}`} className="choice-description">
              {option.description}
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
}

/** One of several that may all be chosen. */
export function Check({ label, checked, onChange, description, disabled = false }: CheckProps) {
  const id = useId();
  return (
    <div className="check">
      <Checkbox
        label={label}
        isChecked={checked}
        isDisabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        {...(description === undefined ? {} : { 'aria-describedby': id })}
      />
      {description !== undefined && (
        <span id={id} className="check-description">
          {description}
        </span>
      )}
    </div>
  );
}

/** On or off, with a sentence that says what on means. */
export function Switch({ label, checked, onChange, description, disabled = false }: CheckProps) {
  const id = useId();
  return (
    <div className="switch">
      <div className="switch-text">
        <label htmlFor={id}>{label}</label>
        {description !== undefined && <p className="hint">{description}</p>}
      </div>
      <Toggle
        id={id}
        isChecked={checked}
        isDisabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
