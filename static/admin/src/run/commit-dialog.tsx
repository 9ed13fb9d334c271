import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import type { PlanSelection } from '../../../../src/domain/selection';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { countOf } from '../moments';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError, TextField } from '../parts/field';
import { Message } from '../parts/message';
import { describeLosses } from './change-words';
import type { ChosenPart } from './choice';

/** A held run is approved in its own place; the plan of a simulated one is applied by a new run. */
export type Purpose = 'approve' | 'apply';

interface CommitDialogProps {
  readonly run: Run;
  readonly purpose: Purpose;
  readonly title: string;
  readonly selection: PlanSelection;
  readonly part: ChosenPart;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** The last word before a plan, or a part of it, is carried out: what it takes from whom, the reason, and a number to type. */
export function CommitDialog({ run, purpose, title, selection, part, onClose, onDone }: CommitDialogProps) {
  const data = useQueryClient();
  const { go } = useNavigation();
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const losing = part.losses.access + part.losses['access-group'];
  const commit = useMutation({
    mutationFn: async () => {
      const payload = { runId: run.id, planHash: run.planHash ?? '', reason: reason.trim(), selection };
      if (purpose === 'apply') return (await call('applyPlan', payload)).runId;
      await call('approveRun', payload);
      return run.id;
    },
    onSuccess: async (runId) => {
      showDone(purpose === 'approve' ? 'The plan is approved' : 'The plan is being applied');
      await data.invalidateQueries({ queryKey: dataKey('getRun', run.id) });
      await data.invalidateQueries({ queryKey: dataKey('listRuns', run.connectorId) });
      onDone?.();
      onClose();
      if (runId !== run.id) go({ screen: 'run', runId });
    },
  });
  const missing =
    reason.trim() === ''
      ? 'Give a reason first: it is kept with the run.'
      : losing > 0 && typed.trim() !== String(losing)
        ? `Type ${losing} first, the number of people who lose access.`
        : undefined;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      {...(losing > 0 ? { tone: 'danger' as const } : {})}
      actions={
        <>
          <Action onClick={onClose}>Back</Action>
          <Action
            appearance={losing > 0 ? 'danger' : 'primary'}
            busy={commit.isPending}
            disabledBecause={missing}
            onClick={() => commit.mutate()}
          >
            {purpose === 'approve' ? 'Approve and apply' : 'Apply'}
          </Action>
        </>
      }
    >
      <p>
        Both sides are read and planned again. What this plan and the fresh one both contain is done, and no more than
        this: what is no longer needed is skipped, what is new waits. The report says which.
      </p>
      <Taken part={part} />
      {part.signedOut > 0 && (
        <Message tone="warning" title={`${countOf(part.signedOut, 'person is', 'people are')} signed out everywhere`}>
          Their e-mail address changes. Atlassian ends all their logins, and from then on they sign in with the new one.
        </Message>
      )}
      <div className="field">
        <label htmlFor={reasonId}>Reason</label>
        <textarea
          id={reasonId}
          className="textarea"
          rows={2}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {losing > 0 && (
        <TextField
          label={`Type ${losing}, the number of people who lose access, to confirm`}
          value={typed}
          onChange={setTyped}
        />
      )}
      {commit.isError && <FieldError message={messageOf(commit.error)} />}
    </Dialog>
  );
}

const namesShown = 6;

function Taken({ part: { chosen, losses, losing } }: { part: ChosenPart }) {
  if (losing.length === 0) {
    return (
      <Message tone="success" title={`${countOf(chosen, 'change')}: nobody loses anything`}>
        Nothing in this part takes access or a membership away.
      </Message>
    );
  }
  const names = losing.slice(0, namesShown).map(({ name }) => name);
  const others = losing.length - names.length;
  return (
    <Message
      tone={losses.access + losses['access-group'] > 0 ? 'danger' : 'warning'}
      title={`${countOf(chosen, 'change')}: ${describeLosses(losses)}`}
    >
      {names.join(', ')}
      {others > 0 && ` and ${countOf(others, 'other')}`}
    </Message>
  );
}
