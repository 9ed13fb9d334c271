import { useState } from 'react';
import { attributeNames, type MappingRow } from '../../../../../src/domain/mapping-row';
import { Action } from '../../parts/action';
import { FieldError } from '../../parts/field';
import { useEditor } from '../editor-context';
import { MappingTableRow } from './mapping-table-row';
import { replaceItem } from './order';
import { PresetChoice } from './preset-choice';
import { makeRow } from './row-edits';
import { useOrderedList } from './use-ordered-list';
import './mapping.css';

const whole = 'users.mapping';

/** Rows that were just taken away, and what was left: they can be put back as long as nothing else happened. */
interface Undo {
  readonly text: string;
  readonly before: readonly MappingRow[];
  readonly after: readonly MappingRow[];
}

/** Which Keycloak attributes fill which Atlassian attribute, row by row. */
export function MappingTable() {
  const { draft, change, errors } = useEditor();
  const rows = draft.users.mapping;
  const [undo, setUndo] = useState<Undo>();
  const set = (mapping: readonly MappingRow[], field = whole) =>
    change(field, (old) => ({ ...old, users: { ...old.users, mapping } }));
  const takeAway = (after: readonly MappingRow[], text: string) => {
    setUndo({ text, before: rows, after });
    set(after);
  };
  const list = useOrderedList({
    items: rows,
    onChange: (next) => {
      if (next.length < rows.length) takeAway(next, 'The row was removed.');
      else set(next);
    },
    nameOf: ({ attribute }) => `The row ${attributeNames[attribute]}`,
  });
  const undoable = undo?.after === rows ? undo : undefined;
  const error = errors[whole];
  return (
    <section className="form-part mapping-part">
      <h3>Attribute mapping</h3>
      <p className="lead">
        Which Keycloak attribute fills which Atlassian attribute. Several rows may fill the same one: they are tried
        from top to bottom, and a row that ignores the attribute passes on to the next.
      </p>
      <PresetChoice
        rows={rows}
        onChoose={(preset) => {
          list.renew();
          takeAway(preset.rows, `The rows are those of ${preset.name} now.`);
        }}
      />
      <div className="table-frame" tabIndex={0} role="region" aria-label="Attribute mapping">
        <table className="table compact mapping-table">
          <caption className="visually-hidden">Which Keycloak attribute fills which Atlassian attribute</caption>
          <thead>
            <tr>
              <th scope="col">Atlassian attribute</th>
              <th scope="col">Keycloak attribute</th>
              <th scope="col">How</th>
              <th scope="col">
                <span className="visually-hidden">Order</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <MappingTableRow
                key={list.keys[place]}
                rows={rows}
                row={row}
                place={place}
                list={list}
                onChange={(next, field) => set(replaceItem(rows, place, next), field)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="visually-hidden" role="status">
        {list.said}
      </p>
      {error !== undefined && <FieldError message={error} />}
      <div className="buttons mapping-actions">
        <Action
          id={list.addId}
          onClick={() => {
            list.added();
            set([...rows, makeRow(rows)]);
          }}
        >
          Add a row
        </Action>
        {undoable !== undefined && (
          <>
            <span className="subtle">{undoable.text}</span>
            <Action
              appearance="subtle"
              onClick={() => {
                list.renew();
                set(undoable.before);
              }}
            >
              Undo
            </Action>
          </>
        )}
      </div>
      <p className="hint">
        Whether an account is active always comes from <code>enabled</code>: see Deactivate and Reactivate below.
      </p>
    </section>
  );
}
