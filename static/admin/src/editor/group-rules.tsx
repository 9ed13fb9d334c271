import type { GroupRule } from '../../../../src/domain/group-set';
import type { SurveyResult } from '../../../../src/domain/survey';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { FieldError, TextField } from '../parts/field';
import { Badge } from '../parts/message';
import { SelectField } from '../parts/select-field';
import { useEditor } from './editor-context';
import { describePeople, findRuleCount, type ChoicePath } from './group-counts';
import { errorAt } from './settings-fields';

interface GroupRulesProps {
  /** What the rules are for, for example `required groups`. */
  readonly label: string;
  /** Path of the choice in the settings. */
  readonly field: ChoicePath;
  readonly rules: readonly GroupRule[];
  readonly onChange: (rules: readonly GroupRule[]) => void;
}

const newRule: GroupRule = { of: 'path', test: 'prefix', text: '' };

/** Groups chosen by what they are called, also those that do not exist yet. */
export function GroupRules({ label, field, rules, onChange }: GroupRulesProps) {
  const { errors, survey } = useEditor();
  const set = (place: number, part: Partial<GroupRule>) =>
    onChange(rules.map((rule, index) => (index === place ? { ...rule, ...part } : rule)));
  const whole = errors[`${field}.rules`];
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
            error={errorAt(errors, `${field}.rules.${index}`)}
            onChange={(text) => set(index, { text })}
          />
          <Action
            spacing="compact"
            label={`Take out rule ${index + 1} for ${label}`}
            onClick={() => onChange(rules.filter((_, place) => place !== index))}
          >
            Take out
          </Action>
          <RuleCount rule={rule} field={field} survey={survey.found} />
        </div>
      ))}
      <Action spacing="compact" onClick={() => onChange([...rules, newRule])}>
        Add a rule
      </Action>
      {whole !== undefined && <FieldError message={whole} />}
    </fieldset>
  );
}

/** What a rule catches; one that catches nothing is a mistake that stops a run where it chooses the scope. */
function RuleCount({ rule, field, survey }: { rule: GroupRule; field: ChoicePath; survey: SurveyResult | undefined }) {
  if (survey === undefined || rule.text === '') return null;
  const count = findRuleCount(survey, field, rule);
  return (
    <p className="group-rule-count subtle small" role="status">
      {count === undefined ? (
        'Not counted yet'
      ) : count.groups === 0 ? (
        <Badge tone="warning">No group fits this rule</Badge>
      ) : (
        `${countOf(count.groups, 'group')}, ${describePeople(count.people, field)}`
      )}
    </p>
  );
}
