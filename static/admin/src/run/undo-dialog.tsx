import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call, messageOf } from '../app-calls';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError, TextField } from '../parts/field';
import { LoadFailed, Loading } from '../parts/loading';
import { Message } from '../parts/message';
import { useMissingRight } from '../use-right';
import { computeUndoable } from './undoable';
import { useReport } from './use-report';

/** Says what an undo puts back and what stays, before it is simulated or done. */
export function UndoDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const { go } = useNavigation();
  const data = useQueryClient();
  const missing = useMissingRight();
  const { report } = useReport(run);
  const found = useMemo(() => (report.data === undefined ? undefined : computeUndoable(report.data)), [report.data]);
  const [typed, setTyped] = useState('');
  const undo = useMutation({
    mutationFn: (kind: 'simulate' | 'full') => call('undoRun', { runId: run.id, kind }),
    onSuccess: async ({ runId }) => {
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      go({ screen: 'run', runId });
    },
  });
  const nothing =
    found === undefined
      ? 'The report is being loaded.'
      : found.back.length === 0
        ? 'There is nothing to undo.'
        : undefined;
  return (
    <Dialog
      title="Undo this run?"
      tone="danger"
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Back</Action>
          <Action
            busy={undo.isPending && undo.variables === 'simulate'}
            disabledBecause={nothing}
            onClick={() => undo.mutate('simulate')}
          >
            Simulate the undo
          </Action>
          <Action
            appearance="danger"
            busy={undo.isPending && undo.variables === 'full'}
            disabledBecause={missing ?? nothing ?? (typed.trim() === 'undo' ? undefined : 'Type “undo” first.')}
            onClick={() => undo.mutate('full')}
          >
            Undo
          </Action>
        </>
      }
    >
      {report.isError ? (
        <LoadFailed what="the report" error={report.error} onRetry={() => void report.refetch()} />
      ) : found === undefined ? (
        <Loading what="what the run has done" />
      ) : (
        <>
          <h3>What is put back</h3>
          {found.back.length === 0 ? (
            <p>Nothing: this run made no change that can be taken back.</p>
          ) : (
            <Lines lines={found.back} />
          )}
          {found.stays.length > 0 && (
            <>
              <h3>What cannot be undone</h3>
              <Lines lines={found.stays} />
            </>
          )}
          <Message tone="information" title="The schedule is paused">
            Otherwise the next run would do the same again. Resume it on the list of connectors. What somebody changed
            since this run stays as it is.
          </Message>
          {nothing === undefined && <TextField label="Type “undo” to confirm" value={typed} onChange={setTyped} />}
        </>
      )}
      {undo.isError && <FieldError message={messageOf(undo.error)} />}
    </Dialog>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="plain-steps">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
