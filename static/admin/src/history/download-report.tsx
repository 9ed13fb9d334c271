import DownloadIcon from '@atlaskit/icon/core/download';
import { useMutation } from '@tanstack/react-query';
import type { Run } from '../../../../src/domain/run';
import { showFailed } from '../flags';
import { formatMoment } from '../moments';
import { Action } from '../parts/action';
import { readReport } from '../run/read-report';
import { downloadText, formatReport, nameReport } from '../run/report-download';

/** Downloads a run's report without opening the run. */
export function DownloadReport({ run }: { run: Run }) {
  const download = useMutation({
    mutationFn: () => readReport(run),
    onSuccess: (rows) => downloadText(nameReport(run), formatReport(run, rows)),
    onError: (error) => showFailed('Could not download the report', error),
  });
  return (
    <Action
      spacing="compact"
      appearance="subtle"
      icon={DownloadIcon}
      label={`Download the report of ${run.connectorName}, ${formatMoment(run.startedAt)}`}
      busy={download.isPending}
      onClick={() => download.mutate()}
    >
      Download
    </Action>
  );
}
