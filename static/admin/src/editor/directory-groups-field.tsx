import { useState } from 'react';
import type { GroupId } from '../../../../src/domain/identity';
import { FieldError } from '../parts/field';
import { Message } from '../parts/message';
import { DirectoryGroupPicker } from './directory-group-picker';
import { useEditor } from './editor-context';
import { errorAt } from './settings-fields';

interface DirectoryGroupsFieldProps {
  readonly summary: string;
  readonly description: string;
  readonly label: string;
  /** Path of the choice in the settings, for example `groups.neverRemove`. */
  readonly field: string;
  readonly writes: boolean;
  readonly chosen: readonly GroupId[];
  readonly onChange: (chosen: readonly GroupId[]) => void;
}

/** A choice of Atlassian groups: out of the way until there is one. */
export function DirectoryGroupsField({ summary, description, field, ...picker }: DirectoryGroupsFieldProps) {
  const { survey, errors } = useEditor();
  const groups = survey.found?.directoryGroups;
  const count = picker.chosen.length;
  const error = errorAt(errors, field);
  const [open, setOpen] = useState(count > 0);
  // A refusal that nobody sees cannot be mended.
  if (error !== undefined && !open) setOpen(true);
  return (
    <details className="more" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{count === 0 ? summary : `${summary} (${count})`}</summary>
      <div className="more-body">
        <p className="lead">{description}</p>
        {groups === undefined ? (
          <Message tone="information" title="Set up the Atlassian directory first">
            Its groups can be chosen here once they were read: then choose Read again above.
          </Message>
        ) : (
          open && <DirectoryGroupPicker groups={groups} {...picker} />
        )}
        {error !== undefined && <FieldError message={error} />}
      </div>
    </details>
  );
}
