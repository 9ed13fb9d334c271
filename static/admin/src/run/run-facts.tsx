import { view } from '@forge/bridge';
import { useQuery } from '@tanstack/react-query';
import type { Run } from '../../../../src/domain/run';
import { formatDuration, formatMoment } from '../moments';
import { RunOrigin } from './run-origin';
import { describeApproval, describeStarter } from './run-words';

/** The account of whoever reads the page; only to tell "You" from others. */
export function useReader(): string | undefined {
  return useQuery({ queryKey: ['reader'], queryFn: () => view.getContext(), staleTime: Infinity }).data?.accountId;
}

export function RunFacts({ run }: { run: Run }) {
  const reader = useReader();
  return (
    <ul className="run-facts">
      <li>Started {formatMoment(run.startedAt)}</li>
      <li>By: {describeStarter(run, reader)}</li>
      {run.applies !== undefined && (
        <li>
          <RunOrigin says="Applies the plan of" runId={run.applies} />
        </li>
      )}
      {run.undoes === 'own suspensions' && <li>Restores what the connector suspended</li>}
      {run.undoes !== undefined && run.undoes !== 'own suspensions' && (
        <li>
          <RunOrigin says="Undoes" runId={run.undoes} />
        </li>
      )}
      {run.endedAt !== undefined && <li>Took {formatDuration(run.endedAt - run.startedAt)}</li>}
      {run.approval !== undefined && <li className="run-approval">{describeApproval(run.approval, reader)}</li>}
    </ul>
  );
}
