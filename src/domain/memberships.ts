import { findAssigned } from './assigned-groups';
import type { Change } from './change';
import type { Decision } from './decide-person';
import type { Doubts, Federated } from './doubts';
import type { GroupDecision, GroupTarget } from './grouping';
import type { GroupId, SourceGroupId, SourceUserId } from './identity';

/** The Atlassian groups that are filled, by the ids of both sides. */
export interface Targets {
  readonly bySource: ReadonlyMap<SourceGroupId, GroupTarget>;
  readonly byGroup: ReadonlyMap<GroupId, GroupTarget>;
}

export function collectTargets(decisions: ReadonlyMap<SourceGroupId, GroupDecision>): Targets {
  const bySource = new Map<SourceGroupId, GroupTarget>();
  const byGroup = new Map<GroupId, GroupTarget>();
  for (const decision of decisions.values()) {
    if (decision.kind === 'none') continue;
    bySource.set(decision.target.group, decision.target);
    if (decision.target.existing !== undefined) byGroup.set(decision.target.existing.id, decision.target);
  }
  return { bySource, byGroup };
}

export interface MembershipChanges {
  readonly changes: readonly Change[];
  /** Memberships that stay because of a doubt, counted by the sentence why. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * The membership changes of one person. Added: what the person has in Keycloak, or everybody is assigned, and the directory does
 * not show.
 * Removed: only what the directory shows, from groups that are taken over, and nothing that a doubt speaks against.
 */
export function computeMemberships(
  user: SourceUserId,
  decision: Decision,
  { targets, assigned }: { readonly targets: Targets; readonly assigned: readonly SourceGroupId[] },
  doubts: Doubts,
  federations: Federated,
): MembershipChanges {
  const { memberships, accountId } = decision;
  const changes: Change[] = [];
  const held = new Map<string, number>();
  if (memberships.kind === 'untouched') return { changes, held };
  const listed = new Set(memberships.listed);
  const inKeycloak = new Set(memberships.kind === 'align' ? memberships.wanted : []);
  const wanted = new Set([...inKeycloak, ...(memberships.kind === 'align' ? assigned : [])]);
  for (const group of wanted) {
    const target = targets.bySource.get(group);
    if (target === undefined || (target.existing !== undefined && listed.has(target.existing.id))) continue;
    const reason = inKeycloak.has(group) ? 'Is a member of the group in Keycloak.' : 'The group is always assigned.';
    const groupId = findAssigned(group);
    const place = { group, ...(groupId === undefined ? {} : { groupId }), groupName: target.name };
    changes.push({ kind: 'add-member', user, ...place, reason });
  }
  if (accountId === undefined) return { changes, held };
  for (const groupId of listed) {
    const target = targets.byGroup.get(groupId);
    if (target === undefined || target.mode === 'add-only' || wanted.has(target.group)) continue;
    if (target.keeps === true) continue;
    const doubt = doubts.whyNotRemoveFrom(target.group, federations);
    if (doubt !== undefined) {
      held.set(doubt, (held.get(doubt) ?? 0) + 1);
      continue;
    }
    const reason = memberships.kind === 'leave' ? decision.reason : 'Is no longer a member of the group in Keycloak.';
    const { group, name: groupName } = target;
    changes.push({ kind: 'remove-member', user, accountId, group, groupId, groupName, reason });
  }
  return { changes, held };
}
