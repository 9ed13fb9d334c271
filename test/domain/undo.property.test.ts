import fc from 'fast-check';
import type { Change } from '../../src/domain/change';
import { computePlan } from '../../src/domain/compute-plan';
import { findProtectedChanges } from '../../src/domain/guards';
import type { AccountId } from '../../src/domain/identity';
import type { PlanInput } from '../../src/domain/planning';
import { computeUndo } from '../../src/domain/undo';
import { applyChanges } from './model';
import { build, world } from './worlds';

/** A run that does all of its plan, and the undo of it: before, after, and after the undo. */
function undone(check: (before: PlanInput, done: readonly Change[], after: PlanInput, back: PlanInput) => void): void {
  fc.assert(
    fc.property(world, (each) => {
      const before = build(each);
      const { changes } = computePlan(before);
      const done = changes.filter((change) => !('evidence' in change) || change.evidence !== 'unconfirmed');
      const after = applyChanges(before, done);
      const undo = computeUndo(after, done);
      check(before, done, after, applyChanges(after, undo.changes));
    }),
    { numRuns: 400 },
  );
}

/** Everything about each account; the address only of those that are not in `doubled`. */
function accountsOf(
  { directory }: PlanInput,
  doubled: ReadonlySet<AccountId> = new Set(),
): ReadonlyMap<AccountId, unknown> {
  return new Map(
    directory.accounts.map(({ id, status, groupIds, name, email, profile }) => [
      id,
      { status, groups: [...groupIds].sort(), name, profile, ...(doubled.has(id) ? {} : { email }) },
    ]),
  );
}

/** Accounts that share an address, which Atlassian does not allow: none of them gets it back from another. */
function findDoubled({ directory: { accounts } }: PlanInput): ReadonlySet<AccountId> {
  const byEmail = Map.groupBy(accounts, ({ email }) => email);
  return new Set(accounts.flatMap(({ id, email }) => ((byEmail.get(email)?.length ?? 0) > 1 ? [id] : [])));
}

const touchedBy = (done: readonly Change[], ...kinds: readonly Change['kind'][]): ReadonlySet<string> =>
  new Set(
    done.flatMap((change) => (kinds.includes(change.kind) && 'accountId' in change ? (change.accountId ?? []) : [])),
  );

describe('every undo', () => {
  it('gives each account the state, the memberships, the profile and the address that it had before the run, where they can be given back', () =>
    undone((before, done, _after, back) => {
      // Without a complete list of the directory nothing is taken, not even by an undo.
      if (before.directory.removals.kind === 'withheld') return;
      const lasting = touchedBy(done, 'restore', 'remove-account');
      const doubled = findDoubled(before);
      const now = accountsOf(back, doubled);
      for (const [id, was] of accountsOf(before, doubled)) if (!lasting.has(id)) expect(now.get(id)).toEqual(was);
    }));

  it('changes nothing that the run did not change', () =>
    undone((_before, done, after, back) => {
      const touched = new Set(done.flatMap((change) => ('user' in change ? [change.user] : [])));
      const mine = new Set(
        after.links.accounts.flatMap((link) => (touched.has(link.sourceUserId) ? [link.accountId] : [])),
      );
      const now = accountsOf(back);
      for (const [id, was] of accountsOf(after)) if (!mine.has(id)) expect(now.get(id)).toEqual(was);
    }));

  it('touches nothing protected, and has nothing left to do behind itself', () =>
    undone((_before, done, after, back) => {
      expect(findProtectedChanges(computeUndo(after, done)).size).toBe(0);
      const again = computeUndo(back, done).changes;
      const whole = after.directory.removals.kind === 'allowed';
      expect(whole ? again : again.filter(({ kind }) => kind !== 'remove-member')).toEqual([]);
    }));
});
