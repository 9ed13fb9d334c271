import { changeKey, type Change } from '../domain/change';
import { DirectoryError, type DirectoryErrorCode } from '../domain/errors';
import type { AccountId, GroupId } from '../domain/identity';
import type { RecentWrite } from '../domain/memory';
import { newAccountLink, notReached, recordOutcome, type BatchContext } from './batch-context';
import { findGroup, type Batch, type ChangeOf } from './batches';
import { addInviting, dropInviting, loadInviting } from './open-invitations';
import type { BatchRecord, RecordedOutcome } from './outcomes';
import type { Invitation, InvitationOutcome, InvitedAccount } from './ports';

/** Atlassian refuses these before it does anything. */
const refusedBeforeActing: ReadonlySet<DirectoryErrorCode> = new Set([
  'quota',
  'key-refused',
  'no-subscription',
  'address-not-approved',
]);

/**
 * Invites people with the same groups in one call. The addresses are written down before the call, so that a run cut off
 * in it never invites them a second time; each account id becomes a link before anything else happens.
 */
export async function applyInvitation(
  context: BatchContext,
  batch: Extract<Batch, { readonly kind: 'invite' }>,
): Promise<BatchRecord> {
  const { step, links } = context;
  const { settings } = step;
  const inviting = new Set(await loadInviting(step));
  const isLinked = (invite: ChangeOf<'invite'>) => links.account.has(invite.user);
  const unsent = batch.invites.filter((invite) => !isLinked(invite) && !inviting.has(invite.email));
  const groups = batch.groups.flatMap((place) => findGroup(links, place) ?? []);
  const emails = unsent.map(({ email }) => email);
  const people = await context.loadPeople();
  await addInviting(step, emails);
  const answers = await sendInvitation(
    context,
    { emails, groups, access: settings.users.productAccess, notify: settings.users.notify },
    (invited) =>
      context.saveLinks(
        invited.flatMap(({ email, accountId }) =>
          unsent
            .filter((change) => change.email === email)
            .map((change) =>
              newAccountLink(context, people, {
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
  await dropInviting(step, emails);
  const told = new Map(answers.map((answer) => [answer.email, answer]));
  for (const invite of batch.invites) {
    const link = links.account.get(invite.user);
    if (link !== undefined) told.set(invite.email, await addMissing(context, invite.email, link.accountId, groups));
  }
  const unknown = new Set(batch.invites.flatMap(({ email }) => (told.has(email) ? [] : [email])));
  return recordInvitation(context, batch, told, unknown);
}

/** An invitation that surely was not sent is open no longer; any other error leaves that to time. */
async function sendInvitation(
  { directory, step }: BatchContext,
  invitation: Invitation,
  save: (invited: readonly InvitedAccount[]) => Promise<void>,
): Promise<readonly InvitationOutcome[]> {
  if (invitation.emails.length === 0) return [];
  try {
    return await directory.invite(invitation, save);
  } catch (error) {
    if (error instanceof DirectoryError && refusedBeforeActing.has(error.code)) {
      await dropInviting(step, invitation.emails);
    }
    throw error;
  }
}

/** The people were linked by an earlier try of this batch, which was cut off before it saw to their groups. */
async function addMissing(
  { directory }: BatchContext,
  email: string,
  account: AccountId,
  groups: readonly GroupId[],
): Promise<InvitationOutcome> {
  const outcomes: InvitationOutcome['groups'][number][] = [];
  for (const groupId of groups) outcomes.push({ groupId, outcome: await directory.addMember(groupId, account) });
  return { email, account: { kind: 'invited', accountId: account }, groups: outcomes };
}

function recordInvitation(
  context: BatchContext,
  batch: Extract<Batch, { readonly kind: 'invite' }>,
  answers: ReadonlyMap<string, InvitationOutcome>,
  unknown: ReadonlySet<string>,
): BatchRecord {
  const at = context.step.world.now();
  const emailOf = new Map(batch.invites.map(({ user, email }) => [user, email]));
  const outcomes: RecordedOutcome[] = [];
  const writes: RecentWrite[] = [];
  const wrote = (accountId: AccountId, groupId: GroupId) =>
    writes.push({ at, kind: 'member-added', accountId, groupId });

  for (const change of batch.invites) {
    const account = answers.get(change.email)?.account;
    if (unknown.has(change.email)) outcomes.push(unconfirmed(change));
    else if (account === undefined) outcomes.push(notReached(change, 'the invitation'));
    else if (account.kind === 'refused') outcomes.push(recordOutcome(context, change, account));
    else {
      outcomes.push({ key: changeKey(change), outcome: 'done' });
      writes.push({ at, kind: 'invited', accountId: account.accountId, email: change.email, name: change.displayName });
    }
  }
  for (const member of batch.members) {
    const answer = answers.get(emailOf.get(member.user) ?? '');
    const groupId = findGroup(context.links, member);
    const group = answer?.groups.find((each) => each.groupId === groupId);
    if (unknown.has(emailOf.get(member.user) ?? '')) outcomes.push(unconfirmed(member));
    else if (answer?.account.kind !== 'invited') outcomes.push(notReached(member, 'the account'));
    else if (groupId === undefined || group === undefined) outcomes.push(notReached(member, 'the group'));
    else {
      outcomes.push(recordOutcome(context, member, group.outcome));
      if (group.outcome.kind !== 'refused') wrote(answer.account.accountId, groupId);
    }
  }
  return { outcomes, writes };
}

function unconfirmed(change: Change): RecordedOutcome {
  const message =
    'No answer told whether the invitation was sent; a later run goes on when Atlassian shows the account.';
  return { key: changeKey(change), outcome: 'unconfirmed', message };
}
