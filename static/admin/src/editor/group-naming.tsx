import type { GroupNaming } from '../../../../src/domain/connector';
import { TextField } from '../parts/field';
import { SelectField } from '../parts/select-field';
import { useEditor } from './editor-context';
import { describeTransformation } from './mapping/mapping-words';
import { TransformationsEditor } from './mapping/transformations-editor';
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
      <TransformationsEditor
        of="group names"
        field="groups.naming.transformations"
        transformations={naming.transformations}
        onChange={(transformations, touched) =>
          change(touched, (old) => ({
            ...old,
            groups: { ...old.groups, naming: { ...old.groups.naming, transformations } },
          }))
        }
      />
      <TextField
        label="Prefix"
        hint="Stands in front of every name."
        value={naming.prefix}
        error={errorAt(errors, 'groups.naming.prefix')}
        onChange={(prefix) => set('prefix', { prefix })}
      />
      <p className="hint">
        The group /parent/group {naming.transformations.length === 0 ? 'is called' : 'begins as'}{' '}
        <code>{`${naming.transformations.length === 0 ? naming.prefix : ''}${levels.join(naming.separator)}`}</code>
        {naming.transformations.length > 0 && (
          <>
            , then: {naming.transformations.map(describeTransformation).join(', ')}
            {naming.prefix !== '' && (
              <>
                , with <code>{naming.prefix}</code> in front
              </>
            )}
          </>
        )}
        . Linked groups keep their names. Where two groups would get one name, the plan says so.
      </p>
    </section>
  );
}
