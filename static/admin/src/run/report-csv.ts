import type { ReportRow, ReportedChange } from '../../../../src/domain/report';
import { describeOperation } from './operations';

const heading = [
  'Kind',
  'Name',
  'E-mail or path',
  'Operation',
  'Reason',
  'Notes',
  'Change',
  'Reason of the change',
  'Outcome',
  'Message',
];

/**
 * The report as a table for spreadsheets: a line for each change, and one for a row without any. UTF-8 with a byte order mark and
 * CRLF, as RFC 4180 and Excel want it; no cell is ever taken for a formula.
 */
export function formatReportCsv(rows: readonly ReportRow[]): string {
  const lines = rows.flatMap((row) =>
    row.changes.length === 0 ? [writeLine(row, undefined)] : row.changes.map((change) => writeLine(row, change)),
  );
  return `\uFEFF${[heading, ...lines].map((cells) => cells.map(writeCell).join(',')).join('\r\n')}\r\n`;
}

function writeLine(row: ReportRow, change: ReportedChange | undefined): readonly string[] {
  return [
    row.kind,
    row.row.name,
    row.kind === 'person' ? (row.row.email ?? '') : row.row.path,
    describeOperation(row).text,
    row.row.reason,
    row.row.notes.join(' '),
    change?.text ?? '',
    change?.reason ?? '',
    change?.outcome ?? '',
    change?.message ?? '',
  ];
}

// What spreadsheets may take for the begin of a formula, also behind blanks and in full width.
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A cell in quotes; an apostrophe in front keeps a spreadsheet from computing what somebody named themselves. */
function writeCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
