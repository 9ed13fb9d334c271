import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call } from '../app-calls';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { useMissingRight } from '../use-right';
import { choiceOf, measureChoice } from './choice';
import { CommitDialog } from './commit-dialog';
import { computeExpiry } from './hold-times';
import { PlanStages } from './plan-stages';
import { isFirst, isWorking } from './run-words';
import { useReport } from './use-report';

interface ApplyPlanProps {
  readonly run: Run;
  readonly onChoosePart: () => void;
}

/** What can be done with the plan of a simulated run: apply the whole, a part, or the first one in three steps. */
export function ApplyPlan({ run, onChoosePart }: ApplyPlanProps) {
  const missing = useMissingRight();
  const rows = useReport(run).report.data;
  const runs = useQuery({
    queryKey: dataKey('listRuns', run.connectorId),
    queryFn: () => call('listRuns', { connectorId: run.connectorId }),
    refetchInterval: ({ state }) => (state.data?.some(isWorking) === true ? 4_000 : false),
  }).data;
  const [asked, setAsked] = useState(false);
  const total = run.counts === undefined ? 0 : Object.values(run.counts.changes).reduce((sum, count) => sum + count, 0);
  if (total === 0 || run.planHash === undefined) return null;
  const refused =
    missing ??
    (Date.now() > computeExpiry(run) ? 'This plan is older than seven days: simulate again.' : undefined) ??
    (rows === undefined ? 'The plan is being loaded.' : undefined);
  const undoing = run.undoes !== undefined;
  const first = !undoing && runs !== undefined && isFirst(run, runs);
  return (
    <section className="card apply-plan" aria-labelledby="apply-title">
      <header className="card-header">
        <h2 id="apply-title">{undoing ? 'Apply this undo' : 'Apply this plan'}</h2>
        <div className="buttons">
          <Action disabledBecause={refused} onClick={onChoosePart}>
            Apply a part
          </Action>
          <Action appearance={first ? 'default' : 'primary'} disabledBecause={refused} onClick={() => setAsked(true)}>
            Apply all
          </Action>
        </div>
      </header>
      <div className="held-body">
        <p className="subtle">
          Both sides are read and planned again. What is in this plan and still needed is done, and no more than this.
        </p>
        {first && rows !== undefined && (
          <>
            <p className="strong">Your first full run, in three steps:</p>
            <PlanStages
              run={run}
              rows={rows}
              applied={runs.filter(({ applies }) => applies === run.id)}
              refused={refused}
            />
          </>
        )}
      </div>
      {asked && rows !== undefined && (
        <CommitDialog
          run={run}
          purpose="apply"
          title={undoing ? 'Apply this undo?' : 'Apply this plan?'}
          selection={{ kind: 'all' }}
          part={measureChoice(rows, choiceOf(rows, { kind: 'all' }))}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}
