import { checkAnotherWriter } from './another-writer';
import { isDeprovision, type Change } from './change';
import { checkUpdates } from './check-updates';
import type { LimitPreset } from './connector';
import { computeLimit, limitsOf, smallGroupSize, type Limits } from './limits';
import type { ConnectorMemory } from './memory';
import type { GuardedPlan, Plan, Violation } from './plan';
import { checkReturning } from './returning';
import { isStranger } from './strangers';

export { deprovisionLimit } from './limits';
export { rulesFingerprint } from './rules-fingerprint';

const weekMs = 7 * 24 * 3_600_000;

export interface GuardContext {
  readonly preset: LimitPreset;
  readonly memory: ConnectorMemory;
  /** `rulesFingerprint` of the settings that the plan was made with. */
  readonly rules: string;
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The guard whose violation no approval clears: what it found is left out of everything that is applied. */
export const neverApproved = 'protected';

const ofRemovals: ReadonlySet<string> = new Set([
  'accounts-deprovisioned',
  'accounts-quarter',
  'accounts-seven-days',
  'memberships-removed',
  'group-share',
  'last-member',
  'exact-group',
  'rules-changed',
]);

/** Whether a plan goes over limits only by what it takes away from people: its additions are in doubt for no other reason. */
export function isOverByRemovals(violations: readonly Violation[]): boolean {
  return violations.every(({ guard }) => ofRemovals.has(guard));
}

/**
 * Measures a plan against every limit, before the first write; unconfirmed changes count too.
 * A plan with violations is held; the sentences are for the administrator who approves or rejects it.
 */
export function checkGuards(plan: Plan, context: GuardContext): GuardedPlan {
  const limits = limitsOf[context.preset];
  const violations = [
    ...checkProtected(plan),
    ...checkAccounts(plan, context),
    ...checkMemberships(plan, limits),
    ...checkGroups(plan, limits),
    ...checkLastMembers(plan),
    ...checkAdditions(plan, limits),
    ...checkUpdates(plan, limits, context),
    ...checkReturning(plan),
    ...checkExact(plan, context.memory),
    ...checkRules(plan, context),
    ...checkAnotherWriter(plan, context.memory),
  ];
  const guarded = { plan, violations };
  // The brand exists in the type alone; this is the only place that grants it.
  return guarded as unknown as GuardedPlan;
}

/** Indexes of changes that must never be applied, by the rows and by the directory's own facts. */
export function findProtectedChanges(plan: Plan): ReadonlySet<number> {
  const people = new Set(plan.people.flatMap((row) => (row.operation === 'protected' ? [row.user] : [])));
  const groups = new Set(plan.groups.flatMap((row) => (row.operation === 'protected' ? [row.group] : [])));
  const found = new Set(plan.base.protectedChanges);
  for (const [index, change] of plan.changes.entries()) {
    if (('user' in change && people.has(change.user)) || ('group' in change && groups.has(change.group))) {
      found.add(index);
    }
  }
  return found;
}

/**
 * Whether a finished run of this plan makes its rules and issuer the accepted ones. Not when something was left out in doubt:
 * what it would take later has then not been approved under the new rules.
 */
export function acceptsRules(plan: Plan): boolean {
  return plan.removals.kind === 'allowed' && plan.base.inDoubt === 0;
}

function checkProtected(plan: Plan): readonly Violation[] {
  const found = findProtectedChanges(plan).size;
  if (found === 0) return [];
  const message = `${found} changes touch protected accounts or groups; they are never carried out: please report this.`;
  return [{ guard: neverApproved, found, limit: 0, message }];
}

function checkAccounts(plan: Plan, { preset, memory, now }: GuardContext): readonly Violation[] {
  const found = countDeprovisioned(plan);
  if (found === 0) return [];
  const { accounts } = plan.base;
  const violations: Violation[] = [];
  const limit = computeLimit(limitsOf[preset].deprovisioned, accounts);
  if (found > limit) {
    const message = `${found} of ${accounts} active managed accounts would lose access; ${limit} may without approval.`;
    violations.push({ guard: 'accounts-deprovisioned', found, limit, message });
  }
  const quarter = Math.floor(accounts / 4);
  if (found > quarter) {
    const message = `${found} of ${accounts} active managed accounts would lose access: more than a quarter.`;
    violations.push({ guard: 'accounts-quarter', found, limit: quarter, message });
  }
  const earlier = memory.deprovisioned
    .filter(({ at }) => now - at < weekMs)
    .reduce((sum, each) => sum + each.accounts, 0);
  const weekly = limit * 3;
  if (earlier + found > weekly) {
    const message = `${earlier + found} accounts would have lost access within seven days, ${earlier} of them already; ${weekly} may without approval.`;
    violations.push({ guard: 'accounts-seven-days', found: earlier + found, limit: weekly, message });
  }
  return violations;
}

/** Suspended, removed, and left without a group that grants access; each account once. */
function countDeprovisioned(plan: Plan): number {
  const accounts = new Set(plan.base.losingAccess);
  for (const change of plan.changes) {
    if (change.kind === 'suspend' || change.kind === 'remove-account') accounts.add(change.accountId);
  }
  return accounts.size;
}

function checkMemberships(plan: Plan, limits: Limits): readonly Violation[] {
  const found = countKind(plan, 'remove-member');
  const limit = computeLimit(limits.membershipsRemoved, plan.base.memberships);
  if (found <= limit) return [];
  const message = `${found} of ${plan.base.memberships} managed memberships would be removed; ${limit} may without approval.`;
  return [{ guard: 'memberships-removed', found, limit, message }];
}

interface GroupLoss {
  readonly name: string;
  readonly members: number;
  readonly removed: number;
}

function collectLosses(plan: Plan): readonly GroupLoss[] {
  const losses = new Map<string, { name: string; members: number; removed: number }>();
  for (const change of plan.changes) {
    if (change.kind !== 'remove-member') continue;
    const members = plan.base.groupMembers[change.group] ?? 0;
    const loss = losses.get(change.group) ?? { name: change.groupName, members, removed: 0 };
    loss.removed += 1;
    losses.set(change.group, loss);
  }
  return [...losses.values()];
}

function checkGroups(plan: Plan, limits: Limits): readonly Violation[] {
  const limitFor = ({ members }: GroupLoss): number =>
    members < smallGroupSize ? limits.smallGroup : Math.floor(members * limits.groupShare);
  const over = collectLosses(plan).filter((loss) => loss.removed > limitFor(loss));
  const [worst] = [...over].sort((one, other) => other.removed - one.removed);
  if (worst === undefined) return [];
  const limit = limitFor(worst);
  const message = `Group "${worst.name}" would lose ${worst.removed} of ${worst.members} members; ${limit} may without approval${andMore(over.length - 1)}.`;
  return [{ guard: 'group-share', found: worst.removed, limit, message }];
}

/** Additions of the same plan do not count: they may be refused, and the group would be empty. */
function checkLastMembers(plan: Plan): readonly Violation[] {
  const emptied = collectLosses(plan).filter(({ members, removed }) => removed >= members);
  const [first] = emptied;
  if (first === undefined) return [];
  const message = `Group "${first.name}" would lose its last member${andMore(emptied.length - 1)}.`;
  return [{ guard: 'last-member', found: emptied.length, limit: 0, message }];
}

function checkAdditions(plan: Plan, limits: Limits): readonly Violation[] {
  const violations: Violation[] = [];
  const created = countKind(plan, 'invite');
  const limit = computeLimit(limits.created, plan.base.accounts);
  if (created > limit) {
    const message = `${created} accounts would be created; ${limit} may without approval.`;
    violations.push({ guard: 'accounts-created', found: created, limit, message });
  }
  const restored = countKind(plan, 'restore') + countRelinks(plan);
  if (restored > limits.reactivated) {
    const message = `${restored} accounts would be reactivated or relinked; ${limits.reactivated} may without approval.`;
    violations.push({ guard: 'accounts-reactivated', found: restored, limit: limits.reactivated, message });
  }
  return violations;
}

/** What an *exact* group takes from members whom Keycloak does not know is looked at once, whatever the limits say. */
function checkExact(plan: Plan, { acceptedExact = [] }: ConnectorMemory): readonly Violation[] {
  const accepted = new Set(acceptedExact);
  const leaving = plan.changes.filter(
    (change) => change.kind === 'remove-member' && isStranger(change.user) && !accepted.has(change.group),
  );
  const [first] = leaving;
  if (first?.kind !== 'remove-member') return [];
  const found = leaving.length;
  const members = found === 1 ? '1 member whom Keycloak does not know' : `${found} members whom Keycloak does not know`;
  const groups = new Set(leaving.flatMap((change) => (change.kind === 'remove-member' ? change.group : [])));
  const where = groups.size === 1 ? `Group "${first.groupName}"` : `${groups.size} groups`;
  const message = `${where} would lose ${members}, because the adoption is exact.`;
  return [{ guard: 'exact-group', found, limit: 0, message }];
}

/** The first run after a change of rules or issuer takes nothing without approval. */
function checkRules(plan: Plan, { memory, rules, issuer }: GuardContext): readonly Violation[] {
  const { linkedIssuer } = plan.base;
  if (linkedIssuer !== undefined) {
    const message = `Keycloak calls itself ${issuer}, and everybody was linked under ${linkedIssuer}: approve only if it is the same realm; nothing is taken away before that.`;
    return [{ guard: 'issuer-changed', found: 1, limit: 0, message }];
  }
  const found = plan.changes.filter(isDeprovision).length;
  if (found === 0) return [];
  const violations: Violation[] = [];
  if (memory.acceptedRules !== rules) {
    const since =
      memory.acceptedRules === undefined
        ? 'No full run was accepted yet'
        : 'The rules have changed since the last accepted run';
    const message = `${since}, and ${found} changes would take access away.`;
    violations.push({ guard: 'rules-changed', found, limit: 0, message });
  }
  if (memory.acceptedIssuer !== undefined && memory.acceptedIssuer !== issuer) {
    const message = `Keycloak is another one than at the last accepted run (${issuer}), and ${found} changes would take access away.`;
    violations.push({ guard: 'issuer-changed', found, limit: 0, message });
  }
  return violations;
}

function countRelinks(plan: Plan): number {
  return plan.changes.filter((change) => change.kind === 'adopt-account' && change.relinks !== undefined).length;
}

function countKind(plan: Plan, kind: Change['kind']): number {
  return plan.changes.filter((change) => change.kind === kind).length;
}

function andMore(more: number): string {
  return more === 0 ? '' : `, and ${more} more groups`;
}
