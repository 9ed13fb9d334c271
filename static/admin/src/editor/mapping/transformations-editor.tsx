import type { Transformation } from '../../../../../src/domain/mapping-row';
import { Action } from '../../parts/action';
import { FieldError } from '../../parts/field';
import { SelectField } from '../../parts/select-field';
import { useEditor } from '../editor-context';
import { errorAt } from '../settings-fields';
import { transformationNames } from './mapping-words';
import { replaceItem } from './order';
import { PlaceButtons } from './place-buttons';
import { withKind } from './row-edits';
import { TransformationTexts } from './transformation-texts';
import { useOrderedList } from './use-ordered-list';
import './mapping.css';

interface TransformationsEditorProps {
  /** What is transformed, for example `group names`. */
  readonly of: string;
  /** Path of the list in the settings, where the app says what is wrong. */
  readonly field: string;
  readonly transformations: readonly Transformation[];
  /** `field` names what was touched: the list, or one transformation of it. */
  readonly onChange: (transformations: readonly Transformation[], field: string) => void;
}

/** What happens to a text, one step after the other. */
export function TransformationsEditor({ of, field, transformations, onChange }: TransformationsEditorProps) {
  const { errors } = useEditor();
  const list = useOrderedList({
    items: transformations,
    onChange: (next) => onChange(next, field),
    nameOf: ({ kind }) => transformationNames[kind],
  });
  const set = (place: number, step: Transformation) =>
    onChange(replaceItem(transformations, place, step), `${field}.${place}`);
  const whole = errors[field];
  return (
    <fieldset className="ordered">
      <legend className="field-legend">Transformations of {of}, in this order</legend>
      {transformations.length === 0 && <p className="hint">None: the text stays as it is.</p>}
      <ol className="ordered-items">
        {transformations.map((step, place) => {
          const own = errors[`${field}.${place}`] ?? errorAt(errors, `${field}.${place}.kind`);
          return (
            <li key={list.keys[place]} id={list.idOf(place, 'item')} className="ordered-item">
              <SelectField
                label={`Transformation ${place + 1}`}
                value={step.kind}
                options={transformationNames}
                error={own}
                onChange={(kind) => set(place, withKind(step, kind))}
              />
              <TransformationTexts step={step} field={`${field}.${place}`} onChange={(next) => set(place, next)} />
              <PlaceButtons list={list} place={place} name={`transformation ${place + 1} of ${of}`} />
            </li>
          );
        })}
      </ol>
      <p className="visually-hidden" role="status">
        {list.said}
      </p>
      <Action
        spacing="compact"
        id={list.addId}
        label={`Add a transformation of ${of}`}
        onClick={() => {
          list.added();
          onChange([...transformations, { kind: 'trim' }], field);
        }}
      >
        Add a transformation
      </Action>
      {whole !== undefined && <FieldError message={whole} />}
    </fieldset>
  );
}
