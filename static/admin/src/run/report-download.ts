import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { downloadText, nameFile, type FileFormat } from '../download';
import { formatReportCsv } from './report-csv';

/** The whole report as JSON: the run, then a row for each person and group. */
export function formatReport(run: Run, rows: readonly ReportRow[]): string {
  return JSON.stringify({ run, rows }, undefined, 1);
}

/** The name of the downloaded file, for example `sync-acme-2026-11-23T02-00.json`. */
export function nameReport(
  { connectorName, startedAt }: Pick<Run, 'connectorName' | 'startedAt'>,
  format: FileFormat,
): string {
  return nameFile(['sync', connectorName.toLowerCase(), new Date(startedAt).toISOString().slice(0, 16)], format);
}

/** Hands a run's report to the browser as a file. */
export function downloadReport(run: Run, rows: readonly ReportRow[], format: FileFormat): void {
  const text = format === 'csv' ? formatReportCsv(rows) : formatReport(run, rows);
  downloadText(nameReport(run, format), text, format);
}
