import { sourceUserId } from '../domain/identity';
import type { SourceGroupId } from '../domain/identity';
import type { SourceUser } from '../domain/snapshot';
import type { AdminApi } from './admin-api';
import { dropRepeated, readListing } from './listing';
import type { Pace } from './pace';
import type { KeptUser, ReadingState } from './reading';
import type { UserRow } from './wire';
import { userPageSchema } from './wire';

/** Characters that the values of one attribute may have together: readings are stored, and no name or title is longer. */
const longestAttribute = 4_000;

/**
 * All users but service accounts. No filter may be sent: any criterion brings service accounts in (measured).
 * Brief rows hold all that the default mapping needs; full ones, which further attributes need, cost Keycloak several queries
 * for each user.
 */
export async function readUsers(
  api: AdminApi,
  state: ReadingState,
  expected: number,
  pace: Pace,
  attributes: readonly string[] = [],
): Promise<ReadingState['users']> {
  const { pageSize } = state;
  const brief = attributes.length === 0;
  const listing = await readListing<KeptUser>(
    state.users,
    {
      pageSize,
      expected,
      pastEnd: true,
      readPage: async (first) => {
        const query = `briefRepresentation=${brief}&first=${first}&max=${pageSize}`;
        const rows = await api.read(`/users?${query}`, userPageSchema);
        return rows.map((row) => keepAttributes(row, attributes));
      },
      onPage: (done) => pace.report({ what: 'users', done, total: expected }),
    },
    pace,
  );
  return { pages: listing.pages.map(({ first, rows }) => ({ first, rows: [...rows] })), complete: listing.complete };
}

/** Users by username, each once. */
export function collectUsers(listing: ReadingState['users']): {
  readonly rows: readonly KeptUser[];
  readonly repeated: number;
} {
  return dropRepeated(listing.pages.flatMap(({ rows }) => rows));
}

/**
 * A row with the named attributes alone. One whose values are too long together is left out and named in `tooLong`: cut, it would be
 * another value, and a part of several values another list.
 */
export function keepAttributes(row: UserRow, names: readonly string[]): KeptUser {
  const { attributes, ...rest } = row;
  const found = new Map(Object.entries(attributes ?? {}));
  const named = names.flatMap((name) => {
    const values = found.get(name);
    return values === undefined || values.length === 0 ? [] : [{ name, values, isLong: isTooLong(values) }];
  });
  const kept = named.flatMap(({ name, values, isLong }) => (isLong ? [] : [[name, values] as const]));
  const tooLong = named.flatMap(({ name, isLong }) => (isLong ? [name] : []));
  return {
    ...rest,
    ...(kept.length === 0 ? {} : { attributes: Object.fromEntries(kept) }),
    ...(tooLong.length === 0 ? {} : { tooLong }),
  };
}

function isTooLong(values: readonly string[]): boolean {
  return values.reduce((sum, value) => sum + value.length, 0) > longestAttribute;
}

export function toSourceUser(row: KeptUser, groupIds: readonly SourceGroupId[]): SourceUser {
  return {
    id: sourceUserId(row.id),
    username: row.username,
    ...(isSet(row.email) ? { email: row.email } : {}),
    emailVerified: row.emailVerified ?? false,
    ...(isSet(row.firstName) ? { firstName: row.firstName } : {}),
    ...(isSet(row.lastName) ? { lastName: row.lastName } : {}),
    enabled: row.enabled,
    ...(isSet(row.federationLink) ? { federationLink: row.federationLink } : {}),
    ...(row.attributes == null ? {} : { attributes: row.attributes }),
    ...(row.tooLong === undefined ? {} : { tooLong: row.tooLong }),
    groupIds,
  };
}

/** Keycloak leaves out what is unset; an emptied field may come as an empty text. */
function isSet(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
