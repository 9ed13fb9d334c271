import type { KeptUser, ReadingState } from './reading';
import type { UserRow } from './wire';

/** Characters that the values of one attribute may have together: readings are stored, and no name or title is longer. */
const longestAttribute = 4_000;

/** What a reading keeps of somebody's attributes. */
export type KeptAttributes = Pick<KeptUser, 'attributes' | 'tooLong'>;

/**
 * The named attributes that have a value. One whose values are too long together is left out and named in `tooLong`: cut, it would be
 * another value, and a part of several values another list.
 */
export function keepAttributes(attributes: UserRow['attributes'], names: readonly string[]): KeptAttributes {
  const found = new Map(Object.entries(attributes ?? {}));
  const named = names.flatMap((name) => {
    const values = found.get(name);
    return values === undefined || values.length === 0 ? [] : [{ name, values, isLong: isTooLong(values) }];
  });
  const kept = named.flatMap(({ name, values, isLong }) => (isLong ? [] : [[name, values] as const]));
  const tooLong = named.flatMap(({ name, isLong }) => (isLong ? [name] : []));
  return {
    ...(kept.length === 0 ? {} : { attributes: Object.fromEntries(kept) }),
    ...(tooLong.length === 0 ? {} : { tooLong }),
  };
}

/** The users listed in brief, with what other rows of them showed in full. */
export function addAttributes(
  users: ReadingState['users'],
  shown: ReadonlyMap<string, KeptAttributes>,
): ReadingState['users'] {
  if (shown.size === 0) return users;
  const pages = users.pages.map(({ first, rows }) => ({
    first,
    rows: rows.map((row) => ({ ...row, ...shown.get(row.id) })),
  }));
  return { ...users, pages };
}

function isTooLong(values: readonly string[]): boolean {
  return values.reduce((sum, value) => sum + value.length, 0) > longestAttribute;
}
