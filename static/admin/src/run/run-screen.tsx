import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { dataKey } from '../page-data';
import { Action } from '../parts/action';
import { LoadFailed, Loading, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { Badge } from '../parts/message';
import { useMissingRight } from '../use-right';
import { ResultBrowser } from './result-browser';
import { RunFacts } from './run-facts';
import { RunNotes } from './run-notes';
import { RunProgress } from './run-progress';
import { describeKind, describeState, isEnded, isUndoable, isWorking } from './run-words';
import './run.css';

// What only some runs need comes when one of them is looked at.
const HeldRun = lazy(async () => ({ default: (await import('./held-run')).HeldRun }));
const ApplyPlan = lazy(async () => ({ default: (await import('./apply-plan')).ApplyPlan }));
const UndoDialog = lazy(async () => ({ default: (await import('./undo-dialog')).UndoDialog }));
const SavedComparison = lazy(async () => ({ default: (await import('./saved-comparison')).SavedComparison }));
const SeatList = lazy(async () => ({ default: (await import('./seat-list')).SeatList }));
const MatchList = lazy(async () => ({ default: (await import('./match-list')).MatchList }));

/** One run: its progress while it works, its hold while it waits, its result when it is over. */
export default function RunScreen({ runId }: { runId: string }) {
  const [choosing, setChoosing] = useState(false);
  const [undoing, setUndoing] = useState(false);
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
  const purpose = run.data.state === 'held' ? 'approve' : run.data.state === 'simulated' ? 'apply' : undefined;
  const hasReport = (run.data.reportParts ?? 0) > 0;
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
        actions={
          isWorking(run.data) ? (
            <CancelRun runId={runId} asked={run.data.cancelRequestedBy !== undefined} />
          ) : (
            isEnded(run.data) && isUndoable(run.data) && <Action onClick={() => setUndoing(true)}>Undo …</Action>
          )
        }
      />
      {!isEnded(run.data) && <RunProgress run={run.data} />}
      <Suspense fallback={<Loading what="the decision" />}>
        {run.data.state === 'held' && !choosing && <HeldRun run={run.data} onChoosePart={() => setChoosing(true)} />}
      </Suspense>
      <RunNotes run={run.data} />
      <Suspense>
        {run.data.saved !== undefined && <SavedComparison run={run.data} />}
        {run.data.seats !== undefined && <SeatList run={run.data} />}
        {run.data.state === 'simulated' && !choosing && (
          <ApplyPlan run={run.data} onChoosePart={() => setChoosing(true)} />
        )}
        {hasReport && !isWorking(run.data) && !choosing && <MatchList run={run.data} />}
        {undoing && <UndoDialog run={run.data} onClose={() => setUndoing(false)} />}
      </Suspense>
      {hasReport && (
        <ResultBrowser
          run={run.data}
          choosing={choosing && purpose !== undefined ? { purpose, onClose: () => setChoosing(false) } : undefined}
        />
      )}
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
