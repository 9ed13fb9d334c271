import type * as v from 'valibot';
import { DirectoryError } from '../../domain/errors';
import type { Connection } from './connection';
import { parseAnswer } from './connection';

/** Where the next page of a search begins; plain data. */
export interface Position {
  readonly cursor: string;
  /** The server refuses a cursor beside the filters (not documented, facts 12). */
  readonly alone: boolean;
}

export type SearchPage<Item> =
  | { readonly kind: 'page'; readonly data: readonly Item[]; readonly next?: Position }
  /** The server does not know the cursor any more: the walk has to begin again. */
  | { readonly kind: 'lost' };

type PageSchema<Item> = v.GenericSchema<
  unknown,
  { data: Item[]; links?: { next?: string | null | undefined } | null | undefined }
>;

/** One page of a search POST. The filters are repeated with the cursor; where that is refused, the cursor goes alone. */
export async function readPage<Item>(
  connection: Connection,
  path: string,
  filters: Readonly<Record<string, unknown>>,
  position: Position | undefined,
  schema: PageSchema<Item>,
): Promise<SearchPage<Item>> {
  if (position === undefined) {
    return describePage(await connection.read(searchRequest(path, filters), schema), undefined, false);
  }
  const { cursor } = position;
  const bodies = position.alone ? [{ cursor }] : [{ ...filters, cursor }, { cursor }];
  for (const [index, body] of bodies.entries()) {
    const answer = await connection.send(searchRequest(path, body));
    if (answer.status === 200) {
      return describePage(parseAnswer(answer.text, schema), cursor, position.alone || index > 0);
    }
    // Any other refusal is one of the whole read: asking as such gives its sentence.
    if (answer.status !== 400) await connection.read(searchRequest(path, body), schema);
  }
  return { kind: 'lost' };
}

const searchRequest = (path: string, body: unknown) => ({ method: 'POST', path, body, repeatable: true }) as const;

function describePage<Item>(
  page: { data: Item[]; links?: { next?: string | null | undefined } | null | undefined },
  sent: string | undefined,
  alone: boolean,
): SearchPage<Item> {
  const next = page.links?.next ?? '';
  if (next !== '' && next === sent) {
    throw new DirectoryError(
      'unreadable-answer',
      'Atlassian answers the same page again and again; the run tries again later.',
      'retry',
    );
  }
  return { kind: 'page', data: page.data, ...(next === '' ? {} : { next: { cursor: next, alone } }) };
}

/** All items of a list read with GET, whose cursor is a bare word or inside a URL. */
export async function readAllPages<Item>(
  connection: Connection,
  path: string,
  query: Readonly<Record<string, string | readonly string[]>>,
  schema: PageSchema<Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await connection.read(
      { method: 'GET', path, query: cursor === undefined ? query : { cursor }, repeatable: true },
      schema,
    );
    items.push(...page.data);
    cursor = readCursor(page.links?.next ?? '');
    if (cursor !== undefined && seen.has(cursor)) cursor = undefined;
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return items;
}

/** Version 2 gives a bare cursor, version 1 and workspaces a URL with one (facts 4.1). */
export function readCursor(next: string): string | undefined {
  if (next === '') return undefined;
  return URL.canParse(next) ? (new URL(next).searchParams.get('cursor') ?? undefined) : next;
}
