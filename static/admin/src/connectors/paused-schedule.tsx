import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectorSummary } from '../../../../src/api';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';

/** A schedule that a rejection or an undo paused, with the reason and a way on. */
export function PausedSchedule({ connector, refused }: { connector: ConnectorSummary; refused: string | undefined }) {
  const data = useQueryClient();
  const resume = useMutation({
    mutationFn: async () => {
      const { revision, settings } = await call('getConnector', { connectorId: connector.id });
      const schedule = { ...settings.schedule, enabled: true };
      await call('saveConnector', { connectorId: connector.id, revision, settings: { ...settings, schedule } });
    },
    onSuccess: () => data.invalidateQueries({ queryKey: dataKey('listConnectors') }),
    onError: (error) => showFailed(`Could not resume ${connector.name}`, error),
  });
  return (
    <div className="paused">
      <Badge tone="warning">Paused</Badge>
      <span className="subtle small block">{connector.pausedBecause}</span>
      <Action
        spacing="compact"
        label={`Resume the schedule of ${connector.name}`}
        busy={resume.isPending}
        disabledBecause={refused}
        onClick={() => resume.mutate()}
      >
        Resume
      </Action>
    </div>
  );
}
