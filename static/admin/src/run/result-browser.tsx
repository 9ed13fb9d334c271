import DownloadIcon from '@atlaskit/icon/core/download';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { countOf, formatCount } from '../moments';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';
import { LoadFailed, Loading } from '../parts/loading';
import { TabBar, TabPanel } from '../parts/tab-bar';
import { Tick } from '../parts/tick';
import { VirtualList } from '../parts/virtual-list';
import type { Choice } from './choice';
import { isTicked, startChoice, tickRows } from './choice';
import { ChoiceBar } from './choice-bar';
import { ChoicePanel } from './choice-panel';
import type { Purpose } from './commit-dialog';
import type { ResultFilter, RowKind } from './operations';
import { countOperations, filterRows } from './operations';
import { downloadReport } from './report-download';
import { ResultRow } from './result-row';
import { useReport } from './use-report';

/** A part of the plan being chosen, with checkboxes in front of the rows. */
export interface Choosing {
  readonly purpose: Purpose;
  readonly onClose: () => void;
}

/** The plan or the result of a run: counts that filter, a search, and a row for each person and group. */
export function ResultBrowser({ run, choosing }: { run: Run; choosing?: Choosing | undefined }) {
  const { report, parts, partsRead } = useReport(run);
  if (report.isPending) {
    return <Loading what={`the result${parts > 1 ? ` (${partsRead} of ${parts} parts)` : ''}`} />;
  }
  if (report.isError) {
    return <LoadFailed what="the result" error={report.error} onRetry={() => void report.refetch()} />;
  }
  return <Results run={run} rows={report.data} choosing={choosing} />;
}

interface ResultsProps {
  readonly run: Run;
  readonly rows: readonly ReportRow[];
  readonly choosing: Choosing | undefined;
}

function Results({ run, rows: all, choosing }: ResultsProps) {
  const [choice, setChoice] = useState(() => startChoice(all));
  const rows = useMemo(() => (choosing === undefined ? all : all.filter(isChoosable)), [all, choosing]);
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
        <h2 id="results-title" ref={useFocusAtTurn(choosing !== undefined)} tabIndex={-1}>
          {choosing !== undefined
            ? 'Choose a part of the plan'
            : run.state === 'simulated' || run.state === 'held'
              ? 'Plan'
              : 'Result'}
        </h2>
        <div className="buttons">
          <Action spacing="compact" icon={DownloadIcon} onClick={() => downloadReport(run, all, 'json')}>
            Download JSON
          </Action>
          <Action spacing="compact" icon={DownloadIcon} onClick={() => downloadReport(run, all, 'csv')}>
            Download CSV
          </Action>
        </div>
      </div>
      {choosing !== undefined && <ChoicePanel rows={all} choice={choice} onChange={setChoice} />}
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
        {choosing !== undefined && choice.of === 'ticked' ? (
          <Rows connectorId={run.connectorId} rows={shown} kind={kind} choice={choice} onChoice={setChoice} />
        ) : (
          <Rows connectorId={run.connectorId} rows={shown} kind={kind} />
        )}
      </TabPanel>
      {choosing !== undefined && <ChoiceBar run={run} rows={all} choice={choice} onChange={setChoice} {...choosing} />}
    </section>
  );
}

/** Takes the focus when something begins here, and when it is over: what had the focus is gone then. */
function useFocusAtTurn(begun: boolean) {
  const element = useRef<HTMLHeadingElement>(null);
  const before = useRef(false);
  useEffect(() => {
    if (before.current !== begun) element.current?.focus();
    before.current = begun;
  }, [begun]);
  return element;
}

const keyOf = (row: ReportRow) =>
  row.kind === 'person' ? `${row.row.user} ${row.row.accountId ?? ''}` : `${row.row.group} ${row.row.name}`;

/** Whether a row has changes of its own, or those of its members, to choose. */
function isChoosable({ kind, row, changes }: ReportRow): boolean {
  return changes.length > 0 || (kind === 'group' && row.added + row.removed > 0);
}

interface RowsProps {
  readonly connectorId: string;
  readonly rows: readonly ReportRow[];
  readonly kind: RowKind;
  /** Given while rows can be ticked. */
  readonly choice?: Choice;
  readonly onChoice?: (choice: Choice) => void;
}

function Rows({ connectorId, rows, kind, choice, onChoice }: RowsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0) return <p className="nothing">Nothing matches.</p>;
  const toggle = (key: string) =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const list = (
    <VirtualList
      label={kind === 'person' ? 'People' : 'Groups'}
      items={rows}
      keyOf={keyOf}
      estimate={53}
      height={620}
      render={(row) => {
        const result = (
          <ResultRow
            connectorId={connectorId}
            row={row}
            open={open.has(keyOf(row))}
            onToggle={() => toggle(keyOf(row))}
          />
        );
        if (choice === undefined) return result;
        return (
          <div className="ticked-row">
            <Tick
              label={`Choose ${row.row.name}`}
              checked={isTicked(choice, row)}
              onChange={(ticked) => onChoice?.(tickRows(choice, [row], ticked))}
            />
            {result}
          </div>
        );
      }}
    />
  );
  if (choice === undefined) return list;
  return (
    <>
      <div className="tick-all">
        <Tick
          label={`Choose all ${formatCount(rows.length)} shown`}
          showLabel
          checked={rows.every((row) => isTicked(choice, row))}
          onChange={(ticked) => onChoice?.(tickRows(choice, rows, ticked))}
        />
      </div>
      {list}
    </>
  );
}
