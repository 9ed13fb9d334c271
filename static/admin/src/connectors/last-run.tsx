import type { ConnectorSummary } from '../../../../src/api';
import { formatMoment, formatNear } from '../moments';
import { PageLink } from '../navigation';
import { Badge } from '../parts/message';
import { describeCounts, describeKind, describeState } from '../run/run-words';

/** The open run of a connector, or else its last one. */
export function LastRun({ connector: { openRun, lastRun } }: { connector: ConnectorSummary }) {
  const run = openRun ?? lastRun;
  if (run === undefined) return <span className="subtle">Never run</span>;
  const { text, tone } = describeState(run);
  const { progress } = run;
  return (
    <>
      <PageLink to={{ screen: 'run', runId: run.id }} className="run-link">
        <Badge tone={tone}>{text}</Badge>
        <span className="run-link-text">
          {describeKind(run)}, <span title={formatMoment(run.startedAt)}>{formatNear(run.startedAt, Date.now())}</span>
        </span>
      </PageLink>
      <span className="subtle block">
        {openRun !== undefined && progress !== undefined
          ? `${progress.done.toLocaleString('en')} ${progress.what}`
          : (run.failure?.message ?? describeCounts(run))}
      </span>
    </>
  );
}
