import { useState } from 'react';
import type { GroupSet } from '../../../../src/domain/group-set';
import { useEditor } from './editor-context';
import type { ChoicePath } from './group-counts';
import { GroupPicker } from './group-picker';
import { GroupRules } from './group-rules';
import { PickedGroups } from './picked-groups';
import { errorAt } from './settings-fields';

interface GroupSetFieldProps {
  readonly label: string;
  /** Path of the choice in the settings. */
  readonly field: ChoicePath;
  readonly groups: GroupSet;
  readonly onChange: (groups: GroupSet) => void;
}

/** Groups of the realm, picked and by rule. */
export function GroupSetField({ label, field, groups, onChange }: GroupSetFieldProps) {
  const { errors } = useEditor();
  return (
    <>
      <GroupPicker
        label={label}
        chosen={groups.groupIds}
        error={errors[field] ?? errorAt(errors, `${field}.groupIds`)}
        onChange={(groupIds) => onChange({ ...groups, groupIds })}
      />
      <PickedGroups
        label={label}
        field={field}
        picked={groups.groupIds}
        onTakeOut={(id) => onChange({ ...groups, groupIds: groups.groupIds.filter((other) => other !== id) })}
      />
      <GroupRules
        label={label}
        field={field}
        rules={groups.rules}
        onChange={(rules) => onChange({ ...groups, rules })}
      />
    </>
  );
}

/** The groups that are left out: out of the way until there are some. */
export function ExceptGroups(props: GroupSetFieldProps & { readonly summary: string }) {
  const { summary, ...field } = props;
  const count = field.groups.groupIds.length + field.groups.rules.length;
  const refused = errorAt(useEditor().errors, field.field) !== undefined;
  const [open, setOpen] = useState(count > 0);
  // A refusal that nobody sees cannot be mended.
  if (refused && !open) setOpen(true);
  return (
    <details className="more" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{count === 0 ? summary : `${summary} (${count})`}</summary>
      <div className="more-body">
        <GroupSetField {...field} />
      </div>
    </details>
  );
}
