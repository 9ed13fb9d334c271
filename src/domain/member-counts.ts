import type { ConnectorSettings, GroupProvisioning } from './connector';
import { federationOf } from './federation-of';
import { createAscent, createDescent } from './group-tree';
import type { SourceGroupId } from './identity';
import type { GroupLink } from './link';
import { scopeFingerprint } from './rules-fingerprint';
import { openScope, type OpenScope } from './scope';
import type { SourceGroup, SourceSnapshot } from './snapshot';

/** The settings that say who is counted as a member of what. */
export interface Counting extends Pick<ConnectorSettings, 'scope'> {
  readonly groups: Pick<GroupProvisioning, 'subGroups'>;
}

/** Members of each group and federation, as they count; the realm's own people stand under `''`. */
export type MemberCounts = ReadonlyMap<SourceGroupId, ReadonlyMap<string, number>>;

/**
 * Counts everybody, or where groups limit the scope: everybody in the groups that decide it, and in all others the people in scope. So
 * the counts are the same whether a reading brought everybody's memberships or those of the people in scope.
 */
export function countMembers(source: Pick<SourceSnapshot, 'users' | 'groups'>, counting: Counting): MemberCounts {
  const rise = createAscent(source.groups, counting.groups.subGroups);
  const scope = openScope(source.groups, counting.scope);
  const decisive = listDecisive(scope);
  const countsAll = createWholeTest(source.groups, counting, decisive);
  const counts = new Map<SourceGroupId, Map<string, number>>();
  for (const user of source.users) {
    const federation = federationOf(user.id, user.federationLink) ?? '';
    const counted = scope.isIn(user)
      ? rise(user.groupIds)
      : rise(user.groupIds.filter((id) => decisive.has(id))).filter(countsAll);
    for (const group of counted) {
      const members = counts.get(group) ?? new Map<string, number>();
      members.set(federation, (members.get(federation) ?? 0) + 1);
      counts.set(group, members);
    }
  }
  return counts;
}

/** How the members of each group are counted now: `undefined` for everybody, else the mark of the scope whose people are. */
export function createCountingMark(
  groups: readonly SourceGroup[],
  counting: Counting,
): (group: SourceGroupId) => string | undefined {
  const countsAll = createWholeTest(groups, counting, listDecisive(openScope(groups, counting.scope)));
  const mark = shorten(scopeFingerprint(counting.scope));
  return (group) => (countsAll(group) ? undefined : mark);
}

/**
 * Whether the count that a link remembers may be held against one of now. Who counted fewer before than everybody now and finds nobody
 * left has lost them all; any other two ways of counting differ by people who may never have been in the scope.
 */
export function isComparable({ countedFor }: Pick<GroupLink, 'countedFor'>, now: string | undefined): boolean {
  return now === undefined || now === countedFor;
}

function listDecisive({ decisive: { required, excluded } }: OpenScope): ReadonlySet<SourceGroupId> {
  return new Set([...required, ...excluded]);
}

/** Groups of which any reading brings all members that count: where members count for the groups above, those below must decide too. */
function createWholeTest(
  groups: readonly SourceGroup[],
  { scope, groups: { subGroups } }: Counting,
  decisive: ReadonlySet<SourceGroupId>,
): (group: SourceGroupId) => boolean {
  if (scope.kind === 'realm') return () => true;
  if (subGroups === 'direct') return (group) => decisive.has(group);
  const descend = createDescent(groups);
  const whole = new Set(
    [...decisive].filter((id) => [...descend(new Set([id]))].every((below) => decisive.has(below))),
  );
  return (group) => whole.has(group);
}

/** A short text that differs for different long ones (FNV-1a): every group link keeps one. */
function shorten(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
