import type { SourceCounts, SourceEvidence } from '../domain/completeness';
import { proveSource, withholdRemovals } from '../domain/completeness';
import type { Progress } from '../domain/run';
import type { SourceSnapshot } from '../domain/snapshot';
import type { Reading } from '../sync/ports';
import type { KeycloakAccess } from './access';
import type { AdminApi } from './admin-api';
import { readCounts } from './admin-api';
import { addAttributes } from './attributes';
import { collectGroups, walkGroups } from './groups';
import { countShortPages } from './listing';
import { checkRead, readAllGroups, readTogether } from './lists';
import { isComplete, readMemberships, startMemberships } from './memberships';
import { attributesOfList, findLimit, findRest, joinAll, listDeciding, type Limit, type Sides } from './needed';
import type { Pace } from './pace';
import type { Memberships, ReadingState } from './reading';
import { startReading } from './reading';
import { collectUsers, readUsers, toSourceUser } from './users';

/** Reads in all before drift is accepted and nothing may be taken away. */
const attempts = 3;

/**
 * Reads the first part that is missing: counts, groups, users, memberships (where groups limit the scope, first those that decide
 * it), counts again; then judges. What it returns is the state with more in it, the state of a new attempt, or the snapshot.
 */
export async function readNextPart(
  api: AdminApi,
  state: ReadingState,
  pace: Pace,
  access: KeycloakAccess,
): Promise<ReadingState | Reading<SourceSnapshot>> {
  const { before, pageSize } = state;
  if (before === undefined) return { ...state, before: await readCounts(api) };
  if (!state.groups.complete && !state.users.complete) return readTogether(api, state, before, pace, access);
  if (!state.groups.complete) return readAllGroups(api, state, before.groups, pace, access);
  if (state.walk !== undefined && state.walk.open.length > 0) {
    return { ...state, walk: await walkGroups(api, state.walk, pageSize, pace) };
  }
  if (!state.users.complete) {
    return { ...state, users: await readUsers(api, state, before.users, pace, attributesOfList(access)) };
  }

  const sides = { users: collectUsers(state.users).rows, groups: collectGroups(state) };
  checkRead(sides.users, before.users, access);
  const limit = findLimit(access, sides.groups, state);
  if (limit !== undefined && !isComplete(limit.deciding)) {
    return readDeciding(api, state, { sides, limit }, pace, access);
  }
  const rest = findRest(sides, limit);
  const memberships = state.memberships ?? startMemberships(rest.users.length, rest.groups.length);
  if (!isComplete(memberships)) {
    const byGroup = memberships.by === 'group';
    const [owners, others] = byGroup ? [rest.groups, rest.users] : [rest.users, rest.groups];
    const ends = { owners, others: () => Promise.resolve(others) };
    const read = await readMemberships(api, memberships, ends, pace, { pageSize });
    return { ...state, memberships: read.memberships, vanished: state.vanished + read.vanished };
  }
  if (state.after === undefined) return { ...state, memberships, after: await readCounts(api) };
  return conclude(state, { before, after: state.after, sides, limit, memberships }, access.now());
}

/** Goes on with the members of the groups that decide the scope. */
async function readDeciding(
  api: AdminApi,
  state: ReadingState,
  { sides, limit }: { readonly sides: Sides; readonly limit: Limit },
  pace: Pace,
  { attributes }: KeycloakAccess,
): Promise<ReadingState> {
  const { pageSize } = state;
  const ends = { owners: listDeciding(sides.groups, limit.scope), others: () => Promise.resolve(sides.users) };
  const read = await readMemberships(api, limit.deciding, ends, pace, { pageSize, attributes });
  const users = addAttributes(state.users, read.shown);
  return { ...state, users, deciding: read.memberships, vanished: state.vanished + read.vanished };
}

interface Rest {
  readonly before: SourceCounts;
  readonly after: SourceCounts;
  readonly sides: Sides;
  readonly limit: Limit | undefined;
  readonly memberships: Memberships;
}

function conclude(state: ReadingState, rest: Rest, readAt: number): ReadingState | Reading<SourceSnapshot> {
  const { users, groups } = rest.sides;
  const groupIds = joinAll(rest.sides, rest.limit, rest.memberships);
  const { pageSize } = state;
  const evidence: SourceEvidence = {
    issuer: state.realm?.issuer ?? '',
    readAt,
    users: users.map((row, position) => toSourceUser(row, groupIds[position] ?? [])),
    groups,
    memberships: rest.limit === undefined ? 'all' : 'in-scope',
    before: rest.before,
    after: rest.after,
    // Of the users alone: groups are proved by their ids and counts. Before 23 each page of groups brings whole trees, so that
    // pages overlap (measured on 22.0.5), and a walk has as many lists as there are parents.
    shortPages: countShortPages(state.users, pageSize),
    duplicates: collectUsers(state.users).repeated,
  };
  const proof = proveSource(evidence);
  const gone = describeVanished(state.vanished);
  if (proof.kind === 'proved' && gone.length === 0) return { kind: 'read', snapshot: proof.snapshot };
  if (state.attempt < attempts) return { ...startReading(state.attempt + 1, pageSize), realm: state.realm };
  const reasons = [...(proof.kind === 'drifted' ? proof.reasons : []), ...gone];
  return { kind: 'read', snapshot: withholdRemovals(evidence, reasons) };
}

function describeVanished(vanished: number): readonly string[] {
  return vanished === 0 ? [] : [`${vanished} groups or users were deleted while their memberships were read.`];
}

/** How far a reading is, for people. */
export function describeProgress({ before, groups, users, deciding, memberships }: ReadingState): Progress {
  const lists = (memberships ?? deciding)?.lists;
  if (lists !== undefined) {
    const done = lists.filter(({ next }) => next === null).length;
    return { what: 'members of groups', done, total: lists.length };
  }
  const rows = (listing: { readonly pages: readonly { readonly rows: readonly unknown[] }[] }): number =>
    listing.pages.reduce((sum, page) => sum + page.rows.length, 0);
  const total = (count: number | undefined) => (count === undefined ? {} : { total: count });
  if (groups.complete) return { what: 'users', done: rows(users), ...total(before?.users) };
  return { what: 'groups', done: rows(groups), ...total(before?.groups) };
}
