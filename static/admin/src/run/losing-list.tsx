import { useMemo } from 'react';
import type { Run } from '../../../../src/domain/run';
import { countOf } from '../moments';
import { LoadFailed, Loading } from '../parts/loading';
import { Badge } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { describeLosses } from './change-words';
import { countLosses, findLosses } from './losses';
import { RowHead } from './result-row';
import { useReport } from './use-report';

/** Everybody from whom a plan takes something, by name, those who lose access first. */
export function LosingList({ run }: { run: Run }) {
  const { report } = useReport(run);
  const rows = report.data;
  const people = useMemo(() => (rows === undefined ? [] : findLosses(rows)), [rows]);
  if (report.isError) {
    return <LoadFailed what="the removals" error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (rows === undefined) return <Loading what="the removals" />;
  if (people.length === 0) return <h3>Nobody would lose anything</h3>;
  return (
    <>
      <h3>What stands to be taken: {describeLosses(countLosses(people))}</h3>
      <VirtualList
        label={`${countOf(people.length, 'person', 'people')} from whom something would be taken`}
        items={people}
        keyOf={({ row }) => `${row.row.user} ${row.row.accountId ?? ''}`}
        estimate={56}
        height={320}
        render={({ row, loss, changes }) => (
          <div className="removal">
            <RowHead row={row} />
            <span className="removal-changes">
              {changes.map(({ text }, index) => (
                <Badge key={`${index} ${text}`} tone={loss === 'membership' ? 'warning' : 'danger'}>
                  {text}
                </Badge>
              ))}
            </span>
          </div>
        )}
      />
    </>
  );
}
