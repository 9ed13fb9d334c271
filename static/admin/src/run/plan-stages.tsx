import { useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { PageLink } from '../navigation';
import { choiceOf, measureChoice } from './choice';
import { CommitDialog } from './commit-dialog';
import type { Stage } from './stages';
import { computeStages, findStageRun } from './stages';
import { describeState, isEnded } from './run-words';

interface PlanStagesProps {
  readonly run: Run;
  readonly rows: readonly ReportRow[];
  /** Runs that apply a part of this plan. */
  readonly applied: readonly Run[];
  readonly refused: string | undefined;
}

/** The first full run in three steps, each of them to be started, looked at, and followed by the next. */
export function PlanStages({ run, rows, applied, refused }: PlanStagesProps) {
  const [asked, setAsked] = useState<Stage>();
  const stages = run.counts === undefined ? [] : computeStages(run.counts);
  const next = stages.find((stage) => stage.count > 0 && findStageRun(stage, applied)?.state !== 'finished');
  return (
    <>
      <ol className="stages">
        {stages.map((stage, index) => {
          const begun = findStageRun(stage, applied);
          return (
            <li key={stage.title} className={stage === next ? 'stage stage-next' : 'stage'}>
              <span className="stage-number" aria-hidden="true">
                {index + 1}
              </span>
              <h3>
                <span className="visually-hidden">Step {index + 1}: </span>
                {stage.title}
              </h3>
              <p className="subtle small">{stage.says}</p>
              {stage.counts.length === 0 ? (
                <p className="subtle stage-counts">Nothing to do</p>
              ) : (
                <ul className="stage-counts number">
                  {stage.counts.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
              <div className="stage-action">
                {begun !== undefined && (
                  <PageLink to={{ screen: 'run', runId: begun.id }} className="link">
                    <Badge tone={describeState(begun).tone}>{describeState(begun).text}</Badge>
                  </PageLink>
                )}
                {(begun === undefined || (isEnded(begun) && begun.state !== 'finished')) && (
                  <Action
                    spacing="compact"
                    appearance={stage === next ? 'primary' : 'default'}
                    disabledBecause={stage.count === 0 ? 'This plan has nothing for this step.' : refused}
                    label={`Apply this step: ${stage.title}`}
                    onClick={() => setAsked(stage)}
                  >
                    Apply this step
                  </Action>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {asked !== undefined && (
        <CommitDialog
          run={run}
          purpose="apply"
          title={`${asked.title}: apply this step?`}
          selection={asked.selection}
          part={measureChoice(rows, choiceOf(rows, asked.selection))}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
