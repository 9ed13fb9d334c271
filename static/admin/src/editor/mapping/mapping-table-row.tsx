import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import { useState } from 'react';
import { attributeNames, type MappingRow } from '../../../../../src/domain/mapping-row';
import { Badge } from '../../parts/message';
import { useEditor } from '../editor-context';
import { errorAt } from '../settings-fields';
import { describeHow, describeSources, describeTurn } from './mapping-words';
import { describeIdle, warnOfNames } from './notes';
import { PlaceButtons } from './place-buttons';
import { RowEditor } from './row-editor';
import type { OrderedList } from './use-ordered-list';

interface MappingTableRowProps {
  readonly rows: readonly MappingRow[];
  readonly row: MappingRow;
  readonly place: number;
  readonly list: OrderedList;
  readonly onChange: (row: MappingRow, field: string) => void;
}

/** A row in words, which opens into its editor in place. */
export function MappingTableRow({ rows, row, place, list, onChange }: MappingTableRowProps) {
  const { draft, errors, survey } = useEditor();
  const field = `users.mapping.${place}`;
  const refused = errorAt(errors, field) !== undefined;
  // A new row has everything still to be said.
  const [open, setOpen] = useState(row.templates.includes(''));
  // A refusal that nobody sees cannot be mended.
  if (refused && !open) setOpen(true);
  const name = attributeNames[row.attribute];
  // Of e-mail and name the account shows what it has, and the switches below say whether they follow.
  const isProfile = row.attribute !== 'email' && row.attribute !== 'displayName';
  const idle = isProfile ? describeIdle(row.attribute, draft.users) : undefined;
  const turn = describeTurn(rows, place);
  const warned = warnOfNames(row, survey.found?.attributes).length > 0;
  const editorId = list.idOf(place, 'item');
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon;
  return (
    <>
      <tr className={open ? 'mapping-row open' : 'mapping-row'}>
        <th scope="row">
          <button
            type="button"
            className="row-toggle"
            aria-expanded={open}
            aria-label={`Row ${place + 1}: ${name}`}
            {...(open ? { 'aria-controls': editorId } : {})}
            onClick={() => setOpen(!open)}
          >
            <Chevron label="" size="small" />
            {name}
          </button>
          {turn !== undefined && <span className="row-turn">{turn}</span>}
        </th>
        <td>{describeSources(row)}</td>
        <td className="subtle">
          {describeHow(row)}
          <span className="row-badges">
            {refused && <Badge tone="danger">To mend</Badge>}
            {warned && <Badge tone="warning">Unknown attribute</Badge>}
            {idle !== undefined && <Badge tone="neutral">{idle}</Badge>}
          </span>
        </td>
        <td className="row-places">
          <PlaceButtons list={list} place={place} name={`row ${place + 1}, ${name},`} />
        </td>
      </tr>
      {open && (
        <tr className="mapping-editor" id={editorId}>
          <td colSpan={4}>
            <RowEditor row={row} place={place} field={field} onChange={onChange} />
          </td>
        </tr>
      )}
    </>
  );
}
