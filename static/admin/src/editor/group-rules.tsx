import type { GroupRule } from '../../../../src/domain/group-set';
import { Action } from '../parts/action';
import { FieldError, TextField } from '../parts/field';
import { SelectField } from '../parts/select-field';
import { useEditor } from './editor-context';
import { errorAt } from './settings-fields';

interface GroupRulesProps {
  /** What the rules are for, for example `required groups`. */
  readonly label: string;
  /** Path of the rules in the settings, where the app says what is wrong. */
  readonly field: string;
  readonly rules: readonly GroupRule[];
  readonly onChange: (rules: readonly GroupRule[]) => void;
}

const newRule: GroupRule = { of: 'path', test: 'prefix', text: '' };

/** Groups chosen by what they are called, also those that do not exist yet. */
export function GroupRules({ label, field, rules, onChange }: GroupRulesProps) {
  const { errors } = useEditor();
  const set = (place: number, part: Partial<GroupRule>) =>
    onChange(rules.map((rule, index) => (index === place ? { ...rule, ...part } : rule)));
  const whole = errors[field];
  return (
    <fieldset className="group-rules">
      <legend>Rules for {label}</legend>
      {rules.map((rule, index) => (
        // Rules have no identity but their place.
        <div key={index} className="group-rule">
          <SelectField
            label="Compare"
            value={rule.of}
            options={{ name: 'Name', path: 'Path' }}
            onChange={(of) => set(index, { of })}
          />
          <SelectField
            label="How"
            value={rule.test}
            options={{ exact: 'is exactly', prefix: 'begins with', regex: 'matches expression' }}
            onChange={(test) => set(index, { test })}
          />
          <TextField
            label="Text"
            monospaced
            value={rule.text}
            error={errorAt(errors, `${field}.${index}`)}
            onChange={(text) => set(index, { text })}
          />
          <Action
            spacing="compact"
            label={`Take out rule ${index + 1} for ${label}`}
            onClick={() => onChange(rules.filter((_, place) => place !== index))}
          >
            Take out
          </Action>
        </div>
      ))}
      <Action spacing="compact" onClick={() => onChange([...rules, newRule])}>
        Add a rule
      </Action>
      {whole !== undefined && <FieldError message={whole} />}
    </fieldset>
  );
}
