import { Refusal } from './refusal';

interface Position {
  readonly route: string;
  readonly after: number;
  readonly filters?: unknown;
}

/** A cursor: opaque outside, the place and, if it carries them, the filters inside. */
export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The place that a cursor names; 400 for anything that `writeCursor` did not make for this route. */
export function readCursor(cursor: string, route: string): Position {
  try {
    // Only `writeCursor` makes cursors; anything else fails the checks below.
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Partial<Position>;
    if (position.route === route && typeof position.after === 'number')
      return { route, after: position.after, filters: position.filters };
  } catch {
    // Not JSON: falls through to the refusal.
  }
  throw new Refusal(400, 'ADMIN-400-1', 'Invalid page cursor');
}

/** So many items after a place, and where the next page starts; `undefined` on the last page. */
export function cutPage<Item>(
  items: readonly Item[],
  after: number,
  limit: number,
): { readonly page: readonly Item[]; readonly next: number | undefined } {
  const next = after + limit;
  return { page: items.slice(after, next), next: next < items.length ? next : undefined };
}

/** The same over a list in the order of its ordinals, from which items may have gone meanwhile. */
export function cutOrdered<Item extends { readonly ordinal: number }>(
  items: readonly Item[],
  after: number,
  limit: number,
  matches: (item: Item) => boolean,
): { readonly page: readonly Item[]; readonly next: number | undefined } {
  const page: Item[] = [];
  for (let index = firstAfter(items, after); index < items.length; index += 1) {
    const item = items[index];
    if (!item || !matches(item)) continue;
    if (page.length === limit) return { page, next: page.at(-1)?.ordinal };
    page.push(item);
  }
  return { page, next: undefined };
}

function firstAfter(items: readonly { readonly ordinal: number }[], ordinal: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.ordinal ?? 0) <= ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}
