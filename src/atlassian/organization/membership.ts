import type { AccountId, GroupId } from '../../domain/identity';
import type { HttpAnswer } from '../../http/http';
import type { Refusal, WriteOutcome } from '../../sync/ports';
import { readErrorCodes } from './answers';
import { describeGroupProtection, noGrants } from './group';
import { forbidden, isLicenceCode, licenceLimit, refuse } from './refusal';
import type { DirectoryScope } from './scope';
import { tryPatiently } from './scope';
import { readAccount, readGroup } from './search';

/** Adds one person; being a member already is as good. */
export async function addMember(scope: DirectoryScope, group: GroupId, account: AccountId): Promise<WriteOutcome> {
  const answer = await scope.connection.send({
    method: 'POST',
    path: `${scope.path}/groups/${encodeURIComponent(group)}/memberships`,
    body: { accountId: account },
    repeatable: true,
  });
  if (answer.status < 300) return { kind: 'done' };
  const what = 'The person was not added to the group';
  if (answer.status === 409) return explainConflict(scope, group, account, answer, what);
  if (answer.status === 404) return explainMissing(scope, group, what);
  return explainRefusal(scope, group, account, answer, what);
}

/** Removes one person; no member, of a group that exists, is as good. */
export async function removeMember(scope: DirectoryScope, group: GroupId, account: AccountId): Promise<WriteOutcome> {
  const answer = await scope.connection.send({
    method: 'DELETE',
    path: `${scope.path}/groups/${encodeURIComponent(group)}/memberships/${encodeURIComponent(account)}`,
    repeatable: true,
  });
  if (answer.status < 300) return { kind: 'done' };
  const what = 'The person was not removed from the group';
  if (answer.status === 404) {
    return (await readGroup(scope, group)) === undefined ? groupGone(what) : { kind: 'already' };
  }
  return explainRefusal(scope, group, account, answer, what);
}

/**
 * 409 means a member already, or the user limit. Without the word in the body the account itself tells,
 * with some patience unless the code names the limit: the read may lag behind the write.
 */
async function explainConflict(
  scope: DirectoryScope,
  group: GroupId,
  account: AccountId,
  answer: HttpAnswer,
  what: string,
): Promise<WriteOutcome> {
  if (/already/i.test(answer.text)) return { kind: 'already' };
  const limited = readErrorCodes(answer.text).some(isLicenceCode);
  const isMember = await tryPatiently(
    scope,
    async () => (await readAccount(scope, account))?.groupIds.includes(group) === true,
    (member) => member,
    limited ? 1 : 3,
  );
  return isMember ? { kind: 'already' } : licenceLimit(what);
}

async function explainMissing(scope: DirectoryScope, group: GroupId, what: string): Promise<Refusal> {
  if ((await readGroup(scope, group)) === undefined) return groupGone(what);
  return refuse(
    'not-found',
    `${what}: Atlassian does not know the account in this directory (yet). The next run tries again.`,
  );
}

/** Why a write to a group was refused with 400 or 403: the group's own rules, the person's state, or the key. */
async function explainRefusal(
  scope: DirectoryScope,
  group: GroupId,
  account: AccountId,
  answer: HttpAnswer,
  what: string,
): Promise<Refusal> {
  if (readErrorCodes(answer.text).some(isLicenceCode)) return licenceLimit(what);
  const found = await readGroup(scope, group);
  if (found?.externalSynced === true || found?.managedBy === 'external')
    return refuse('synced-group', `${what}: the group is synced from an identity provider. Change it there.`);
  const protection = found === undefined ? undefined : describeGroupProtection(found, noGrants);
  if (protection !== undefined) return refuse('not-modifiable', `${what}: ${lowerFirst(protection)}`);
  if (answer.status === 403) return forbidden(what);
  const person = await readAccount(scope, account);
  if (person !== undefined && person.status !== 'active')
    return refuse('invalid', `${what}: Atlassian does not change memberships of an account that is not active.`);
  return refuse('invalid', `${what}: Atlassian refused it (status ${answer.status}).`);
}

function groupGone(what: string): Refusal {
  return refuse('not-found', `${what}: the group is gone. The next run finds out what became of it.`);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
