import type { GroupNaming } from '../../../../src/domain/connector';
import { TextField } from '../parts/field';
import { SelectField } from '../parts/select-field';
import { useEditor } from './editor-context';
import { errorAt } from './settings-fields';

/** How the name of an Atlassian group comes from its Keycloak group. */
export function GroupNames() {
  const { draft, change, errors } = useEditor();
  const { naming } = draft.groups;
  const set = (field: string, part: Partial<GroupNaming>) =>
    change(`groups.naming.${field}`, (old) => ({
      ...old,
      groups: { ...old.groups, naming: { ...old.groups.naming, ...part } },
    }));
  const levels = naming.from === 'path' ? ['parent', 'group'] : ['group'];
  return (
    <section className="form-part">
      <h3>Names</h3>
      <SelectField
        label="Name from"
        value={naming.from}
        options={{ name: 'The name of the group', path: 'Its path' }}
        onChange={(from) => set('from', { from })}
      />
      {naming.from === 'path' && (
        <TextField
          label="Separator"
          hint="Stands between the names of a path."
          value={naming.separator}
          error={errorAt(errors, 'groups.naming.separator')}
          onChange={(separator) => set('separator', { separator })}
        />
      )}
      <TextField
        label="Prefix"
        value={naming.prefix}
        error={errorAt(errors, 'groups.naming.prefix')}
        onChange={(prefix) => set('prefix', { prefix })}
      />
      <p className="hint">
        The group /parent/group is called <code>{`${naming.prefix}${levels.join(naming.separator)}`}</code>. Linked
        groups keep their names.
      </p>
    </section>
  );
}
