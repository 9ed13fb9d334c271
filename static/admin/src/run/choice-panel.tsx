import type { ReportRow } from '../../../../src/domain/report';
import { formatCount } from '../moments';
import { Check, Choice as Radios } from '../parts/choice';
import { kindWords } from './change-words';
import type { Choice } from './choice';
import { findKinds } from './choice';

interface ChoicePanelProps {
  readonly rows: readonly ReportRow[];
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** Which kinds of changes, and of whom. The rows below are ticked one by one. */
export function ChoicePanel({ rows, choice, onChange }: ChoicePanelProps) {
  return (
    <div className="card choice-panel">
      <fieldset className="choice">
        <legend className="field-legend">Kinds of changes</legend>
        <div className="kinds">
          {findKinds(rows).map(({ kind, count }) => (
            <Check
              key={kind}
              label={`${kindWords[kind]} (${formatCount(count)})`}
              checked={choice.kinds.has(kind)}
              onChange={(checked) => {
                const kinds = new Set(choice.kinds);
                if (checked) kinds.add(kind);
                else kinds.delete(kind);
                onChange({ ...choice, kinds });
              }}
            />
          ))}
        </div>
      </fieldset>
      <Radios
        legend="Of whom"
        value={choice.of}
        options={[
          { value: 'ticked', label: 'Only of the people and groups that are ticked below' },
          { value: 'everybody', label: 'Of everybody in this plan' },
        ]}
        onChange={(of) => onChange({ ...choice, of })}
      />
    </div>
  );
}
