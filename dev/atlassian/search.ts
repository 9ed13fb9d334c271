import type { Call } from './route';
import { readCursor, writeCursor } from './page';
import { Refusal } from './refusal';

interface Paged {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** The filters that a search goes by, and the place it starts at, as the doubt about cursors says. */
export function resolveCursor<Filters extends Paged>(
  call: Call,
  route: string,
  body: Filters,
  parse: (filters: unknown) => Filters,
): { readonly filters: Filters; readonly after: number } {
  if (body.cursor === undefined) return { filters: body, after: 0 };
  if (call.store.doubts.cursor === 'alone' && Object.keys(body).length > 1)
    throw new Refusal(400, 'ADMIN-400-1', 'A cursor must be the only property');
  const position = readCursor(body.cursor, route);
  const filters = call.store.doubts.cursor === 'forgets the filters' ? body : parse(position.filters);
  return { filters, after: position.after };
}

/** `links` of a page of the search whose next page starts after `next`. */
export function pageLinks(
  call: Call,
  route: string,
  filters: Paged,
  next: number | undefined,
): { readonly next?: string } {
  if (next === undefined) return {};
  const carried = { ...filters };
  delete carried.cursor;
  const forgets = call.store.doubts.cursor === 'forgets the filters';
  return { next: writeCursor({ route, after: next, ...(forgets ? {} : { filters: carried }) }) };
}
