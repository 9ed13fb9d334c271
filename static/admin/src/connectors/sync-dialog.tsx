import { useMutation } from '@tanstack/react-query';
import type { ConnectorSummary } from '../../../../src/api';
import { call, messageOf } from '../app-calls';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { Message } from '../parts/message';

interface SyncDialogProps {
  readonly connector: Pick<ConnectorSummary, 'id' | 'name' | 'realm' | 'lastRun'>;
  readonly onClose: () => void;
}

/** Says what a full sync does, and offers to simulate it first. */
export function SyncDialog({ connector: { id, name, realm, lastRun }, onClose }: SyncDialogProps) {
  const { go } = useNavigation();
  const start = useMutation({
    mutationFn: (kind: 'simulate' | 'full') => call('startRun', { connectorId: id, kind }),
    onSuccess: ({ runId }) => go({ screen: 'run', runId }),
  });
  return (
    <Dialog
      title={`Sync ${name} now?`}
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Cancel</Action>
          <Action busy={start.isPending && start.variables === 'simulate'} onClick={() => start.mutate('simulate')}>
            Simulate first
          </Action>
          <Action
            appearance="primary"
            busy={start.isPending && start.variables === 'full'}
            onClick={() => start.mutate('full')}
          >
            Sync
          </Action>
        </>
      }
    >
      <p>A full sync writes to your Atlassian organization:</p>
      <ol className="plain-steps">
        <li>
          The realm <strong>{realm}</strong> and the Atlassian directory are read completely.
        </li>
        <li>A plan is made and checked against your safety limits. Above a limit the run stops and waits for you.</li>
        <li>The plan is applied: first what gives access, last what takes it away. You can cancel at any time.</li>
      </ol>
      {lastRun?.state !== 'simulated' && (
        <Message tone="information" title="The last run was no simulation">
          A simulation takes the same time, writes nothing, and shows every change before it happens.
        </Message>
      )}
      {start.isError && <FieldError message={messageOf(start.error)} />}
    </Dialog>
  );
}
