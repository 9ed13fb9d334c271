import type { Change } from '../domain/change';
import type { LinkEntry } from '../domain/link';
import type { RecentWrite } from '../domain/memory';
import { notReached, recordOutcome, type BatchContext, type BatchResult } from './batch-context';
import { tidyRestored } from './apply-restore';
import { applyEmail, applyProfile } from './apply-updates';
import { applyUntilStopped } from './apply-until-stopped';
import { findGroup } from './batches';
import type { BatchRecord, RecordedOutcome } from './outcomes';
import type { WriteOutcome } from './ports';
import { withoutSuspension } from './recover';

/** Carries out changes one by one, some at once, until the end, an error or a wish to cancel. */
export async function applyEach(context: BatchContext, changes: readonly Change[]): Promise<BatchResult> {
  const { results, left, unsure, error } = await applyUntilStopped(context.step, changes, (change) =>
    applyOne(context, change),
  );
  // Only after the writes: a link that says "suspended by us" must be true.
  const entries = results.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  if (entries.length > 0) await context.saveLinks(entries);
  const record: BatchRecord = {
    outcomes: results.map(({ outcome }) => outcome),
    writes: results.flatMap(({ writes = [] }) => writes),
  };
  return left.length === 0 ? { record } : { record, left: { kind: 'each', changes: left }, unsure, error };
}

export interface OneResult {
  readonly outcome: RecordedOutcome;
  readonly entry?: LinkEntry;
  readonly writes?: readonly RecentWrite[];
}

async function applyOne(context: BatchContext, change: Change): Promise<OneResult> {
  const { directory, links } = context;
  const at = context.step.world.now();
  const account = 'user' in change ? links.account.get(change.user) : undefined;
  switch (change.kind) {
    case 'add-member': {
      const groupId = findGroup(links, change);
      const accountId = account?.accountId ?? change.accountId;
      if (accountId === undefined || groupId === undefined) {
        return { outcome: notReached(change, accountId === undefined ? 'the account' : 'the group') };
      }
      const outcome = await directory.addMember(groupId, accountId);
      return result(context, change, outcome, { at, kind: 'member-added', accountId, groupId });
    }
    case 'remove-member': {
      const outcome = await directory.removeMember(change.groupId, change.accountId);
      return result(context, change, outcome, {
        at,
        kind: 'member-removed',
        accountId: change.accountId,
        groupId: change.groupId,
      });
    }
    case 'suspend': {
      const outcome = await directory.suspend(change.accountId);
      const done = result(context, change, outcome, { at, kind: 'suspended', accountId: change.accountId });
      // Found suspended already: somebody else did it, so it is not ours to take back.
      const ours = outcome.kind === 'done' || (outcome.kind === 'already' && context.isBegun(change));
      return account !== undefined && ours
        ? { ...done, entry: { kind: 'account', link: { ...account, suspendedAt: at } } }
        : done;
    }
    case 'restore': {
      const outcome = await directory.restore(change.accountId);
      const done = result(context, change, outcome, { at, kind: 'restored', accountId: change.accountId });
      if (account === undefined || outcome.kind === 'refused') return done;
      const { writes, message } = await tidyRestored(context, change);
      return {
        outcome: { ...done.outcome, ...(message === undefined ? {} : { message }) },
        writes: [...(done.writes ?? []), ...writes],
        entry: { kind: 'account', link: withoutSuspension(account) },
      };
    }
    case 'remove-account': {
      const outcome = await directory.removeAccount(change.accountId);
      const done = result(context, change, outcome, { at, kind: 'removed', accountId: change.accountId });
      return outcome.kind === 'refused'
        ? done
        : { ...done, entry: { kind: 'drop-account', sourceUserId: change.user } };
    }
    case 'update-profile':
      return applyProfile(context, change, at);
    case 'update-email':
      return applyEmail(context, change, at);
    default:
      throw new Error(`${change.kind} is applied in a batch of its own`);
  }
}

function result(context: BatchContext, change: Change, outcome: WriteOutcome, write: RecentWrite): OneResult {
  const recorded = { outcome: recordOutcome(context, change, outcome) };
  return outcome.kind === 'refused' ? recorded : { ...recorded, writes: [write] };
}
