import { changeKey } from '../domain/change';
import type { AccountId, GroupId } from '../domain/identity';
import type { RecentWrite } from '../domain/memory';
import { newAccountLink, notReached, recordOutcome, type BatchContext } from './apply-batch';
import type { Batch } from './batches';
import type { BatchRecord, RecordedOutcome } from './outcomes';
import type { InvitationOutcome } from './ports';
import { work } from './step';

/**
 * Invites people with the same groups in one call. The addresses are written down before the call, so that a run cut off
 * in it never invites them a second time; each account id becomes a link before anything else happens.
 */
export async function applyInvitation(
  context: BatchContext,
  batch: Extract<Batch, { readonly kind: 'invite' }>,
): Promise<BatchRecord> {
  const { step, directory, links } = context;
  const { world, run, fence, settings } = step;
  const groups = batch.groups.flatMap((key) => {
    const link = links.group.get(key);
    return link === undefined ? [] : [link.groupId];
  });
  const emails = batch.invites.map(({ email }) => email);
  await world.work.save(work.inviting, emails, fence);
  const answers = await directory.invite(
    { emails, groups, access: settings.users.productAccess, notify: settings.users.notify },
    (invited) =>
      context.saveLinks(
        invited.flatMap(({ email, accountId }) =>
          batch.invites
            .filter((change) => change.email === email)
            .map((change) =>
              newAccountLink(context, {
                sourceUserId: change.user,
                accountId,
                email,
                origin: 'invited',
                visible: false,
              }),
            ),
        ),
      ),
  );
  await world.work.delete(run.id, [work.inviting]);
  return recordInvitation(context, batch, new Map(answers.map((answer) => [answer.email, answer])));
}

function recordInvitation(
  context: BatchContext,
  batch: Extract<Batch, { readonly kind: 'invite' }>,
  answers: ReadonlyMap<string, InvitationOutcome>,
): BatchRecord {
  const at = context.step.world.now();
  const emailOf = new Map(batch.invites.map(({ user, email }) => [user, email]));
  const outcomes: RecordedOutcome[] = [];
  const writes: RecentWrite[] = [];
  const wrote = (accountId: AccountId, groupId: GroupId) =>
    writes.push({ at, kind: 'member-added', accountId, groupId });

  for (const change of batch.invites) {
    const account = answers.get(change.email)?.account;
    if (account === undefined) outcomes.push(notReached(change, 'the invitation'));
    else if (account.kind === 'refused') outcomes.push(recordOutcome(change, account));
    else {
      outcomes.push({ key: changeKey(change), outcome: 'done' });
      writes.push({ at, kind: 'invited', accountId: account.accountId, email: change.email, name: change.displayName });
    }
  }
  for (const member of batch.members) {
    const answer = answers.get(emailOf.get(member.user) ?? '');
    const groupId = context.links.group.get(member.group)?.groupId;
    const group = answer?.groups.find((each) => each.groupId === groupId);
    if (answer?.account.kind !== 'invited') outcomes.push(notReached(member, 'the account'));
    else if (groupId === undefined || group === undefined) outcomes.push(notReached(member, 'the group'));
    else {
      outcomes.push(recordOutcome(member, group.outcome));
      if (group.outcome.kind !== 'refused') wrote(answer.account.accountId, groupId);
    }
  }
  return { outcomes, writes };
}
