import { useQuery } from '@tanstack/react-query';
import type { RunId } from '../../../../src/domain/identity';
import { call } from '../app-calls';
import { formatMoment } from '../moments';
import { PageLink } from '../navigation';
import { dataKey } from '../page-data';

/** The run that another one comes from, for example `Undoes the run of Nov 23, 2026, 2:00 AM`. */
export function RunOrigin({ says, runId }: { says: string; runId: RunId }) {
  const origin = useQuery({ queryKey: dataKey('getRun', runId), queryFn: () => call('getRun', { runId }) });
  const words = origin.data === undefined ? 'an earlier run' : `the run of ${formatMoment(origin.data.startedAt)}`;
  return (
    <>
      {says} <PageLink to={{ screen: 'run', runId }}>{words}</PageLink>
    </>
  );
}
