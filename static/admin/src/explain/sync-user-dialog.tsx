import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExplainedPerson } from '../../../../src/domain/explanation';
import { call, messageOf } from '../app-calls';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Check } from '../parts/choice';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { planSyncUser } from './plan-sync-user';
import { ChangeList } from './change-list';

interface SyncUserDialogProps {
  readonly connectorId: string;
  readonly person: ExplainedPerson;
  readonly onClose: () => void;
}

/** Says what a sync of this one person does; somebody disabled is deactivated only where a box says so. */
export function SyncUserDialog({ connectorId, person, onClose }: SyncUserDialogProps) {
  const { go } = useNavigation();
  const [suspend, setSuspend] = useState(false);
  const start = useMutation({
    mutationFn: (kind: 'simulate' | 'full') => call('syncUser', { connectorId, user: person.user, kind, suspend }),
    onSuccess: ({ runId }) => go({ screen: 'run', runId }),
  });
  const { changes, mayDeactivate, cleanup } = planSyncUser(person, suspend);
  const nothing = changes.length === 0;
  return (
    <Dialog
      title={`Sync ${person.name} now?`}
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Cancel</Action>
          <Action busy={start.isPending && start.variables === 'simulate'} onClick={() => start.mutate('simulate')}>
            Simulate first
          </Action>
          <Action
            appearance={suspend ? 'danger' : 'primary'}
            busy={start.isPending && start.variables === 'full'}
            disabledBecause={mayDeactivate && nothing ? 'Choose to deactivate the account first.' : undefined}
            onClick={() => start.mutate('full')}
          >
            Sync
          </Action>
        </>
      }
    >
      <p>
        Both sides are read again. Then this person alone is brought in line; nobody else is changed, and nothing is
        cleaned up.
      </p>
      {mayDeactivate && (
        <Check
          label={`Deactivate the account of ${person.name}`}
          description="The person is disabled in Keycloak. Deactivating takes all access to every app and site of the directory."
          checked={suspend}
          onChange={setSuspend}
        />
      )}
      {nothing ? (
        !mayDeactivate && (
          <p className="subtle">
            {cleanup
              ? 'Nothing is to be done: what a sync of everybody would take away stays.'
              : 'As read, nothing is to be done for this person.'}
          </p>
        )
      ) : (
        <ChangeList changes={changes} />
      )}
      {start.isError && <FieldError message={messageOf(start.error)} />}
    </Dialog>
  );
}
