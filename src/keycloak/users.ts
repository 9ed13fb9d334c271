import { sourceUserId } from '../domain/identity';
import type { SourceGroupId } from '../domain/identity';
import type { SourceUser } from '../domain/snapshot';
import type { AdminApi } from './admin-api';
import { keepAttributes } from './attributes';
import { dropRepeated, readListing } from './listing';
import type { Pace } from './pace';
import type { KeptUser, ReadingState } from './reading';
import { userPageSchema } from './wire';

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
        return rows.map(({ attributes: all, ...row }) => ({ ...row, ...keepAttributes(all, attributes) }));
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
