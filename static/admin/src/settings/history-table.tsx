import type { SettingsHistoryEntry } from '../../../../src/domain/settings-history';
import { formatMoment } from '../moments';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { useReader } from '../run/run-facts';
import { useMissingRight } from '../use-right';
import { describeSave, describeSaver } from './history-words';

interface HistoryTableProps {
  readonly entries: readonly SettingsHistoryEntry[];
  readonly onRestore: (entry: SettingsHistoryEntry) => void;
}

/** Who saved, when, and what changed. */
export function HistoryTable({ entries, onRestore }: HistoryTableProps) {
  const reader = useReader();
  const refused = useMissingRight();
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Saved settings">
      <table className="table">
        <caption className="visually-hidden">Saved settings, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Saved</th>
            <th scope="col">By</th>
            <th scope="col">What changed</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.entry}>
              <th scope="row">{formatMoment(entry.at)}</th>
              <td>
                {describeSaver(entry, reader)}
                {entry.by !== undefined && entry.by !== reader && (
                  <span className="subtle small block">{entry.by}</span>
                )}
              </td>
              <td>
                <ul className="plain-steps">
                  {describeSave(entry).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </td>
              <td>
                {entry.current ? (
                  <Badge tone="success">Current</Badge>
                ) : (
                  <Action
                    spacing="compact"
                    label={`Restore the settings of ${formatMoment(entry.at)}`}
                    disabledBecause={refused}
                    onClick={() => onRestore(entry)}
                  >
                    Restore
                  </Action>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
