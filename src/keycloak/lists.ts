import type { SourceCounts } from '../domain/completeness';
import type { KeycloakAccess } from './access';
import type { AdminApi } from './admin-api';
import { readCounts } from './admin-api';
import { roleTooSmall } from './failure';
import { addAttributes, type KeptAttributes } from './attributes';
import { collectGroups, readGroups, unwalked } from './groups';
import { readMemberships, startMemberships } from './memberships';
import { attributesOfList, findLimit, listDeciding } from './needed';
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
  const users = readUsers(api, state, before.users, pace, attributesOfList(access));
  const members = groups.then((found) => readMembersMeanwhile(api, found, { before, users }, pace, access));
  // All to their end, whichever fails: a request left alone would run on in a later invocation.
  await Promise.allSettled([groups, users, members]);
  const listed = await users;
  if (listed.complete) checkRead(collectUsers(listed).rows, before.users, access);
  const { part, shown } = await members;
  return { ...(await groups), ...part, users: addAttributes(listed, shown) };
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

interface Meanwhile {
  readonly before: SourceCounts;
  readonly users: Promise<ReadingState['users']>;
}

/**
 * The members of the groups that are asked for anyway: where groups limit the scope of those that decide it, else of all, where theirs is
 * the cheaper way. Nothing is kept when not all groups are known, or the users are not complete then.
 */
async function readMembersMeanwhile(
  api: AdminApi,
  state: ReadingState,
  { before, users }: Meanwhile,
  pace: Pace,
  access: KeycloakAccess,
): Promise<{ readonly part: Partial<ReadingState>; readonly shown: ReadonlyMap<string, KeptAttributes> }> {
  const nothing = { part: {}, shown: new Map<string, KeptAttributes>() };
  if (!state.groups.complete || state.walk !== undefined) return nothing;
  const groups = collectGroups(state);
  const limit = findLimit(access, groups, state);
  const owners = limit === undefined ? groups : listDeciding(groups, limit.scope);
  const lists = limit?.deciding ?? startMemberships(before.users, owners.length);
  if (lists.by === 'user') return nothing;
  const others = async () => {
    const listed = await users;
    return listed.complete ? collectUsers(listed).rows : undefined;
  };
  const { attributes } = access;
  const { pageSize } = state;
  const read = await readMemberships(api, lists, { owners, others }, pace, { pageSize, attributes });
  const vanished = state.vanished + read.vanished;
  const key = limit === undefined ? 'memberships' : 'deciding';
  return { part: { [key]: read.memberships, vanished }, shown: read.shown };
}
