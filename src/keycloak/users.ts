import { sourceUserId } from '../domain/identity';
import type { SourceGroupId } from '../domain/identity';
import type { SourceUser } from '../domain/snapshot';
import type { AdminApi } from './admin-api';
import { dropRepeated, readListing } from './listing';
import type { Pace } from './pace';
import type { ReadingState } from './reading';
import type { UserRow } from './wire';
import { userPageSchema } from './wire';

/**
 * All users but service accounts. No filter may be sent: any criterion brings service accounts in (measured).
 * Brief rows hold all that the default mapping needs; full ones cost Keycloak several queries for each user.
 */
export async function readUsers(
  api: AdminApi,
  state: ReadingState,
  expected: number,
  pace: Pace,
): Promise<ReadingState['users']> {
  const { pageSize } = state;
  const listing = await readListing<UserRow>(
    state.users,
    {
      pageSize,
      expected,
      pastEnd: true,
      readPage: (first) => api.read(`/users?briefRepresentation=true&first=${first}&max=${pageSize}`, userPageSchema),
      onPage: (done) => pace.report({ what: 'users', done, total: expected }),
    },
    pace,
  );
  return { pages: listing.pages.map(({ first, rows }) => ({ first, rows: [...rows] })), complete: listing.complete };
}

/** Users by username, each once. */
export function collectUsers(listing: ReadingState['users']): {
  readonly rows: readonly UserRow[];
  readonly repeated: number;
} {
  return dropRepeated(listing.pages.flatMap(({ rows }) => rows));
}

export function toSourceUser(row: UserRow, groupIds: readonly SourceGroupId[]): SourceUser {
  return {
    id: sourceUserId(row.id),
    username: row.username,
    ...(isSet(row.email) ? { email: row.email } : {}),
    emailVerified: row.emailVerified ?? false,
    ...(isSet(row.firstName) ? { firstName: row.firstName } : {}),
    ...(isSet(row.lastName) ? { lastName: row.lastName } : {}),
    enabled: row.enabled,
    ...(isSet(row.federationLink) ? { federationLink: row.federationLink } : {}),
    groupIds,
  };
}

/** Keycloak leaves out what is unset; an emptied field may come as an empty text. */
function isSet(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== '';
}
