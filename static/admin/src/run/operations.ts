import type { ReportRow } from '../../../../src/domain/report';
import type { GroupOperation, PersonOperation } from '../../../../src/domain/plan';
import type { Tone } from '../parts/tone';

export type RowKind = ReportRow['kind'];
/** What a row can be filtered by: its operation, or that one of its changes failed. */
export type ResultFilter = PersonOperation | GroupOperation | 'failed';

interface Operation {
  readonly text: string;
  readonly tone: Tone;
  /** Shown also when nothing has it: the operations that the manual names. */
  readonly always?: true;
}

export const personOperations: Readonly<Record<PersonOperation | 'failed', Operation>> = {
  added: { text: 'Added', tone: 'success', always: true },
  adopted: { text: 'Adopted', tone: 'discovery' },
  updated: { text: 'Updated', tone: 'information', always: true },
  deactivated: { text: 'Deactivated', tone: 'danger', always: true },
  reactivated: { text: 'Reactivated', tone: 'success' },
  leaving: { text: 'Leaving', tone: 'warning' },
  removed: { text: 'Removed', tone: 'danger' },
  'not-modified': { text: 'Not modified', tone: 'neutral', always: true },
  filtered: { text: 'Filtered', tone: 'neutral', always: true },
  frozen: { text: 'Frozen', tone: 'warning' },
  conflict: { text: 'Conflict', tone: 'warning' },
  waiting: { text: 'Waiting', tone: 'neutral' },
  'blocked-by-hand': { text: 'Blocked by hand', tone: 'warning' },
  protected: { text: 'Protected', tone: 'neutral' },
  'held-back': { text: 'Held back', tone: 'warning' },
  failed: { text: 'Failed', tone: 'danger', always: true },
};

export const groupOperations: Readonly<Record<GroupOperation | 'failed', Operation>> = {
  created: { text: 'Created', tone: 'success', always: true },
  adopted: { text: 'Adopted', tone: 'discovery' },
  updated: { text: 'Updated', tone: 'information', always: true },
  'not-modified': { text: 'Not modified', tone: 'neutral', always: true },
  filtered: { text: 'Filtered', tone: 'neutral', always: true },
  conflict: { text: 'Conflict', tone: 'warning' },
  orphaned: { text: 'Orphaned', tone: 'warning' },
  protected: { text: 'Protected', tone: 'neutral' },
  failed: { text: 'Failed', tone: 'danger', always: true },
};

/** The operation of a row in words. */
export function describeOperation(row: ReportRow): Operation {
  return row.kind === 'person' ? personOperations[row.row.operation] : groupOperations[row.row.operation];
}

/** Whether one of the row's changes was refused, or never confirmed. */
export function isFailed({ changes }: ReportRow): boolean {
  return changes.some(({ outcome }) => outcome === 'refused' || outcome === 'unconfirmed');
}

/** How many rows of a kind each filter would show; those that nobody asks about are left out when empty. */
export function countOperations(
  rows: readonly ReportRow[],
  kind: RowKind,
): readonly (Operation & { readonly filter: ResultFilter; readonly count: number })[] {
  const counts = new Map<string, number>();
  // Before anything was applied nothing can have failed.
  const applied = rows.some(({ changes }) => changes.some(({ outcome }) => outcome !== undefined));
  for (const row of rows) {
    if (row.kind !== kind) continue;
    counts.set(row.row.operation, (counts.get(row.row.operation) ?? 0) + 1);
    if (isFailed(row)) counts.set('failed', (counts.get('failed') ?? 0) + 1);
  }
  const words: Readonly<Partial<Record<ResultFilter, Operation>>> =
    kind === 'person' ? personOperations : groupOperations;
  const filters = Object.keys(words).filter(isFilter);
  return filters.flatMap((filter) => {
    const operation = words[filter];
    const count = counts.get(filter) ?? 0;
    const shown = count > 0 || (operation?.always === true && (applied || filter !== 'failed'));
    return operation === undefined || !shown ? [] : [{ ...operation, filter, count }];
  });
}

function isFilter(text: string): text is ResultFilter {
  return text in personOperations || text in groupOperations;
}

/** The rows of a kind that a search and a filter leave. The search looks at names, e-mails, paths and groups. */
export function filterRows(
  rows: readonly ReportRow[],
  kind: RowKind,
  filter: ResultFilter | undefined,
  search: string,
): readonly ReportRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (row.kind !== kind) return false;
    if (filter === 'failed' ? !isFailed(row) : filter !== undefined && row.row.operation !== filter) return false;
    if (words.length === 0) return true;
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
}

function textOf(row: ReportRow): string {
  const own = row.kind === 'person' ? [row.row.name, row.row.email ?? ''] : [row.row.name, row.row.path];
  return [...own, row.row.reason, ...row.changes.map(({ text }) => text)].join('\n').toLowerCase();
}
