import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConnectorSummary, SuspendedAccount } from '../../../../src/api';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { countOf, formatMoment } from '../moments';
import { downloadLinks } from '../links/links-download';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { LoadFailed, Loading } from '../parts/loading';
import { useMissingRight } from '../use-right';

/** What should be put in order first: nobody takes back a suspension of a connector that is gone. */
export function BeforeDeleting({ connector }: { connector: ConnectorSummary }) {
  const suspended = useQuery({
    queryKey: dataKey('listSuspended', { connectorId: connector.id }),
    queryFn: () => call('listSuspended', { connectorId: connector.id }),
  });
  return (
    <section className="before-deleting" aria-label="Before you delete">
      <h3>Before you delete</h3>
      {suspended.isPending && <Loading what="the accounts that it suspended" />}
      {suspended.isError && (
        <LoadFailed
          what="the accounts that it suspended"
          error={suspended.error}
          onRetry={() => void suspended.refetch()}
        />
      )}
      {suspended.data !== undefined && <Suspended connector={connector} accounts={suspended.data} />}
      <ExportLinks connector={connector} />
      <p>
        In Keycloak, delete the client or its secret. Revoke the API key of the organization if no other connector is
        left.
      </p>
    </section>
  );
}

function Suspended({ connector, accounts }: { connector: ConnectorSummary; accounts: readonly SuspendedAccount[] }) {
  const { go } = useNavigation();
  const data = useQueryClient();
  const missing = useMissingRight();
  const restore = useMutation({
    mutationFn: () => call('restoreSuspended', { connectorId: connector.id, kind: 'simulate' }),
    onSuccess: async ({ runId }) => {
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      go({ screen: 'run', runId });
    },
    onError: (error) => showFailed('Could not start', error),
  });
  if (accounts.length === 0) return <p>It has nobody suspended.</p>;
  return (
    <>
      <p>
        {countOf(accounts.length, 'account')} suspended by this connector stay suspended, and no other connector
        reactivates them.
      </p>
      <details className="more">
        <summary>Show them</summary>
        <ul className="suspended-list">
          {accounts.map(({ user, email, suspendedAt }) => (
            <li key={user}>
              {email} <span className="subtle">since {formatMoment(suspendedAt)}</span>
            </li>
          ))}
        </ul>
      </details>
      <p>
        <Action disabledBecause={missing} busy={restore.isPending} onClick={() => restore.mutate()}>
          Simulate restoring them
        </Action>
      </p>
    </>
  );
}

function ExportLinks({ connector }: { connector: ConnectorSummary }) {
  const missing = useMissingRight();
  const save = useMutation({
    mutationFn: () => downloadLinks(connector),
    onError: (error) => showFailed('Could not export the links', error),
  });
  return (
    <>
      <p>A new connector to the same realm can import the links and knows everybody again.</p>
      <p>
        <Action disabledBecause={missing} busy={save.isPending} onClick={() => save.mutate()}>
          Export links
        </Action>
      </p>
    </>
  );
}
