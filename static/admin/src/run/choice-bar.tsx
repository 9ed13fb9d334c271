import { useMemo, useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { useMissingRight } from '../use-right';
import { describeChoice } from './change-words';
import type { Choice } from './choice';
import { addNeeds, formatChoice, measureChoice, mostTicked } from './choice';
import type { Purpose } from './commit-dialog';
import { CommitDialog } from './commit-dialog';

interface ChoiceBarProps {
  readonly run: Run;
  readonly rows: readonly ReportRow[];
  readonly purpose: Purpose;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly onClose: () => void;
}

/** What is chosen so far, always in sight, with the way on and the way back. */
export function ChoiceBar({ run, rows, purpose, choice, onChange, onClose }: ChoiceBarProps) {
  const missing = useMissingRight();
  const [asking, setAsking] = useState(false);
  const part = useMemo(() => measureChoice(rows, choice), [rows, choice]);
  const ticked = choice.users.size + choice.groups.size;
  const refused =
    missing ??
    (part.chosen === 0
      ? 'Choose at least one change.'
      : ticked > mostTicked
        ? `Tick at most ${mostTicked} people and groups, or choose by kinds of everybody.`
        : undefined);
  return (
    <div className="choice-bar" role="region" aria-label="Your choice">
      <div className="choice-count">
        <p className="strong number" role="status">
          {describeChoice(part)}
        </p>
        {part.stranded > 0 && (
          <p className="small">
            {countOf(part.stranded, 'more chosen change')} would be left out: the account or group that is needed is not
            chosen.{' '}
            <button type="button" className="text-button" onClick={() => onChange(addNeeds(choice, part.needs))}>
              Choose what is needed too
            </button>
          </p>
        )}
      </div>
      <div className="buttons">
        <Action onClick={onClose}>Back</Action>
        <Action
          appearance={part.losses.access > 0 ? 'danger' : 'primary'}
          disabledBecause={refused}
          onClick={() => setAsking(true)}
        >
          {purpose === 'approve' ? 'Approve this part' : 'Apply this part'}
        </Action>
      </div>
      {asking && (
        <CommitDialog
          run={run}
          purpose={purpose}
          title={purpose === 'approve' ? 'Approve this part of the plan?' : 'Apply this part of the plan?'}
          selection={formatChoice(choice)}
          part={part}
          onClose={() => setAsking(false)}
          onDone={onClose}
        />
      )}
    </div>
  );
}
