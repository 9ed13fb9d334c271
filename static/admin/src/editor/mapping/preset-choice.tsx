import { useState } from 'react';
import { attributeNames, type MappingRow } from '../../../../../src/domain/mapping-row';
import { countOf } from '../../moments';
import { Action } from '../../parts/action';
import { Dialog } from '../../parts/dialog';
import { describeSources } from './mapping-words';
import { findLostRows, isPreset, presets, type Preset } from './presets';

/** More rows that would be lost are counted. */
const mostNamed = 5;

interface PresetChoiceProps {
  readonly rows: readonly MappingRow[];
  readonly onChoose: (preset: Preset) => void;
}

/** Rows to begin with; asks before own rows are lost by it. */
export function PresetChoice({ rows, onChoose }: PresetChoiceProps) {
  const [asked, setAsked] = useState<Preset>();
  const lost = asked === undefined ? [] : findLostRows(rows, asked);
  return (
    <div className="presets">
      <span className="field-legend">Begin with</span>
      {presets.map((preset) => (
        <Action
          key={preset.name}
          spacing="compact"
          disabledBecause={isPreset(rows, preset) ? 'These are the rows now.' : undefined}
          onClick={() => (findLostRows(rows, preset).length === 0 ? onChoose(preset) : setAsked(preset))}
        >
          {preset.name}
        </Action>
      ))}
      {asked !== undefined && (
        <Dialog
          title={`Begin again with ${asked.name}?`}
          onClose={() => setAsked(undefined)}
          actions={
            <>
              <Action appearance="subtle" onClick={() => setAsked(undefined)}>
                Cancel
              </Action>
              <Action
                appearance="primary"
                onClick={() => {
                  setAsked(undefined);
                  onChoose(asked);
                }}
              >
                Replace the rows
              </Action>
            </>
          }
        >
          <p>{asked.description}</p>
          <p>{countOf(lost.length, 'row')} would be lost:</p>
          <ul className="plain-steps">
            {lost.slice(0, mostNamed).map((row, index) => (
              // Rows have no identity but their place.
              <li key={index}>
                {attributeNames[row.attribute]} from {describeSources(row)}
              </li>
            ))}
            {lost.length > mostNamed && <li>and {lost.length - mostNamed} more</li>}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
