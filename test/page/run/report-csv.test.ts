import { formatReportCsv } from '../../../static/admin/src/run/report-csv';
import { nameReport } from '../../../static/admin/src/run/report-download';
import type { ReportRow } from '../../../src/domain/report';
import { sourceUserId } from '../../../src/domain/identity';
import { makePlanRows } from './plan-rows';

function personCalled(name: string, changes: ReportRow['changes'] = []): ReportRow {
  const row = { user: sourceUserId('u'), name, operation: 'added', reason: 'Is new.', notes: [], changes: [] } as const;
  return { kind: 'person', row, changes };
}

/** Cells by line, as RFC 4180 reads them. */
function readCsv(text: string): readonly (readonly string[])[] {
  expect(text.startsWith('\uFEFF"')).toBe(true);
  expect(text.endsWith('"\r\n')).toBe(true);
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/gy;
  const lines: string[][] = [[]];
  for (let found = cell.exec(text.slice(1)); found !== null; found = cell.exec(text.slice(1))) {
    lines.at(-1)?.push((found[1] ?? '').replaceAll('""', '"'));
    if (found[2] === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

const nameIn = (text: string) => readCsv(text)[1]?.[1];

describe('the report as CSV', () => {
  it('has a heading, then a line for each change and for each row without one, all equally long', () => {
    const rows = makePlanRows();
    const lines = readCsv(formatReportCsv(rows));
    const wanted = rows.flatMap(({ row, changes }) => {
      const texts = changes.length === 0 ? [''] : changes.map(({ text }) => text);
      return texts.map((text) => [row.name, text]);
    });
    expect(lines.slice(1).map((cells) => [cells[1], cells[6]])).toEqual(wanted);
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([10]));
  });

  it.each([
    '=HYPERLINK("http://evil.example")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '\r=1',
    '\n1',
    '\u200b=1',
    '＝1',
    '＠x',
  ])('keeps a spreadsheet from computing %j', (name) => {
    expect(nameIn(formatReportCsv([personCalled(name)]))).toBe(`'${name}`);
  });

  it.each(['Zoë Müller', 'a, b; c', 'say "hi"', 'two\r\nlines', "O'Brien", 'a=b', '山田', ''])(
    'gives %j back unchanged',
    (name) => {
      expect(nameIn(formatReportCsv([personCalled(name)]))).toBe(name);
    },
  );

  it('says what became of each change', () => {
    const change = {
      kind: 'invite',
      text: 'Invite',
      reason: 'Is new.',
      outcome: 'refused',
      message: 'No seat.',
    } as const;
    expect(readCsv(formatReportCsv([personCalled('Ann', [change])]))[1]).toEqual([
      'person',
      'Ann',
      '',
      'Added',
      'Is new.',
      '',
      'Invite',
      'Is new.',
      'refused',
      'No seat.',
    ]);
  });

  it('is named after the connector and the time', () => {
    const run = { connectorName: 'Acme & Söhne', startedAt: Date.UTC(2026, 10, 23, 2) };
    expect(nameReport(run, 'csv')).toBe('sync-acme-s-hne-2026-11-23T02-00.csv');
  });
});
