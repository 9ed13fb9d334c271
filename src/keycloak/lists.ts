import type { SourceCounts } from '../domain/completeness';
import type { KeycloakAccess } from './access';
import type { AdminApi } from './admin-api';
import { readCounts } from './admin-api';
import { roleTooSmall } from './failure';
import { collectGroups, readGroups, unwalked } from './groups';
import { readMemberships, startMemberships } from './memberships';
import type { Pace } from './pace';
import type { ReadingState } from './reading';
import { collectUsers, readUsers } from './users';

/**
 * Reads users and groups side by side, and the members of the groups as soon as these are known: what would wait for one
 * another wins a small realm nothing but waiting.
 */
export async function readTogether(
  api: AdminApi,
  state: ReadingState,
  before: SourceCounts,
  pace: Pace,
  access: KeycloakAccess,
): Promise<ReadingState> {
  const groups = readAllGroups(api, state, before.groups, pace, access);
  const users = readUsers(api, state, before.users, pace, access.attributes);
  const members = groups.then((found) => readMembersMeanwhile(api, found, before, users, pace));
  // All to their end, whichever fails: a request left alone would run on in a later invocation.
  await Promise.allSettled([groups, users, members]);
  const listed = await users;
  if (listed.complete) checkRead(collectUsers(listed).rows, before.users, access);
  return { ...(await groups), ...(await members), users: listed };
}

export async function readAllGroups(
  api: AdminApi,
  state: ReadingState,
  expected: number,
  pace: Pace,
  access: KeycloakAccess,
): Promise<ReadingState> {
  const groups = await readGroups(api, state, expected, pace);
  if (!groups.complete) return { ...state, groups };
  const found = collectGroups({ groups });
  checkRead(found, expected, access);
  // Where the count still stands, the one query does not bring all and the tree is walked; a count that moved is drift.
  const walks = found.length !== expected && (await readCounts(api)).groups === expected;
  return walks ? { ...state, groups, walk: unwalked } : { ...state, groups };
}

/** Throws when Keycloak counts rows and shows none: that is how it answers a role that may not see them. */
export function checkRead(rows: readonly unknown[], counted: number, access: KeycloakAccess): void {
  if (rows.length === 0 && counted > 0) throw roleTooSmall(access.settings.realm);
}

/** Only where all groups are known and theirs is the cheaper way; nothing is kept when the users are not complete then. */
async function readMembersMeanwhile(
  api: AdminApi,
  state: ReadingState,
  before: SourceCounts,
  users: Promise<ReadingState['users']>,
  pace: Pace,
): Promise<Partial<ReadingState>> {
  if (!state.groups.complete || state.walk !== undefined) return {};
  const owners = collectGroups(state);
  const memberships = startMemberships(before.users, owners.length);
  if (memberships.by === 'user') return {};
  const others = async () => {
    const listed = await users;
    return listed.complete ? collectUsers(listed).rows : undefined;
  };
  const read = await readMemberships(api, memberships, { owners, others }, state.pageSize, pace);
  return { memberships: read.memberships, vanished: state.vanished + read.vanished };
}
