import { useMemo, useState } from 'react';
import type { SourceGroupId } from '../../../../src/domain/identity';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { Check } from '../parts/choice';
import { FieldError, TextField } from '../parts/field';
import { Message } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { useEditor } from './editor-context';
import { filterGroups, findLostGroups, toggleId } from './group-choice';

interface GroupPickerProps {
  readonly label: string;
  readonly chosen: readonly SourceGroupId[];
  readonly onChange: (chosen: readonly SourceGroupId[]) => void;
  readonly error?: string | undefined;
}

/** Groups of the realm to choose from, by their paths. */
export function GroupPicker({ label, chosen, onChange, error }: GroupPickerProps) {
  const groups = useEditor().survey.found?.groups;
  const [search, setSearch] = useState('');
  const [onlyChosen, setOnlyChosen] = useState(false);
  const chosenIds = useMemo(() => new Set<string>(chosen), [chosen]);
  const shown = useMemo(
    () => filterGroups(groups ?? [], search, onlyChosen ? chosenIds : undefined),
    [groups, search, onlyChosen, chosenIds],
  );
  const lost = useMemo(() => findLostGroups(groups ?? [], chosen), [groups, chosen]);
  if (groups === undefined) return null;
  // The survey names groups by plain text; the ids themselves are the same.
  const toggle = (id: string, on: boolean) => onChange(toggleId<string>(chosen, id, on) as readonly SourceGroupId[]);
  return (
    <div className="group-picker">
      {lost.length > 0 && (
        <Message
          tone="warning"
          title={`${countOf(lost.length, 'chosen group')} no longer in the realm`}
          actions={
            <Action spacing="compact" onClick={() => onChange(chosen.filter((id) => !lost.includes(id)))}>
              Take {lost.length === 1 ? 'it' : 'them'} out of the choice
            </Action>
          }
        >
          A group that is gone stops every run; it never means everybody or nobody. {lost.join(', ')}
        </Message>
      )}
      <div className="group-picker-head">
        <TextField
          label={`Search ${label}`}
          type="search"
          placeholder="Part of the path"
          value={search}
          onChange={setSearch}
        />
        <div className="group-picker-count">
          <span className="subtle number" role="status">
            {chosen.length} of {countOf(groups.length, 'group')} chosen
          </span>
          <Check label="Only chosen" checked={onlyChosen} onChange={setOnlyChosen} />
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="nothing">{groups.length === 0 ? 'The realm has no groups.' : 'No group matches.'}</p>
      ) : (
        <VirtualList
          label={label}
          items={shown}
          keyOf={({ id }) => id}
          estimate={32}
          height={320}
          render={({ id, path, members }) => (
            <div className="group-row">
              <Check label={path} checked={chosenIds.has(id)} onChange={(on) => toggle(id, on)} />
              <span className="subtle small number">{countOf(members, 'member')}</span>
            </div>
          )}
        />
      )}
      {error !== undefined && <FieldError message={error} />}
    </div>
  );
}
