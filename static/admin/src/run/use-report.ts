import { useQuery } from '@tanstack/react-query';
import pLimit from 'p-limit';
import { useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { call } from '../app-calls';
import { dataKey } from '../page-data';

/** All rows of a run's report, read part by part, with how many parts have come. */
export function useReport(run: Run) {
  const [partsRead, setPartsRead] = useState(0);
  const parts = run.reportParts ?? 0;
  const report = useQuery({
    // A held run's report is written again when it is applied.
    queryKey: dataKey('getReport', { runId: run.id, parts, state: run.state }),
    enabled: parts > 0,
    staleTime: Infinity,
    queryFn: async (): Promise<readonly ReportRow[]> => {
      setPartsRead(0);
      const limit = pLimit(4);
      const rows = await Promise.all(
        Array.from({ length: parts }, (_, part) =>
          limit(async () => {
            const read = await call('getReport', { runId: run.id, part });
            setPartsRead((count) => count + 1);
            return read;
          }),
        ),
      );
      return rows.flat();
    },
  });
  return { report, parts, partsRead };
}
