import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { FieldError } from '../parts/field';
import { useMissingRight } from '../use-right';

interface TakeOwnershipProps {
  readonly connectorId: string;
  /** Keycloak id. */
  readonly user: string;
  readonly name: string;
}

/** Hands an account over from the connector that owns it to the one whose result shows it. */
export function TakeOwnership({ connectorId, user, name }: TakeOwnershipProps) {
  const refused = useMissingRight();
  const [asked, setAsked] = useState(false);
  const take = useMutation({
    mutationFn: () => call('takeOwnership', { connectorId, user }),
    onSuccess: () => {
      setAsked(false);
      showDone(`The account of ${name} is taken over`, 'It takes effect with the next sync of this connector.');
    },
  });
  return (
    <>
      <Action
        spacing="compact"
        disabledBecause={refused}
        label={`Take over the account of ${name}`}
        onClick={() => setAsked(true)}
      >
        Take over the account
      </Action>
      {asked && (
        <Dialog
          title={`Take over the account of ${name}?`}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Action onClick={() => setAsked(false)}>Cancel</Action>
              <Action appearance="primary" busy={take.isPending} onClick={() => take.mutate()}>
                Take over
              </Action>
            </>
          }
        >
          <p>
            From the next sync on, the account belongs to this connector: it deactivates the account when the person
            leaves this realm, and reactivates what it deactivated.
          </p>
          <p>
            The connector that owned it until now keeps only the memberships of its own groups. When the person leaves
            its realm, the account stays active.
          </p>
          <p>It is refused while the other connector has the account suspended: reactivate it there first.</p>
          {take.isError && <FieldError message={messageOf(take.error)} />}
        </Dialog>
      )}
    </>
  );
}
