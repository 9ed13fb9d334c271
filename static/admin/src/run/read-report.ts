import pLimit from 'p-limit';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { call } from '../app-calls';

/** All rows of a run's report, read part by part; `onPart` is told of each part that has come. */
export async function readReport(
  { id, reportParts = 0 }: Pick<Run, 'id' | 'reportParts'>,
  onPart: () => void = () => undefined,
): Promise<readonly ReportRow[]> {
  const limit = pLimit(4);
  const rows = await Promise.all(
    Array.from({ length: reportParts }, (_, part) =>
      limit(async () => {
        const read = await call('getReport', { runId: id, part });
        onPart();
        return read;
      }),
    ),
  );
  return rows.flat();
}
