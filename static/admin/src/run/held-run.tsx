import { useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import type { PlanSelection } from '../../../../src/domain/selection';
import { formatMoment } from '../moments';
import { Action } from '../parts/action';
import { useMissingRight } from '../use-right';
import { choiceOf, measureChoice } from './choice';
import { CommitDialog } from './commit-dialog';
import { computeExpiry } from './hold-times';
import { LosingList } from './losing-list';
import { RejectDialog } from './reject-dialog';
import { useReport } from './use-report';
import { ViolationList } from './violation-list';

interface HeldRunProps {
  readonly run: Run;
  readonly onChoosePart: () => void;
}

type Asked = { readonly reject: true } | { readonly title: string; readonly selection: PlanSelection };

/** A run over its limits: which ones, what stands to be taken from whom, and the decision. */
export function HeldRun({ run, onChoosePart }: HeldRunProps) {
  const missing = useMissingRight();
  const rows = useReport(run).report.data;
  const [asked, setAsked] = useState<Asked>();
  const refused = missing ?? (rows === undefined ? 'The plan is being loaded.' : undefined);
  const expiry = computeExpiry(run);
  return (
    <section className="card held" aria-labelledby="held-title">
      <header className="card-header">
        <h2 id="held-title">This run waits for your approval</h2>
      </header>
      <div className="held-body">
        <p className="subtle">Nothing has been written. The plan goes over these limits:</p>
        <ViolationList violations={run.violations ?? []} />
        <LosingList run={run} />
        <div className="buttons held-decision" role="group" aria-label="Decision">
          <Action
            appearance="danger"
            disabledBecause={refused}
            onClick={() => setAsked({ title: 'Approve all of this plan?', selection: { kind: 'all' } })}
          >
            Approve all
          </Action>
          <Action
            appearance="primary"
            disabledBecause={refused}
            onClick={() => setAsked({ title: 'Approve this plan without removals?', selection: { kind: 'additions' } })}
          >
            Approve without removals
          </Action>
          <Action disabledBecause={refused} onClick={onChoosePart}>
            Approve a part
          </Action>
          <Action appearance="subtle" disabledBecause={missing} onClick={() => setAsked({ reject: true })}>
            Reject
          </Action>
        </div>
        <p className="subtle small">
          Whatever you approve, both sides are read again first, and no more is done than this plan shows. The hold
          expires on {formatMoment(expiry)}; then nothing is written. A newer run of this connector supersedes it.
        </p>
      </div>
      {asked !== undefined && 'reject' in asked && <RejectDialog run={run} onClose={() => setAsked(undefined)} />}
      {asked !== undefined && 'selection' in asked && rows !== undefined && (
        <CommitDialog
          run={run}
          purpose="approve"
          title={asked.title}
          selection={asked.selection}
          part={measureChoice(rows, choiceOf(rows, asked.selection))}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}
