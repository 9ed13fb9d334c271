import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettingsHistoryEntry } from '../../../../src/domain/settings-history';
import { call } from '../app-calls';
import { formatMoment } from '../moments';
import { dataKey } from '../page-data';
import { LoadFailed, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { HistoryTable } from './history-table';
import { RestoreDialog } from './restore-dialog';

/** Every save of a connector that is kept, newest first; each older one can be restored. */
export default function SettingsHistoryScreen({ connectorId }: { connectorId: string }) {
  const data = useQueryClient();
  const [chosen, setChosen] = useState<SettingsHistoryEntry>();
  const history = useQuery({
    queryKey: dataKey('listSettingsHistory', connectorId),
    queryFn: async () => {
      // First: of somebody else's save in between, the older revision is refused.
      const { revision, settings } = await call('getConnector', { connectorId });
      return { revision, name: settings.name, entries: await call('listSettingsHistory', { connectorId }) };
    },
  });
  return (
    <>
      <PageHeader
        title="Settings history"
        description={history.data?.name}
        path={[{ text: 'User & Group Sync', to: { screen: 'connectors' } }]}
      />
      {history.isPending ? (
        <Skeleton rows={6} what="the settings history" />
      ) : history.isError ? (
        <LoadFailed what="the settings history" error={history.error} onRetry={() => void history.refetch()} />
      ) : (
        <HistoryTable entries={history.data.entries} onRestore={setChosen} />
      )}
      {chosen !== undefined && history.data !== undefined && (
        <RestoreDialog
          connectorId={connectorId}
          name={history.data.name}
          revision={history.data.revision}
          entry={chosen.entry}
          savedOn={formatMoment(chosen.at)}
          onRestored={() => data.invalidateQueries()}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  );
}
