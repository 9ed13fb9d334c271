import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';

/** The whole report as JSON: the run, then a row for each person and group. */
export function formatReport(run: Run, rows: readonly ReportRow[]): string {
  return JSON.stringify({ run, rows }, undefined, 1);
}

/** The name of the downloaded file, for example `sync-acme-2026-11-23T02-00.json`. */
export function nameReport({ connectorName, startedAt }: Run): string {
  const name = connectorName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const at = new Date(startedAt).toISOString().slice(0, 16).replace(':', '-');
  return ['sync', name, at].filter(Boolean).join('-') + '.json';
}

/** Hands text to the browser as a file. */
export function downloadText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
