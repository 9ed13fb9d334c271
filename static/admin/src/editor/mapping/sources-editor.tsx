import { Action } from '../../parts/action';
import { FieldError } from '../../parts/field';
import { useEditor } from '../editor-context';
import { replaceItem } from './order';
import { PlaceButtons } from './place-buttons';
import { SourceField } from './source-field';
import { describeTemplate } from './template';
import { useOrderedList } from './use-ordered-list';

interface SourcesEditorProps {
  readonly of: string;
  readonly field: string;
  readonly templates: readonly string[];
  readonly onChange: (templates: readonly string[], field: string) => void;
}

/** The Keycloak attribute of a row, and what is taken where a user has no value of it. */
export function SourcesEditor({ of, field, templates, onChange }: SourcesEditorProps) {
  const { errors } = useEditor();
  const list = useOrderedList({
    items: templates,
    onChange: (next) => onChange(next, field),
    nameOf: describeTemplate,
  });
  const whole = errors[field];
  return (
    <fieldset className="ordered">
      <legend className="field-legend">Keycloak attributes of {of}: the first one that the user has</legend>
      <ol className="ordered-items">
        {templates.map((template, place) => (
          <li key={list.keys[place]} id={list.idOf(place, 'item')} className="ordered-item">
            <SourceField
              label={place === 0 ? 'Keycloak attribute' : `Fallback ${place}`}
              template={template}
              error={errors[`${field}.${place}`]}
              onChange={(next) => onChange(replaceItem(templates, place, next), `${field}.${place}`)}
            />
            <PlaceButtons
              list={list}
              place={place}
              name={place === 0 ? `the Keycloak attribute of ${of}` : `fallback ${place} of ${of}`}
              keepsOne
            />
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {list.said}
      </p>
      <Action
        spacing="compact"
        id={list.addId}
        label={`Add a fallback attribute to ${of}`}
        onClick={() => {
          list.added();
          onChange([...templates, ''], field);
        }}
      >
        Add a fallback attribute
      </Action>
      {whole !== undefined && <FieldError message={whole} />}
    </fieldset>
  );
}
