import { changeKey, type Change } from './change';
import type { Scope } from './connector';
import type { SourceGroupId, SourceUserId } from './identity';
import { computeScopeGroups } from './scope';
import type { SourceSnapshot } from './snapshot';

/** A change that only holds while the person is in none of these groups of Keycloak; the lists of members said so. */
export interface Claim {
  readonly key: string;
  readonly user: SourceUserId;
  readonly groups: ReadonlySet<SourceGroupId>;
}

/**
 * Removals that rest on a missing row in a list of members: a membership that is not listed any more, and whatever is taken
 * from a person who is in no required group any more. People whom the snapshot does not list at all are confirmed in another
 * way, disabled ones need no group to be disabled.
 */
export function findClaims(changes: readonly Change[], source: SourceSnapshot, scope: Scope): readonly Claim[] {
  const users = new Map(source.users.map((user) => [user.id, user]));
  const required = computeScopeGroups(source.groups, scope);
  return changes.flatMap((change): readonly Claim[] => {
    if (change.kind !== 'remove-member' && change.kind !== 'suspend' && change.kind !== 'remove-account') return [];
    const listed = users.get(change.user)?.groupIds;
    if (listed === undefined) return [];
    const key = changeKey(change);
    const left = scope.kind === 'groups' && !listed.some((id) => required.has(id));
    if (left) return [{ key, user: change.user, groups: required }];
    if (change.kind !== 'remove-member' || listed.includes(change.group)) return [];
    return [{ key, user: change.user, groups: new Set([change.group]) }];
  });
}

/**
 * Why the change is not made: the sentence for a claim that the person's own groups contradict; `undefined` where they agree.
 * `own` is `null` when Keycloak did not know the person any more, `undefined` when it was not asked.
 */
export function describeDispute(claim: Claim, own: readonly string[] | null | undefined): string | undefined {
  if (own === undefined) return 'Keycloak was not asked about this person yet: nothing is taken before a later run.';
  if (own === null)
    return 'Keycloak listed this person and then did not know them: nothing is taken before a later run.';
  const ids: ReadonlySet<string> = claim.groups;
  if (!own.some((id) => ids.has(id))) return undefined;
  return "Keycloak's record of this person still names the group, although its list of members does not: nothing is taken.";
}
