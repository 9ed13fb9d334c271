import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { formatReportCsv } from './report-csv';

/** The whole report as JSON: the run, then a row for each person and group. */
export function formatReport(run: Run, rows: readonly ReportRow[]): string {
  return JSON.stringify({ run, rows }, undefined, 1);
}

export type ReportFormat = 'json' | 'csv';

/** The name of the downloaded file, for example `sync-acme-2026-11-23T02-00.json`. */
export function nameReport(
  { connectorName, startedAt }: Pick<Run, 'connectorName' | 'startedAt'>,
  format: ReportFormat,
): string {
  const at = new Date(startedAt).toISOString().slice(0, 16).replace(':', '-');
  return `${['sync', shortName(connectorName), at].filter(Boolean).join('-')}.${format}`;
}

/** A name as a part of the name of a file. */
function shortName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Hands a run's report to the browser as a file. */
export function downloadReport(run: Run, rows: readonly ReportRow[], format: ReportFormat): void {
  const text = format === 'csv' ? formatReportCsv(rows) : formatReport(run, rows);
  downloadText(nameReport(run, format), text, format);
}

/** Hands text to the browser as a file. */
export function downloadText(name: string, text: string, format: ReportFormat = 'json'): void {
  const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
