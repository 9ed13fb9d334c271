import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { dataKey } from '../page-data';
import { readReport } from './read-report';

/** All rows of a run's report, read part by part, with how many parts have come. */
export function useReport(run: Run) {
  const [partsRead, setPartsRead] = useState(0);
  const parts = run.reportParts ?? 0;
  const report = useQuery({
    // A held run's report is written again when it is applied.
    queryKey: dataKey('getReport', { runId: run.id, parts, state: run.state }),
    enabled: parts > 0,
    staleTime: Infinity,
    queryFn: () => {
      setPartsRead(0);
      return readReport(run, () => setPartsRead((count) => count + 1));
    },
  });
  return { report, parts, partsRead };
}
