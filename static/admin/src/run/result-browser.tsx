import DownloadIcon from '@atlaskit/icon/core/download';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { countOf, formatCount } from '../moments';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';
import { LoadFailed, Loading } from '../parts/loading';
import { TabBar, TabPanel } from '../parts/tab-bar';
import { VirtualList } from '../parts/virtual-list';
import type { ResultFilter, RowKind } from './operations';
import { countOperations, filterRows } from './operations';
import { downloadText, formatReport, nameReport } from './report-download';
import { ResultRow } from './result-row';
import { useReport } from './use-report';

/** The plan or the result of a run: counts that filter, a search, and a row for each person and group. */
export function ResultBrowser({ run }: { run: Run }) {
  const { report, parts, partsRead } = useReport(run);
  if (report.isPending) {
    return <Loading what={`the result${parts > 1 ? ` (${partsRead} of ${parts} parts)` : ''}`} />;
  }
  if (report.isError) {
    return <LoadFailed what="the result" error={report.error} onRetry={() => void report.refetch()} />;
  }
  return <Results run={run} rows={report.data} />;
}

function Results({ run, rows }: { run: Run; rows: readonly ReportRow[] }) {
  const [kind, setKind] = useState<RowKind>('person');
  const [filter, setFilter] = useState<ResultFilter>();
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search);
  const people = useMemo(() => rows.filter((row) => row.kind === 'person').length, [rows]);
  const tiles = useMemo(() => countOperations(rows, kind), [rows, kind]);
  const shown = useMemo(() => filterRows(rows, kind, filter, sought), [rows, kind, filter, sought]);
  return (
    <section className="results" aria-labelledby="results-title">
      <div className="results-head">
        <h2 id="results-title">{run.state === 'simulated' || run.state === 'held' ? 'Plan' : 'Result'}</h2>
        <Action
          spacing="compact"
          icon={DownloadIcon}
          onClick={() => downloadText(nameReport(run), formatReport(run, rows))}
        >
          Download JSON
        </Action>
      </div>
      <TabBar
        label="Rows"
        id="results"
        selected={kind}
        tabs={[
          { key: 'person', text: `People (${formatCount(people)})` },
          { key: 'group', text: `Groups (${formatCount(rows.length - people)})` },
        ]}
        onSelect={(next) => {
          setKind(next);
          setFilter(undefined);
        }}
      />
      <TabPanel id="results" tab={kind}>
        <div className="tiles" role="group" aria-label="Filter by operation">
          {tiles.map((tile) => (
            <button
              key={tile.filter}
              type="button"
              className={`tile tile-${tile.tone}${tile.count === 0 ? ' tile-empty' : ''}`}
              aria-pressed={filter === tile.filter}
              onClick={() => setFilter(filter === tile.filter ? undefined : tile.filter)}
            >
              <span className="tile-count">{formatCount(tile.count)}</span>
              <span className="tile-text">{tile.text}</span>
            </button>
          ))}
        </div>
        <div className="results-search">
          <TextField
            label={kind === 'person' ? 'Search people' : 'Search groups'}
            type="search"
            placeholder={kind === 'person' ? 'Name, e-mail, group or reason' : 'Name, path or reason'}
            value={search}
            onChange={setSearch}
          />
          <span className="subtle number" role="status">
            {countOf(shown.length, 'row')}
          </span>
        </div>
        <Rows rows={shown} kind={kind} />
      </TabPanel>
    </section>
  );
}

const keyOf = (row: ReportRow) =>
  row.kind === 'person' ? `${row.row.user} ${row.row.accountId ?? ''}` : `${row.row.group} ${row.row.name}`;

function Rows({ rows, kind }: { rows: readonly ReportRow[]; kind: RowKind }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0) return <p className="nothing">Nothing matches.</p>;
  const toggle = (key: string) =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <VirtualList
      label={kind === 'person' ? 'People' : 'Groups'}
      items={rows}
      keyOf={keyOf}
      estimate={53}
      height={620}
      render={(row) => <ResultRow row={row} open={open.has(keyOf(row))} onToggle={() => toggle(keyOf(row))} />}
    />
  );
}
