import type { GroupMode } from '../domain/group-mode';
import { changeKey } from '../domain/change';
import type { GroupId } from '../domain/identity';
import type { LinkEntry } from '../domain/link';
import { applyEach } from './apply-each';
import { applyInvitation } from './apply-invitation';
import { applyUntilStopped } from './apply-until-stopped';
import {
  newAccountLink,
  openContext,
  recordOutcome,
  type BatchContext,
  type BatchResult,
  type People,
} from './batch-context';
import type { Batch, ChangeOf } from './batches';
import type { BatchRecord } from './outcomes';
import type { Step } from './step';

/** Carries out one batch; each change that is not left gets exactly one outcome. Links and invitations throw what stops them. */
export async function applyBatch(step: Step, batch: Batch): Promise<BatchResult> {
  const context = await openContext(step);
  switch (batch.kind) {
    case 'link':
      return { record: await applyLinks(context, batch.changes) };
    case 'create-groups':
      return createGroups(context, batch.changes);
    case 'invite':
      return { record: await applyInvitation(context, batch) };
    case 'each':
      return applyEach(context, batch.changes);
  }
}

async function applyLinks(
  context: BatchContext,
  changes: readonly (ChangeOf<'adopt-group'> | ChangeOf<'adopt-account'>)[],
): Promise<BatchRecord> {
  const people = await context.loadPeople();
  await context.saveLinks(
    changes.flatMap((change) =>
      change.kind === 'adopt-account'
        ? accountLinkEntries(context, people, change)
        : [groupLinkEntry(context, change, change.groupId, change.origin, change.mode)],
    ),
  );
  return { outcomes: changes.map((change) => ({ key: changeKey(change), outcome: 'done' })), writes: [] };
}

/** The old link goes first: cut off in between, the account is nobody's, and the confirmation still stands. */
function accountLinkEntries(
  context: BatchContext,
  people: People,
  { user, accountId, email, relinks, suspendedAt, guest }: ChangeOf<'adopt-account'>,
): readonly LinkEntry[] {
  const replaced = relinks === undefined ? undefined : context.links.account.get(relinks);
  const origin = replaced?.origin ?? 'adopted';
  const entry = newAccountLink(context, people, {
    sourceUserId: user,
    accountId,
    email,
    origin,
    visible: true,
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
    ...(guest === undefined ? {} : { guest }),
  });
  return relinks === undefined ? [entry] : [{ kind: 'drop-account', sourceUserId: relinks }, entry];
}

async function createGroups(context: BatchContext, changes: readonly ChangeOf<'create-group'>[]): Promise<BatchResult> {
  const { directory, step } = context;
  const { results, left, unsure, error } = await applyUntilStopped(step, changes, async (change) => ({
    change,
    outcome: await directory.createGroup(change.name, {
      connectorId: step.run.connectorId,
      sourceGroupId: change.group,
    }),
  }));
  const created = results.filter(({ outcome }) => outcome.kind !== 'refused').map(({ change }) => change);
  const ids =
    created.length === 0 ? new Map<string, GroupId>() : await directory.findGroups(created.map(({ name }) => name));
  const found = created.flatMap((change) => {
    const id = ids.get(change.name);
    return id === undefined ? [] : [{ change, id }];
  });
  if (found.length > 0) {
    await context.saveLinks(found.map(({ change, id }) => groupLinkEntry(context, change, id, 'created', 'take-over')));
  }
  const record: BatchRecord = {
    outcomes: results.map(({ change, outcome }) =>
      outcome.kind !== 'refused' && !ids.has(change.name)
        ? {
            key: changeKey(change),
            outcome: 'unconfirmed',
            message: 'Atlassian does not show the new group yet; the next run goes on with it.',
          }
        : recordOutcome(context, change, outcome),
    ),
    writes: found.map(({ change, id }) => ({
      at: step.world.now(),
      kind: 'group-created',
      groupId: id,
      name: change.name,
    })),
  };
  return left.length === 0 ? { record } : { record, left: { kind: 'create-groups', changes: left }, unsure, error };
}

function groupLinkEntry(
  context: BatchContext,
  change: ChangeOf<'adopt-group'> | ChangeOf<'create-group'>,
  groupId: GroupId,
  origin: 'created' | 'adopted',
  mode: GroupMode,
): LinkEntry {
  const linkedAt = context.step.world.now();
  return {
    kind: 'group',
    link: { sourceGroupId: change.group, groupId, name: change.name, origin, mode, linkedAt, lastMembers: {} },
  };
}
