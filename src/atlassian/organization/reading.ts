import type { DirectoryEvidence } from '../../domain/completeness';
import { proveDirectory, withholdDirectoryRemovals } from '../../domain/completeness';
import { DirectoryError } from '../../domain/errors';
import type { AccountId, GroupId } from '../../domain/identity';
import type { Progress } from '../../domain/run';
import type { DirectorySnapshot } from '../../domain/snapshot';
import type { Budget, Reading } from '../../sync/ports';
import { noGrants, stripGroupId, toGroup } from './group';
import { noteCutMemberships, readCutMemberships, readElsewhere, readRoles, readStates } from './reading-details';
import { readAccounts, readAdministration, readCounts, readGroups, readOtherDirectories } from './reading-lists';
import type { ReadingState, StepResult } from './reading-state';
import { maximumAttempts, parseReading, startReading } from './reading-state';
import type { DirectoryScope } from './scope';
import { isNearlyUsed } from './scope';

// A report is a write to storage.
const reportEveryMs = 3_000;

/**
 * Reads the directory, or goes on with a reading: at least one step, then until the budget is nearly used.
 * Drift means reading again; after the third time the snapshot withholds removals and says why.
 */
export async function readDirectory(
  scope: DirectoryScope,
  reading: Reading<DirectorySnapshot> | undefined,
  report: (progress: Progress) => Promise<void>,
): Promise<Reading<DirectorySnapshot>> {
  if (reading?.kind === 'read') return reading;
  let state = parseReading(reading?.state) ?? startReading(1, []);
  const walk = createWalk(scope);
  let reportedAt = Number.NEGATIVE_INFINITY;
  for (let steps = 0; ; steps += 1) {
    let result: StepResult | 'done';
    try {
      result = await walk(state);
    } catch (error) {
      // A step changes the state only when it has all its answers, so what was read before is still good.
      if (steps > 0 && isInterruption(error, scope.budget))
        return { kind: 'reading', state, progress: describeProgress(state) };
      throw error;
    }
    if (scope.now() - reportedAt >= reportEveryMs) {
      reportedAt = scope.now();
      await report(describeProgress(state));
    }
    if (result === 'lost') state = startAgain(state, ['Atlassian forgot the place in a list while it was read.']);
    if (result === 'done') {
      const judged = judge(scope, state);
      if (judged.kind === 'read') return judged;
      state = judged.state;
    }
    if (isNearlyUsed(scope.budget)) return { kind: 'reading', state, progress: describeProgress(state) };
  }
}

/** Whether the reading may simply go on in another invocation. */
function isInterruption(error: unknown, budget: Budget): boolean {
  if (!(error instanceof DirectoryError)) return budget.callsLeft() <= 0;
  return error.fate === 'retry' && error.code !== 'unreadable-answer';
}

/** One step of a reading, with what is worked out once for an invocation. */
function createWalk(scope: DirectoryScope): (state: ReadingState) => Promise<StepResult | 'done'> {
  let active: { readonly of: ReadingState; readonly ids: ReadonlySet<AccountId> } | undefined;
  const activeOf = (state: ReadingState): ReadonlySet<AccountId> => {
    if (active?.of !== state) {
      const ids = state.accounts.filter(({ status }) => status === 'active').map(({ id }) => id);
      active = { of: state, ids: new Set(ids) };
    }
    return active.ids;
  };
  return async (state) => {
    switch (state.phase) {
      case 'counts':
        state.otherDirectories = await readOtherDirectories(scope);
        state.before = await readCounts(scope);
        state.phase = 'accounts';
        return 'more';
      case 'accounts':
        return enter(state, await readAccounts(scope, state), 'groups');
      case 'groups':
        return enter(state, await readGroups(scope, state), 'administration');
      case 'administration':
        return enter(state, await readAdministration(scope, state), 'roles');
      case 'roles':
        if (state.pendingGroups.length > 0) return enter(state, await readRoles(scope, state), 'roles');
        noteCutMemberships(state);
        state.phase = 'cut-memberships';
        return 'more';
      case 'cut-memberships':
        if (state.pendingAccounts.length > 0)
          return enter(state, await readCutMemberships(scope, state), 'cut-memberships');
        state.phase = 'elsewhere';
        return 'more';
      case 'elsewhere':
        if (state.otherDirectories.length > 0)
          return enter(state, await readElsewhere(scope, state, activeOf(state)), 'states');
        state.phase = 'states';
        return 'more';
      case 'states':
        if (state.pendingAccounts.length > 0) return enter(state, await readStates(scope, state), 'states');
        state.phase = 'recount';
        return 'more';
      case 'recount':
        state.after = await readCounts(scope);
        return 'done';
    }
  };
}

function enter(state: ReadingState, result: StepResult, next: ReadingState['phase']): StepResult {
  if (result === 'next-phase') state.phase = next;
  return result;
}

type Judged =
  | { readonly kind: 'read'; readonly snapshot: DirectorySnapshot }
  | { readonly kind: 'again'; readonly state: ReadingState };

function judge(scope: DirectoryScope, state: ReadingState): Judged {
  const evidence = describeEvidence(scope, state);
  const proof = proveDirectory(evidence);
  if (proof.kind === 'proved') return { kind: 'read', snapshot: proof.snapshot };
  if (state.attempt >= maximumAttempts) {
    return { kind: 'read', snapshot: withholdDirectoryRemovals(evidence, proof.reasons) };
  }
  return { kind: 'again', state: startReading(state.attempt + 1, proof.reasons) };
}

function startAgain(state: ReadingState, reasons: readonly string[]): ReadingState {
  if (state.attempt < maximumAttempts) return startReading(state.attempt + 1, reasons);
  throw new DirectoryError(
    'unreadable-answer',
    'Atlassian forgot the place in a list three times while it was read; the run tries again later.',
    'retry',
  );
}

function describeEvidence(scope: DirectoryScope, state: ReadingState): DirectoryEvidence {
  const administration = new Set<GroupId>(state.administration);
  return {
    readAt: scope.now(),
    accounts: state.accounts,
    groups: state.groups.map((group) => {
      const id = stripGroupId(group.id);
      const grants = state.grants[id] ?? noGrants;
      return toGroup(group, administration.has(id) ? { ...grants, administration: true } : grants);
    }),
    before: state.before,
    after: state.after,
    // The cursor alone says whether more follows; that pages before the last are full is documented nowhere.
    shortPages: 0,
    duplicates: 0,
  };
}

function describeProgress(state: ReadingState): Progress {
  switch (state.phase) {
    case 'counts':
    case 'accounts':
      return { what: 'accounts of the directory', done: state.accounts.length, total: state.before.accounts };
    case 'groups':
    case 'administration':
      return { what: 'groups of the directory', done: state.groups.length, total: state.before.groups };
    case 'roles':
      return {
        what: 'groups with roles',
        done: Object.keys(state.grants).length,
        total: Object.keys(state.grants).length + state.pendingGroups.length,
      };
    case 'cut-memberships':
    case 'elsewhere':
    case 'states':
    case 'recount':
      return { what: 'accounts of the directory', done: state.accounts.length, total: state.before.accounts };
  }
}
