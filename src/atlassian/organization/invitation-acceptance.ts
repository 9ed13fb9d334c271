import type { GroupId } from '../../domain/identity';
import { accountId, normalizeEmail } from '../../domain/identity';
import type { DirectoryAccount } from '../../domain/snapshot';
import type { Invitation, InvitationOutcome, InvitedAccount, Refusal, WriteOutcome } from '../../sync/ports';
import { inviteSchema } from './answers';
import { parseAnswer } from './connection';
import { judgeEntry, judgeGroup } from './invitation-answer';
import { addMember } from './membership';
import type { DirectoryScope } from './scope';
import { tryPatiently } from './scope';
import { findMembersByEmail } from './search';

/** What the answers of this invocation taught. The maximum of groups is not documented (facts 12). */
export interface InviteLimits {
  groups: number;
}

export type SaveInvited = (invited: readonly InvitedAccount[]) => Promise<void>;

/** One invitation on its way, with what became of each address. */
export interface Sending {
  readonly scope: DirectoryScope;
  readonly limits: InviteLimits;
  readonly invitation: Invitation;
  readonly save: SaveInvited;
  readonly outcomes: Map<string, InvitationOutcome>;
}

export interface Answered {
  /** 0: no answer came, so that the invitation may have been done. */
  readonly status: number;
  readonly text: string;
}

export interface Sent {
  readonly emails: readonly string[];
  readonly groups: readonly GroupId[];
  readonly answer: Answered;
}

/** People whom the directory shows: saved, and brought into the groups that they lack. */
export async function acceptFound(sending: Sending, found: ReadonlyMap<string, DirectoryAccount>): Promise<void> {
  if (found.size === 0) return;
  await sending.save([...found].map(([email, { id }]) => ({ email, accountId: id })));
  for (const [email, account] of found) {
    await acceptInvited(sending, { email, accountId: account.id }, (group) =>
      account.groupIds.includes(group) ? { kind: 'already' } : undefined,
    );
  }
}

/** Notes one invited person; groups of which nothing good is known are added one by one. */
async function acceptInvited(
  sending: Sending,
  { email, accountId: id }: InvitedAccount,
  known: (group: GroupId) => WriteOutcome | undefined,
): Promise<void> {
  const groups: InvitationOutcome['groups'][number][] = [];
  for (const groupId of sending.invitation.groups) {
    groups.push({ groupId, outcome: known(groupId) ?? (await addMember(sending.scope, groupId, id)) });
  }
  sending.outcomes.set(email, { email, account: { kind: 'invited', accountId: id }, groups });
}

export function refuseAll(sending: Sending, emails: readonly string[], refusal: Refusal): void {
  for (const email of emails) sending.outcomes.set(email, { email, account: refusal, groups: [] });
}

/** Accepts those whom the directory shows, with some patience; gives the others. */
export async function acceptVisible(sending: Sending, emails: readonly string[]): Promise<readonly string[]> {
  const found = await tryPatiently(
    sending.scope,
    () => findMembersByEmail(sending.scope, emails),
    (accounts) => accounts.size === emails.length,
    3,
  );
  await acceptFound(sending, found);
  return emails.filter((email) => !found.has(email));
}

/** Saves and notes who was invited by an answer, and refuses the others. */
export async function acceptAnswer(sending: Sending, { emails, groups, answer }: Sent): Promise<void> {
  const entries = new Map(
    parseAnswer(answer.text, inviteSchema).data.map((entry) => [normalizeEmail(entry.email) ?? '', entry]),
  );
  const verdicts = new Map(emails.map((email) => [email, judgeEntry(entries.get(email))]));
  const invited = emails.flatMap((email) => {
    const verdict = verdicts.get(email);
    return verdict?.kind === 'invited'
      ? [{ email, accountId: accountId(verdict.accountId), entry: verdict.entry }]
      : [];
  });
  if (invited.length > 0) {
    await sending.save(invited.map(({ email, accountId: id }) => ({ email, accountId: id })));
  }
  for (const person of invited) {
    await acceptInvited(sending, person, (group) =>
      groups.includes(group) ? judgeGroup(person.entry, group, answer.status === 200) : undefined,
    );
  }
  const failed = emails.filter((email) => verdicts.get(email)?.kind !== 'invited');
  if (failed.length === 0) return;
  // Nothing of it worked, yet the person may have entered the directory: whoever is there counts as invited.
  const present = await findMembersByEmail(sending.scope, failed);
  await acceptFound(sending, present);
  for (const email of failed.filter((each) => !present.has(each))) {
    const verdict = verdicts.get(email);
    if (verdict?.kind === 'refused') refuseAll(sending, [email], verdict);
  }
}
