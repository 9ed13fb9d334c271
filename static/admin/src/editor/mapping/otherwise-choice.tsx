import type { MappingRow, Otherwise } from '../../../../../src/domain/mapping-row';
import { Choice } from '../../parts/choice';
import { FieldError } from '../../parts/field';
import { Message } from '../../parts/message';
import { useEditor } from '../editor-context';
import { errorAt } from '../settings-fields';
import { describeLeaving } from './leaving';
import { otherwiseWords } from './mapping-words';
import { listOtherwise } from './row-edits';

interface OtherwiseChoiceProps {
  readonly row: MappingRow;
  readonly field: string;
  readonly onChange: (otherwise: Otherwise) => void;
}

/** What happens to whoever a row does not fit. */
export function OtherwiseChoice({ row, field, onChange }: OtherwiseChoiceProps) {
  const { draft, errors } = useEditor();
  const error = errorAt(errors, field);
  return (
    <div className="otherwise">
      <Choice
        legend="When the user has none of these attributes, or nothing that is looked for is found"
        value={row.otherwise}
        options={listOtherwise(row.attribute).map((value) => ({
          value,
          label: otherwiseWords[value].title,
          description: otherwiseWords[value].meaning,
        }))}
        onChange={onChange}
      />
      {error !== undefined && <FieldError message={error} />}
      {row.otherwise === 'leave-scope' && (
        <Message tone="warning" title="Whoever this row does not fit leaves the scope">
          {describeLeaving(draft.cleanup)} Where nothing should happen to them, choose Leave the user out.
        </Message>
      )}
    </div>
  );
}
