import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { countOf, formatCount } from '../moments';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { LoadFailed, Loading } from '../parts/loading';
import { Badge } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { useMissingRight } from '../use-right';
import { findRemovals } from './operations';
import { RowHead } from './result-row';
import { useReport } from './use-report';

type Decision = 'approve' | 'reject';

/** A run above its limits: which ones, whom it would take access from, and the decision. */
export function HeldRun({ run }: { run: Run }) {
  const refused = useMissingRight();
  const [deciding, setDeciding] = useState<Decision>();
  return (
    <section className="card held" aria-labelledby="held-title">
      <header className="card-header">
        <h2 id="held-title">This run waits for your approval</h2>
        <div className="buttons">
          <Action disabledBecause={refused} onClick={() => setDeciding('reject')}>
            Reject
          </Action>
          <Action appearance="primary" disabledBecause={refused} onClick={() => setDeciding('approve')}>
            Approve
          </Action>
        </div>
      </header>
      <div className="held-body">
        <p className="subtle">Nothing has been written. The plan goes above these limits:</p>
        <Violations run={run} />
        <Removals run={run} />
      </div>
      {deciding !== undefined && (
        <DecisionDialog run={run} decision={deciding} onClose={() => setDeciding(undefined)} />
      )}
    </section>
  );
}

function Violations({ run }: { run: Run }) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Limits that the plan exceeds">
      <table className="table compact">
        <caption className="visually-hidden">Limits that the plan exceeds</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="figure">
              Found
            </th>
            <th scope="col" className="figure">
              Limit
            </th>
          </tr>
        </thead>
        <tbody>
          {(run.violations ?? []).map(({ guard, message, found, limit }) => (
            <tr key={`${guard} ${message}`}>
              <th scope="row">{message}</th>
              <td className="figure strong">{formatCount(found)}</td>
              <td className="figure">{formatCount(limit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Removals({ run }: { run: Run }) {
  const { report } = useReport(run);
  const rows = report.data;
  const removals = useMemo(() => (rows === undefined ? [] : findRemovals(rows)), [rows]);
  if (report.isError) {
    return <LoadFailed what="the removals" error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (rows === undefined) return <Loading what="the removals" />;
  return (
    <>
      <h3>
        {removals.length === 0
          ? 'Nobody would lose access'
          : `${countOf(removals.length, 'person', 'people')} would lose access or memberships`}
      </h3>
      {removals.length > 0 && (
        <VirtualList
          label="People who would lose access or memberships"
          items={removals}
          keyOf={(row) => (row.kind === 'person' ? `${row.row.user} ${row.row.accountId ?? ''}` : row.row.group)}
          estimate={56}
          height={360}
          render={(row) => (
            <div className="removal">
              <RowHead row={row} />
              <span className="removal-changes">
                {row.changes.map(({ text }) => (
                  <Badge key={text} tone="danger">
                    {text}
                  </Badge>
                ))}
              </span>
            </div>
          )}
        />
      )}
    </>
  );
}

function DecisionDialog({ run, decision, onClose }: { run: Run; decision: Decision; onClose: () => void }) {
  const data = useQueryClient();
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const approving = decision === 'approve';
  const decide = useMutation({
    mutationFn: () =>
      approving
        ? call('approveRun', { runId: run.id, planHash: run.planHash ?? '', reason: reason.trim() })
        : call('rejectRun', { runId: run.id, reason: reason.trim() }),
    onSuccess: async () => {
      showDone(
        approving ? 'The plan is approved' : 'The plan is rejected',
        approving ? undefined : 'The schedule is paused.',
      );
      await data.invalidateQueries({ queryKey: dataKey('getRun', run.id) });
      onClose();
    },
  });
  return (
    <Dialog
      title={approving ? 'Approve this plan?' : 'Reject this plan?'}
      onClose={onClose}
      {...(approving ? { tone: 'danger' as const } : {})}
      actions={
        <>
          <Action onClick={onClose}>Back</Action>
          <Action
            appearance={approving ? 'danger' : 'primary'}
            busy={decide.isPending}
            disabledBecause={reason.trim() === '' ? 'Give a reason first: it is kept with the run.' : undefined}
            onClick={() => decide.mutate()}
          >
            {approving ? 'Approve and apply' : 'Reject plan'}
          </Action>
        </>
      }
    >
      {approving ? (
        <p>
          Both sides are read and planned again. What this plan and the fresh one both contain is applied, also what is
          above the limits; whatever is new waits for another run.
        </p>
      ) : (
        <p>The run ends without a write, and the schedule of {run.connectorName} is paused until you switch it on.</p>
      )}
      <div className="field">
        <label htmlFor={reasonId}>Reason</label>
        <textarea
          id={reasonId}
          className="textarea"
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {decide.isError && <FieldError message={messageOf(decide.error)} />}
    </Dialog>
  );
}
