import { attributeNames, type MappingRow } from '../../../../../src/domain/mapping-row';
import { TextField } from '../../parts/field';
import { Message } from '../../parts/message';
import { SelectField } from '../../parts/select-field';
import { useEditor } from '../editor-context';
import { errorAt } from '../settings-fields';
import { severalNames } from './mapping-words';
import { tellLimits, warnOfNames } from './notes';
import { OtherwiseChoice } from './otherwise-choice';
import { withAttribute, withSeveral } from './row-edits';
import { SourcesEditor } from './sources-editor';
import { TransformationsEditor } from './transformations-editor';

interface RowEditorProps {
  readonly row: MappingRow;
  readonly place: number;
  readonly field: string;
  readonly onChange: (row: MappingRow, field: string) => void;
}

/** All that a row of the mapping can say. */
export function RowEditor({ row, place, field, onChange }: RowEditorProps) {
  const { draft, errors, survey } = useEditor();
  const { values } = row;
  const of = `row ${place + 1}`;
  const warnings = warnOfNames(row, survey.found?.attributes);
  return (
    <div className="row-editor">
      <div className="row-editor-column">
        <SelectField
          label="Atlassian attribute"
          value={row.attribute}
          options={attributeNames}
          error={errorAt(errors, `${field}.attribute`)}
          hint={tellLimits(row.attribute, draft.users).join(' ')}
          onChange={(attribute) => onChange(withAttribute(row, attribute), field)}
        />
        <SourcesEditor
          of={of}
          field={`${field}.templates`}
          templates={row.templates}
          onChange={(templates, touched) => onChange({ ...row, templates }, touched)}
        />
        {warnings.map((warning) => (
          <Message key={warning} tone="warning" title={warning} />
        ))}
        <SelectField
          label="If an attribute has several values"
          value={values.kind}
          options={severalNames}
          error={errorAt(errors, `${field}.values.kind`)}
          onChange={(kind) => onChange({ ...row, values: withSeveral(values, kind) }, `${field}.values`)}
        />
        {values.kind === 'join' && (
          <TextField
            label="Separator"
            hint="Blanks in it count."
            value={values.separator}
            error={errorAt(errors, `${field}.values.separator`)}
            onChange={(separator) => onChange({ ...row, values: { kind: 'join', separator } }, `${field}.values`)}
          />
        )}
      </div>
      <div className="row-editor-column">
        <TransformationsEditor
          of={of}
          field={`${field}.transformations`}
          transformations={row.transformations}
          onChange={(transformations, touched) => onChange({ ...row, transformations }, touched)}
        />
        <OtherwiseChoice
          row={row}
          field={`${field}.otherwise`}
          onChange={(otherwise) => onChange({ ...row, otherwise }, `${field}.otherwise`)}
        />
      </div>
    </div>
  );
}
