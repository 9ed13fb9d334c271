import { DirectoryError } from '../../domain/errors';
import type { GroupId } from '../../domain/identity';
import { normalizeEmail } from '../../domain/identity';
import type { DirectoryAccount } from '../../domain/snapshot';
import type { Invitation, InvitationOutcome } from '../../sync/ports';
import { describeProtection } from './account';
import { isUnanswered, noAnswer } from './group-creation';
import type { Answered, InviteLimits, SaveInvited, Sending, Sent } from './invitation-acceptance';
import { acceptAnswer, acceptFound, acceptVisible, refuseAll } from './invitation-acceptance';
import { notInvited } from './invitation-answer';
import { forbidden, licenceLimit, refuse } from './refusal';
import type { DirectoryScope } from './scope';
import { organizationPath, tryPatiently } from './scope';
import { findMembersByEmail, readVisibleGroups } from './search';

/** Most people that one invitation takes (facts 4.5). */
export const invitationSize = 25;

// An invitation with so few groups is not refused for their number.
const surelyFewGroups = 5;
// What a search shows, an invitation may learn a moment later.
const afterNotFoundMs = 1_000;

/**
 * Invites people with the same groups and access. Account ids are saved before anything else is done with them.
 * An address that the directory shows already is never sent: who is active and unprotected counts as invited, which is
 * what sending it again would say too (an invocation may have died between an invitation and its answer).
 */
export async function invite(
  scope: DirectoryScope,
  limits: InviteLimits,
  invitation: Invitation,
  save: SaveInvited,
): Promise<readonly InvitationOutcome[]> {
  // Addresses are compared in lower case; whoever asked gets them back as written.
  const written = new Map(invitation.emails.flatMap((email) => pairWithNormal(email)));
  const emails = [...written.keys()];
  const sending: Sending = {
    scope,
    limits,
    invitation,
    save: (invited) => save(invited.map((each) => ({ ...each, email: written.get(each.email) ?? each.email }))),
    outcomes: new Map(),
  };
  const known = await findMembersByEmail(scope, emails);
  await acceptKnown(sending, known);
  const unknown = emails.filter((email) => !known.has(email));
  for (let start = 0; start < unknown.length; start += invitationSize) {
    await send(sending, unknown.slice(start, start + invitationSize), invitation.groups);
  }
  return invitation.emails.map((email) => {
    const outcome = sending.outcomes.get(normalizeEmail(email) ?? '');
    return outcome === undefined
      ? { email, account: refuse('invalid', `${notInvited}: this is no e-mail address.`), groups: [] }
      : { ...outcome, email };
  });
}

function pairWithNormal(email: string): readonly (readonly [string, string])[] {
  const normal = normalizeEmail(email);
  return normal === undefined ? [] : [[normal, email]];
}

async function acceptKnown(sending: Sending, known: ReadonlyMap<string, DirectoryAccount>): Promise<void> {
  const usable = new Map<string, DirectoryAccount>();
  for (const [email, account] of known) {
    const reason =
      describeProtection(account) ?? (account.status === 'active' ? undefined : 'Somebody took its access away.');
    if (reason === undefined) usable.set(email, account);
    else
      refuseAll(
        sending,
        [email],
        refuse('known-address', `${notInvited}: an account with this address is in the directory already. ${reason}`),
      );
  }
  await acceptFound(sending, usable);
}

async function post(sending: Sending, emails: readonly string[], groups: readonly GroupId[]): Promise<Answered> {
  const { scope, invitation } = sending;
  const { access } = invitation;
  try {
    return await scope.connection.send({
      method: 'POST',
      path: `${organizationPath(scope.ref.orgId)}/users/invite`,
      body: {
        emails,
        ...(groups.length === 0 ? {} : { additionalGroups: groups }),
        ...(access.length === 0 ? {} : { permissionRules: access.map(({ resource, role }) => ({ resource, role })) }),
        sendNotification: invitation.notify,
      },
      repeatable: false,
    });
  } catch (error) {
    if (isUnanswered(error)) return { status: 0, text: '' };
    throw error;
  }
}

interface SendOptions {
  /** The number of groups was found not to be what Atlassian refuses. */
  readonly groupsAreFine?: boolean;
  /** Sent again after no answer came. */
  readonly again?: boolean;
  /** Sent again after the groups were waited for. */
  readonly waited?: boolean;
}

async function send(
  sending: Sending,
  emails: readonly string[],
  allGroups: readonly GroupId[],
  options: SendOptions = {},
): Promise<void> {
  if (emails.length === 0) return;
  const groups = allGroups.slice(0, sending.limits.groups);
  const answer = await post(sending, emails, groups);
  await conclude(sending, { emails, groups, answer }, options);
}

async function conclude(sending: Sending, sent: Sent, options: SendOptions): Promise<void> {
  const { emails, groups, answer } = sent;
  switch (answer.status) {
    case 0:
      return sendMissing(sending, emails, groups, options);
    case 200:
    case 206:
      return acceptAnswer(sending, sent);
    case 400:
      return sendDivided(sending, emails, groups, options);
    case 402:
      throw new DirectoryError(
        'no-subscription',
        'Atlassian invites people only for organizations with at least one paid subscription. Add one, or switch off creating accounts.',
        'stop',
      );
    case 403:
      refuseAll(sending, emails, forbidden(notInvited));
      return;
    case 404:
      return sendWhenVisible(sending, emails, groups, options);
    case 409:
      return acceptAfterLimit(sending, emails);
    default:
      refuseAll(sending, emails, refuse('invalid', `${notInvited}: Atlassian refused it (status ${answer.status}).`));
  }
}

/** After no answer: who is there now was invited; the missing are sent again, once. */
async function sendMissing(
  sending: Sending,
  emails: readonly string[],
  groups: readonly GroupId[],
  options: SendOptions,
): Promise<void> {
  const missing = await acceptVisible(sending, emails);
  if (missing.length === 0) return;
  if (options.again === true) throw noAnswer();
  await send(sending, missing, groups, { ...options, again: true });
}

/** How many of the people were invited before the limit is not documented (facts 12): the directory tells. */
async function acceptAfterLimit(sending: Sending, emails: readonly string[]): Promise<void> {
  refuseAll(sending, await acceptVisible(sending, emails), licenceLimit(notInvited));
}

/** A 400 names no culprit: too many groups for one invitation, or an address that cannot be invited. */
async function sendDivided(
  sending: Sending,
  emails: readonly string[],
  groups: readonly GroupId[],
  options: SendOptions,
): Promise<void> {
  if (options.groupsAreFine !== true) {
    const smaller = await sendWithFewerGroups(sending, emails, groups);
    if (smaller !== undefined) return conclude(sending, smaller, { ...options, groupsAreFine: true });
  }
  if (emails.length === 1) {
    const message = `${notInvited}: Atlassian does not accept the address, or the groups and access of the invitation.`;
    refuseAll(sending, emails, refuse('invalid', message));
    return;
  }
  const middle = Math.ceil(emails.length / 2);
  const all = sending.invitation.groups;
  await send(sending, emails.slice(0, middle), all, { groupsAreFine: true });
  await send(sending, emails.slice(middle), all, { groupsAreFine: true });
}

/** Halves the groups until the answer is another one; `undefined` when their number is not what is refused. */
async function sendWithFewerGroups(
  sending: Sending,
  emails: readonly string[],
  groups: readonly GroupId[],
): Promise<Sent | undefined> {
  let size = groups.length;
  while (size > surelyFewGroups) {
    size = Math.max(surelyFewGroups, Math.ceil(size / 2));
    const fewer = groups.slice(0, size);
    const answer = await post(sending, emails, fewer);
    if (answer.status === 400) continue;
    sending.limits.groups = size;
    return { emails, groups: fewer, answer };
  }
  return undefined;
}

/**
 * 404 invites nobody: a group is not visible yet, or gone, or a product is unknown (facts 4.5). Waits for the groups
 * and sends once more, without those that are gone.
 */
async function sendWhenVisible(
  sending: Sending,
  emails: readonly string[],
  groups: readonly GroupId[],
  options: SendOptions,
): Promise<void> {
  if (options.waited === true || groups.length === 0) {
    const message = `${notInvited}: Atlassian does not know the organization or a product of the invitation. Choose the product access again.`;
    refuseAll(sending, emails, refuse('not-found', message));
    return;
  }
  await sending.scope.sleep(afterNotFoundMs);
  const visible = await tryPatiently(
    sending.scope,
    () => readVisibleGroups(sending.scope, groups),
    (found) => groups.every((group) => found.has(group)),
  );
  await send(
    sending,
    emails,
    groups.filter((group) => visible.has(group)),
    { ...options, waited: true },
  );
}
