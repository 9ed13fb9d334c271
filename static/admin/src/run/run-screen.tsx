import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { LoadFailed, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { Badge } from '../parts/message';
import { useMissingRight } from '../use-right';
import { HeldRun } from './held-run';
import { ResultBrowser } from './result-browser';
import { RunFacts } from './run-facts';
import { RunNotes } from './run-notes';
import { RunProgress } from './run-progress';
import { describeKind, describeState, isEnded, isWorking } from './run-words';
import './run.css';

/** One run: its progress while it works, its hold while it waits, its result when it is over. */
export default function RunScreen({ runId }: { runId: string }) {
  const run = useQuery({
    queryKey: dataKey('getRun', runId),
    queryFn: () => call('getRun', { runId }),
    staleTime: 0,
    refetchInterval: ({ state: { data, dataUpdatedAt } }) => {
      if (data === undefined) return false;
      if (data.state === 'held') return 15_000;
      // Short runs are watched each second, long ones less and less often.
      return isWorking(data) ? Math.min(5_000, Math.max(1_000, (dataUpdatedAt - data.startedAt) / 60)) : false;
    },
  });
  if (run.isPending) return <Skeleton rows={6} what="the run" />;
  if (run.isError) return <LoadFailed what="the run" error={run.error} onRetry={() => void run.refetch()} />;
  const { tone, text } = describeState(run.data);
  return (
    <>
      <PageHeader
        title={`${describeKind(run.data)} of ${run.data.connectorName}`}
        mark={<Badge tone={tone}>{text}</Badge>}
        path={[
          { text: 'User & Group Sync', to: { screen: 'connectors' } },
          { text: 'History', to: { screen: 'history', connectorId: run.data.connectorId } },
        ]}
        description={<RunFacts run={run.data} />}
        actions={isWorking(run.data) && <CancelRun runId={runId} asked={run.data.cancelRequestedBy !== undefined} />}
      />
      {!isEnded(run.data) && <RunProgress run={run.data} />}
      {run.data.state === 'held' && <HeldRun run={run.data} />}
      <RunNotes run={run.data} />
      {(run.data.reportParts ?? 0) > 0 && <ResultBrowser run={run.data} />}
    </>
  );
}

function CancelRun({ runId, asked }: { runId: string; asked: boolean }) {
  const data = useQueryClient();
  const refused = useMissingRight();
  const cancel = useMutation({
    mutationFn: () => call('cancelRun', { runId }),
    onSuccess: () => data.invalidateQueries({ queryKey: dataKey('getRun', runId) }),
    onError: (error) => showFailed('Could not cancel the run', error),
  });
  return (
    <Action
      busy={cancel.isPending}
      disabledBecause={refused ?? (asked ? 'It stops after the write in flight.' : undefined)}
      onClick={() => cancel.mutate()}
    >
      {asked ? 'Cancelling …' : 'Cancel run'}
    </Action>
  );
}
