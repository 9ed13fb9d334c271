import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';

/** Rejects a held run, with the reason that is kept. */
export function RejectDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const data = useQueryClient();
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const reject = useMutation({
    mutationFn: () => call('rejectRun', { runId: run.id, reason: reason.trim() }),
    onSuccess: async () => {
      showDone('The plan is rejected', 'The schedule is paused.');
      await data.invalidateQueries({ queryKey: dataKey('getRun', run.id) });
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      onClose();
    },
  });
  return (
    <Dialog
      title="Reject this plan?"
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Back</Action>
          <Action
            appearance="primary"
            busy={reject.isPending}
            disabledBecause={reason.trim() === '' ? 'Give a reason first: it is kept with the run.' : undefined}
            onClick={() => reject.mutate()}
          >
            Reject plan
          </Action>
        </>
      }
    >
      <p>The run ends without a write, and the schedule of {run.connectorName} is paused until you resume it.</p>
      <div className="field">
        <label htmlFor={reasonId}>Reason</label>
        <textarea
          id={reasonId}
          className="textarea"
          rows={3}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {reject.isError && <FieldError message={messageOf(reject.error)} />}
    </Dialog>
  );
}
