import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Run } from '../../../../src/domain/run';
import { call } from '../app-calls';
import { formatDuration, formatMoment } from '../moments';
import { PageLink, useNavigation } from '../navigation';
import { dataKey, useConnectors } from '../page-data';
import { LoadFailed, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { Badge } from '../parts/message';
import { useReader } from '../run/run-facts';
import { DownloadReport } from './download-report';
import {
  describeApproval,
  describeCounts,
  describeKind,
  describeStarter,
  describeState,
  isWorking,
} from '../run/run-words';
import './history.css';

/** Every run that is kept, newest first, of one connector or of all. */
export default function HistoryScreen({ connectorId }: { connectorId: string | undefined }) {
  const runs = useQuery({
    queryKey: dataKey('listRuns', connectorId ?? ''),
    queryFn: () => call('listRuns', connectorId === undefined ? {} : { connectorId }),
    refetchInterval: ({ state }) => (state.data?.some(isWorking) === true ? 4_000 : false),
  });
  return (
    <>
      <PageHeader title="History" path={[{ text: 'User & Group Sync', to: { screen: 'connectors' } }]} />
      <ConnectorFilter connectorId={connectorId} />
      {runs.isPending ? (
        <Skeleton rows={6} what="the history" />
      ) : runs.isError ? (
        <LoadFailed what="the history" error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.data.length === 0 ? (
        <p className="nothing">No run yet. Simulate a connector to see its first plan here.</p>
      ) : (
        <RunTable runs={runs.data.toSorted((left, right) => right.startedAt - left.startedAt)} />
      )}
    </>
  );
}

function ConnectorFilter({ connectorId }: { connectorId: string | undefined }) {
  const { replace } = useNavigation();
  const connectors = useConnectors().data ?? [];
  const id = useId();
  if (connectors.length === 0 && connectorId === undefined) return null;
  return (
    <div className="field history-filter">
      <label htmlFor={id}>Connector</label>
      <select
        id={id}
        className="select"
        value={connectorId ?? ''}
        onChange={({ currentTarget: { value } }) =>
          replace(value === '' ? { screen: 'history' } : { screen: 'history', connectorId: value })
        }
      >
        <option value="">All connectors</option>
        {connectors.map(({ id: key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
        {connectorId !== undefined && connectors.every(({ id: key }) => key !== connectorId) && (
          <option value={connectorId}>Deleted connector</option>
        )}
      </select>
    </div>
  );
}

function RunTable({ runs }: { runs: readonly Run[] }) {
  const reader = useReader();
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Runs">
      <table className="table">
        <caption className="visually-hidden">Runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Connector</th>
            <th scope="col">Started by</th>
            <th scope="col" className="figure">
              Duration
            </th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const { text, tone } = describeState(run);
            return (
              <tr key={run.id}>
                <th scope="row" className="run-cell">
                  <PageLink to={{ screen: 'run', runId: run.id }} className="link strong">
                    {describeKind(run)}
                  </PageLink>
                  <span className="subtle block">{formatMoment(run.startedAt)}</span>
                  {run.applies !== undefined && <span className="subtle small block">Applies a plan</span>}
                  {run.undoes !== undefined && <span className="subtle small block">Undoes a run</span>}
                </th>
                <td>{run.connectorName}</td>
                <td>{describeStarter(run, reader)}</td>
                <td className="figure run-cell">
                  {run.endedAt === undefined ? '–' : formatDuration(run.endedAt - run.startedAt)}
                </td>
                <td>
                  <Badge tone={tone}>{text}</Badge>
                  <span className="subtle block run-counts">{run.failure?.message ?? describeCounts(run)}</span>
                  {run.approval !== undefined && (
                    <span className="small block run-counts">{describeApproval(run.approval, reader)}</span>
                  )}
                  {(run.reportParts ?? 0) > 0 && <DownloadReport run={run} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
