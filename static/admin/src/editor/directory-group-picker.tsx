import { useMemo, useState } from 'react';
import type { GroupId } from '../../../../src/domain/identity';
import type { DirectoryGroupChoice } from '../../../../src/domain/survey';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { Check } from '../parts/choice';
import { TextField } from '../parts/field';
import { Badge, Message } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { nameProducts } from '../product-names';
import { filterDirectoryGroups } from './directory-group-choice';
import { findLostGroups, toggleId } from './group-choice';

interface DirectoryGroupPickerProps {
  readonly label: string;
  readonly groups: readonly DirectoryGroupChoice[];
  readonly chosen: readonly GroupId[];
  readonly onChange: (chosen: readonly GroupId[]) => void;
  /** Whether the app writes to the chosen groups, which it never does to a protected one. */
  readonly writes: boolean;
}

/** Groups of the Atlassian directory to choose from, by their names. */
export function DirectoryGroupPicker({ label, groups, chosen, onChange, writes }: DirectoryGroupPickerProps) {
  const [search, setSearch] = useState('');
  const [onlyChosen, setOnlyChosen] = useState(false);
  const chosenIds = useMemo(() => new Set<string>(chosen), [chosen]);
  const shown = useMemo(
    () => filterDirectoryGroups(groups, search, onlyChosen ? chosenIds : undefined),
    [groups, search, onlyChosen, chosenIds],
  );
  const lost = useMemo(() => findLostGroups(groups, chosen), [groups, chosen]);
  // The survey names groups by plain text; the ids themselves are the same.
  const toggle = (id: string, on: boolean) => onChange(toggleId<string>(chosen, id, on) as readonly GroupId[]);
  return (
    <div className="group-picker">
      {lost.length > 0 && (
        <Message
          tone="warning"
          title={`${countOf(lost.length, 'chosen group')} no longer in the directory`}
          actions={
            <Action spacing="compact" onClick={() => onChange(chosen.filter((id) => !lost.includes(id)))}>
              Take {lost.length === 1 ? 'it' : 'them'} out of the choice
            </Action>
          }
        >
          {lost.join(', ')}
        </Message>
      )}
      <div className="group-picker-head">
        <TextField
          label={`Search ${label}`}
          type="search"
          placeholder="Part of the name"
          value={search}
          onChange={setSearch}
        />
        <div className="group-picker-count">
          <span className="subtle number" role="status">
            {chosen.length} chosen, {countOf(groups.length, 'group')} in the directory
          </span>
          <Check label="Only chosen" checked={onlyChosen} onChange={setOnlyChosen} />
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="nothing">{groups.length === 0 ? 'The directory has no groups.' : 'No group matches.'}</p>
      ) : (
        <VirtualList
          label={label}
          items={shown}
          keyOf={({ id }) => id}
          estimate={32}
          height={320}
          render={(group) => (
            <DirectoryGroupRow
              group={group}
              writes={writes}
              checked={chosenIds.has(group.id)}
              onChange={(on) => toggle(group.id, on)}
            />
          )}
        />
      )}
    </div>
  );
}

interface DirectoryGroupRowProps {
  readonly group: DirectoryGroupChoice;
  readonly writes: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function DirectoryGroupRow({ group, writes, checked, onChange }: DirectoryGroupRowProps) {
  const { name, members, grantsAccess, protectedBecause } = group;
  const why = writes ? protectedBecause : undefined;
  return (
    <div className="group-row">
      <div className="directory-group">
        {/* What was chosen before can always be taken out. */}
        <Check label={name} checked={checked} disabled={why !== undefined && !checked} onChange={onChange} />
        {why !== undefined && <p className="directory-group-why">{why}</p>}
      </div>
      <span className="directory-group-facts">
        {grantsAccess.length > 0 && <Badge tone="information">Access to {nameProducts(grantsAccess)}</Badge>}
        <span className="subtle small number">{countOf(members, 'member')}</span>
      </span>
    </div>
  );
}
