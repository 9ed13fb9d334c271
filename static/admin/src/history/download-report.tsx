import DownloadIcon from '@atlaskit/icon/core/download';
import { useMutation } from '@tanstack/react-query';
import type { Run } from '../../../../src/domain/run';
import { showFailed } from '../flags';
import { formatMoment } from '../moments';
import { Action } from '../parts/action';
import { readReport } from '../run/read-report';
import type { FileFormat } from '../download';
import { downloadReport } from '../run/report-download';

/** Downloads a run's report without opening the run. */
export function DownloadReport({ run }: { run: Run }) {
  const download = useMutation({
    mutationFn: async (format: FileFormat) => downloadReport(run, await readReport(run), format),
    onError: (error) => showFailed('Could not download the report', error),
  });
  return (
    <div className="buttons">
      {(['json', 'csv'] as const).map((format) => (
        <Action
          key={format}
          spacing="compact"
          appearance="subtle"
          icon={DownloadIcon}
          label={`Download the report of ${run.connectorName}, ${formatMoment(run.startedAt)}, as ${format.toUpperCase()}`}
          busy={download.isPending && download.variables === format}
          onClick={() => download.mutate(format)}
        >
          {format.toUpperCase()}
        </Action>
      ))}
    </div>
  );
}
