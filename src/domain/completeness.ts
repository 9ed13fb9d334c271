import { SourceError } from './errors';
import type {
  DirectoryAccount,
  DirectoryGroup,
  DirectorySnapshot,
  MembershipExtent,
  Removals,
  SourceGroup,
  SourceSnapshot,
  SourceUser,
} from './snapshot';

/** What a reading of the realm brought together; nothing in it is trusted before `proveSource` has agreed. */
export interface SourceEvidence {
  readonly issuer: string;
  /** Epoch milliseconds when the reading ended. */
  readonly readAt: number;
  /** Users without service accounts, memberships joined in. */
  readonly users: readonly SourceUser[];
  readonly groups: readonly SourceGroup[];
  /** Everybody's unless said. */
  readonly memberships?: MembershipExtent;
  readonly before: SourceCounts;
  readonly after: SourceCounts;
  /** Pages shorter than asked for that were not the last of their list. */
  readonly shortPages: number;
  /** Rows that came a second time. */
  readonly duplicates: number;
}

/** Keycloak's own counts: `/users/count` (it leaves out users whose id begins with `f:`) and `/groups/count`. */
export interface SourceCounts {
  readonly users: number;
  readonly groups: number;
}

export interface DirectoryEvidence {
  readonly readAt: number;
  readonly accounts: readonly DirectoryAccount[];
  readonly groups: readonly DirectoryGroup[];
  readonly before: DirectoryCounts;
  readonly after: DirectoryCounts;
  readonly shortPages: number;
  readonly duplicates: number;
}

/** The directory's own counts of what was read. */
export interface DirectoryCounts {
  readonly accounts: number;
  readonly groups: number;
}

export type Proof<Snapshot> =
  | { readonly kind: 'proved'; readonly snapshot: Snapshot }
  | { readonly kind: 'drifted'; readonly reasons: readonly string[] };

/**
 * Says whether a reading of the realm is complete: unique ids = count before = count after, no short page inside, no row twice.
 * `drifted` means: read again (facts on LDAP: reading itself makes Keycloak import and drop people).
 * Throws `SourceError` `empty-source` when there is no user at all: that is never a realm to act on.
 */
export function proveSource(evidence: SourceEvidence): Proof<SourceSnapshot> {
  refuseEmpty(evidence);
  const users = unique(evidence.users);
  const groups = unique(evidence.groups);
  const reasons = [
    ...compareCounts('users', users.filter((user) => !user.id.startsWith('f:')).length, evidence, 'users'),
    ...compareCounts('groups', groups.length, evidence, 'groups'),
    ...describePages('Keycloak', evidence),
  ];
  const repeated = evidence.users.length - users.length + evidence.groups.length - groups.length;
  if (evidence.duplicates === 0 && repeated > 0) reasons.push(`Keycloak listed ${repeated} rows twice.`);
  const lost = countUnknownGroups(users, groups);
  if (lost > 0) reasons.push(`${lost} memberships name groups that the list of groups does not have.`);
  if (reasons.length > 0) return { kind: 'drifted', reasons };
  return { kind: 'proved', snapshot: makeSource(evidence, { kind: 'allowed' }) };
}

/** The snapshot of a reading that stays in drift: good enough to add, never to take. Throws `empty-source` as well. */
export function withholdRemovals(evidence: SourceEvidence, reasons: readonly string[]): SourceSnapshot {
  refuseEmpty(evidence);
  return makeSource(evidence, { kind: 'withheld', reasons });
}

/** Says whether a reading of the directory is complete, by the same rule. */
export function proveDirectory(evidence: DirectoryEvidence): Proof<DirectorySnapshot> {
  const accounts = unique(evidence.accounts);
  const groups = unique(evidence.groups);
  const reasons = [
    ...compareCounts('accounts', accounts.length, evidence, 'accounts'),
    ...compareCounts('groups', groups.length, evidence, 'groups'),
    ...describePages('Atlassian', evidence),
  ];
  const repeated = evidence.accounts.length - accounts.length + evidence.groups.length - groups.length;
  if (evidence.duplicates === 0 && repeated > 0) reasons.push(`Atlassian listed ${repeated} rows twice.`);
  if (reasons.length > 0) return { kind: 'drifted', reasons };
  return { kind: 'proved', snapshot: makeDirectory(evidence, { kind: 'allowed' }) };
}

/** The directory's snapshot of a reading that stays in drift. */
export function withholdDirectoryRemovals(evidence: DirectoryEvidence, reasons: readonly string[]): DirectorySnapshot {
  return makeDirectory(evidence, { kind: 'withheld', reasons });
}

function refuseEmpty(evidence: SourceEvidence): void {
  if (evidence.users.length > 0) return;
  throw new SourceError(
    'empty-source',
    'Keycloak shows no user in this realm, so nothing is changed; check the realm and that the client has the role view-users.',
    'stop',
  );
}

type Counted<Key extends string> = Readonly<Record<Key, number>>;

function compareCounts<Key extends string>(
  what: string,
  read: number,
  evidence: { readonly before: Counted<Key>; readonly after: Counted<Key> },
  key: Key,
): string[] {
  const before = evidence.before[key];
  const after = evidence.after[key];
  if (read === before && read === after) return [];
  return [`The number of ${what} does not agree: ${before} counted before, ${read} read, ${after} counted after.`];
}

function describePages(
  side: string,
  evidence: { readonly shortPages: number; readonly duplicates: number },
): readonly string[] {
  const reasons: string[] = [];
  if (evidence.shortPages > 0) reasons.push(`${side} answered ${evidence.shortPages} pages shorter than asked for.`);
  if (evidence.duplicates > 0) reasons.push(`${side} listed ${evidence.duplicates} rows twice.`);
  return reasons;
}

function countUnknownGroups(users: readonly SourceUser[], groups: readonly SourceGroup[]): number {
  const known = new Set(groups.map((group) => group.id));
  let unknown = 0;
  for (const user of users) for (const id of user.groupIds) if (!known.has(id)) unknown += 1;
  return unknown;
}

function unique<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function makeSource(evidence: SourceEvidence, removals: Removals): SourceSnapshot {
  const groups = unique(evidence.groups);
  const known = new Set(groups.map((group) => group.id));
  const users = unique(evidence.users).map((user) => {
    const groupIds = [...new Set(user.groupIds)].filter((id) => known.has(id));
    return groupIds.length === user.groupIds.length ? user : { ...user, groupIds };
  });
  const { issuer, readAt, memberships = 'all' } = evidence;
  const snapshot = { issuer, readAt, users, groups, memberships, removals };
  // The brand exists in the type alone; this is the only place that grants it to a source.
  return snapshot as unknown as SourceSnapshot;
}

function makeDirectory(evidence: DirectoryEvidence, removals: Removals): DirectorySnapshot {
  const accounts = unique(evidence.accounts);
  const snapshot = { readAt: evidence.readAt, accounts, groups: unique(evidence.groups), removals };
  // The brand exists in the type alone; this is the only place that grants it to a directory.
  return snapshot as unknown as DirectorySnapshot;
}
