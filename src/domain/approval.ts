import { changeKey, type Change } from './change';
import { findProtectedChanges } from './guards';
import type { SourceGroupId, SourceUserId } from './identity';
import type { ClearedPlan, GuardedPlan } from './plan';

/**
 * Clears a plan that is within all limits; `undefined` when it has violations. What rests on an unconfirmed absence
 * is left out and stands under `skipped.notApproved`.
 */
export function clearGuards(guarded: GuardedPlan): ClearedPlan | undefined {
  if (guarded.violations.length > 0) return undefined;
  return clear(guarded, () => true, []);
}

/**
 * Clears what both the fresh and the approved plan contain, in the order of the fresh one. Never cleared: changes of protected
 * objects, unconfirmed ones, and those that need a change which is not cleared (a membership without its invitation).
 */
export function clearApproved(fresh: GuardedPlan, approved: readonly Change[]): ClearedPlan {
  const keys = new Set(approved.map(changeKey));
  const wanted = new Set(fresh.plan.changes.map(changeKey));
  const noLongerNeeded = approved.filter((change) => !wanted.has(changeKey(change)));
  return clear(fresh, (change) => keys.has(changeKey(change)), noLongerNeeded);
}

/** The same without the changes of these keys; they stand under `skipped.notApproved`. */
export function leaveOut(plan: ClearedPlan, keys: ReadonlySet<string>): ClearedPlan {
  const isLeftOut = (change: Change): boolean => keys.has(changeKey(change));
  const { noLongerNeeded, notApproved } = plan.skipped;
  return {
    ...plan,
    changes: plan.changes.filter((change) => !isLeftOut(change)),
    skipped: { noLongerNeeded, notApproved: [...notApproved, ...plan.changes.filter(isLeftOut)] },
  };
}

function clear(
  { plan }: GuardedPlan,
  isApproved: (change: Change) => boolean,
  noLongerNeeded: readonly Change[],
): ClearedPlan {
  const never = findProtectedChanges(plan);
  const passes = (change: Change, index: number): boolean =>
    isApproved(change) && !never.has(index) && !('evidence' in change && change.evidence === 'unconfirmed');
  const missingPeople = new Set<SourceUserId>();
  const missingGroups = new Set<SourceGroupId>();
  for (const [index, change] of plan.changes.entries()) {
    if (passes(change, index)) continue;
    if (change.kind === 'invite' || change.kind === 'adopt-account' || change.kind === 'restore') {
      missingPeople.add(change.user);
    }
    if (change.kind === 'create-group' || change.kind === 'adopt-group') missingGroups.add(change.group);
  }
  const changes: Change[] = [];
  const notApproved: Change[] = [];
  for (const [index, change] of plan.changes.entries()) {
    const stranded =
      (needsPerson(change) && missingPeople.has(change.user)) ||
      (isMembership(change) && missingGroups.has(change.group));
    if (passes(change, index) && !stranded) changes.push(change);
    else notApproved.push(change);
  }
  const cleared = { changes, skipped: { noLongerNeeded, notApproved } };
  // The brand exists in the type alone; this is the only place that grants it.
  return cleared as unknown as ClearedPlan;
}

type Membership = Extract<Change, { readonly kind: 'add-member' | 'remove-member' }>;
type Update = Extract<Change, { readonly kind: 'update-profile' | 'update-email' }>;

function isMembership(change: Change): change is Membership {
  return change.kind === 'add-member' || change.kind === 'remove-member';
}

/** Whether the change is of no use, or of nobody's, without the account that another change brings. */
function needsPerson(change: Change): change is Membership | Update {
  return isMembership(change) || change.kind === 'update-profile' || change.kind === 'update-email';
}
