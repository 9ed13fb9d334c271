import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectorSummary } from '../../../../src/api';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { dataKey } from '../page-data';
import { FieldError } from '../parts/field';
import { BeforeDeleting } from './before-deleting';
import { TypedConfirmation } from '../parts/typed-confirmation';

/** Deletes a connector after its name was typed; says what goes and what stays. */
export function DeleteDialog({ connector, onClose }: { connector: ConnectorSummary; onClose: () => void }) {
  const data = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call('deleteConnector', { connectorId: connector.id }),
    onSuccess: async () => {
      showDone(`Deleted ${connector.name}`, 'Nothing in Atlassian was changed.');
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      onClose();
    },
  });
  return (
    <TypedConfirmation
      title={`Delete ${connector.name}?`}
      word={connector.name}
      confirm="Delete connector"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        Its settings, its stored client secret, its schedule and the links between Keycloak and Atlassian are deleted.
      </p>
      <p>
        <strong>Nothing in Atlassian changes:</strong> accounts, groups and memberships stay as they are. They are just
        no longer managed. A new connector would adopt them again, by e-mail address and by your choice.
      </p>
      <BeforeDeleting connector={connector} />
      {remove.isError && <FieldError message={messageOf(remove.error)} />}
    </TypedConfirmation>
  );
}
