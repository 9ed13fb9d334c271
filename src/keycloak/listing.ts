import type { Listing } from './reading';
import type { Pace } from './pace';

export interface Pages<Row> {
  readonly pageSize: number;
  /** How many rows Keycloak counted. */
  readonly expected: number;
  /** Whether the list is asked for one page past its end: a federation's fault shows only there (measured). */
  readonly pastEnd: boolean;
  readPage(first: number): Promise<readonly Row[]>;
  onPage(rowsRead: number): Promise<void>;
}

/**
 * Reads the pages that are missing, by the count and several at once; then on while the last one is not empty (people of a
 * federation that does not import are in no count). What it returns is complete or is gone on with later.
 */
export async function readListing<Row>(listing: Listing<Row>, pages: Pages<Row>, pace: Pace): Promise<Listing<Row>> {
  const read = new Map(listing.pages.map(({ first, rows }) => [first, rows]));
  const { pageSize } = pages;
  // A count of nothing is believed no more than any other: at least one page is asked for.
  const counted = Math.max(1, Math.ceil(pages.expected / pageSize) + (pages.pastEnd ? 1 : 0));
  const readMissing = async (firsts: readonly number[]): Promise<boolean> => {
    const missing = firsts.filter((first) => !read.has(first));
    await pace.each(missing, async (first) => {
      read.set(first, await pages.readPage(first));
      await pages.onPage(countRows(read.values()));
    });
    return missing.every((first) => read.has(first));
  };
  let complete = await readMissing(Array.from({ length: counted }, (_, index) => index * pageSize));
  for (
    let first = counted * pageSize;
    complete && pages.pastEnd && !isEmpty(read, first - pageSize);
    first += pageSize
  ) {
    complete = await readMissing([first]);
  }
  const sorted = [...read].sort(([a], [b]) => a - b).map(([first, rows]) => ({ first, rows }));
  return { pages: sorted, complete };
}

/** Pages shorter than asked for that were followed by rows: something was dropped or moved meanwhile. */
export function countShortPages(listing: Listing<unknown>, pageSize: number): number {
  const last = listing.pages.findLastIndex(({ rows }) => rows.length > 0);
  return listing.pages.filter(({ rows }, index) => index < last && rows.length < pageSize).length;
}

/** Rows with equal ids once, in the order they came, and how many came again. */
export function dropRepeated<Row extends { readonly id: string }>(
  rows: readonly Row[],
): { readonly rows: readonly Row[]; readonly repeated: number } {
  const unique = new Map<string, Row>();
  for (const row of rows) if (!unique.has(row.id)) unique.set(row.id, row);
  return { rows: [...unique.values()], repeated: rows.length - unique.size };
}

function isEmpty(read: ReadonlyMap<number, readonly unknown[]>, first: number): boolean {
  return (read.get(first) ?? []).length === 0;
}

function countRows(pages: Iterable<readonly unknown[]>): number {
  let rows = 0;
  for (const page of pages) rows += page.length;
  return rows;
}
