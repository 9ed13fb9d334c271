import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { Message } from '../parts/message';
import { useMissingRight } from '../use-right';

/** Federations that look as if they were out: nothing is taken from their people until they are back, or somebody says that it is real. */
export function OutageNotes({ run }: { run: Run }) {
  return (run.outages ?? []).map(({ federation, message }) => (
    <OutageNote key={federation} connectorId={run.connectorId} federation={federation} message={message} />
  ));
}

interface OutageNoteProps {
  readonly connectorId: string;
  readonly federation: string;
  readonly message: string;
}

function OutageNote({ connectorId, federation, message }: OutageNoteProps) {
  const refused = useMissingRight();
  const [asked, setAsked] = useState(false);
  const accept = useMutation({
    mutationFn: () => call('acceptOutage', { connectorId, federation }),
    onSuccess: () => {
      setAsked(false);
      showDone('Noted as real', 'The next full sync remembers who is gone, and still takes nothing.');
    },
  });
  return (
    <Message
      tone="warning"
      title="A user federation looks as if it were out"
      actions={
        <Action disabledBecause={refused} onClick={() => setAsked(true)}>
          This is real …
        </Action>
      }
    >
      {message}
      {asked && (
        <Dialog
          title="Did these people really leave?"
          tone="danger"
          onClose={() => setAsked(false)}
          actions={
            <>
              <Action onClick={() => setAsked(false)}>Cancel</Action>
              <Action appearance="warning" busy={accept.isPending} onClick={() => accept.mutate()}>
                Yes, this is real
              </Action>
            </>
          }
        >
          <p>
            Look into Keycloak and the LDAP server first: an outage, a wrong bind password or a changed base DN looks
            exactly like this.
          </p>
          <p>
            The next full sync remembers who is gone and takes nothing. Later ones treat these people like everybody who
            left, within your safety limits.
          </p>
          {accept.isError && <FieldError message={messageOf(accept.error)} />}
        </Dialog>
      )}
    </Message>
  );
}
