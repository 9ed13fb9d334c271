import type { GroupId } from '../../domain/identity';
import type { Refusal, WriteOutcome } from '../../sync/ports';
import type { InviteAnswer } from './answers';
import { licenceLimit, refuse } from './refusal';

export const notInvited = 'The person was not invited';

export type Verdict = { readonly kind: 'invited'; readonly entry: InviteAnswer; readonly accountId: string } | Refusal;

/** Whether anything of the invitation worked for the person. */
export function judgeEntry(entry: InviteAnswer | undefined): Verdict {
  const results = (entry?.results ?? []).flatMap((result) => [
    ...(result.groupAssignmentResult ?? []),
    ...(result.roleAssignmentResult ?? []),
  ]);
  const worked = results.length === 0 || results.some(({ status }) => status === 'INVITED');
  if (entry?.id !== undefined && entry.id !== null && entry.id !== '' && worked) {
    return { kind: 'invited', entry, accountId: entry.id };
  }
  const limited = results.some(({ statusReason }) => /licen[cs]e|limit|seat/i.test(statusReason ?? ''));
  if (limited) return licenceLimit(notInvited);
  return refuse(
    'not-invited',
    `${notInvited}: Atlassian refused the invitation of this address. Invite the person in Atlassian Administration to see why.`,
  );
}

/** What became of one group; `undefined` when nothing good is known. `complete`: the answer says that all is done. */
export function judgeGroup(entry: InviteAnswer, group: GroupId, complete: boolean): WriteOutcome | undefined {
  const result = (entry.results ?? [])
    .flatMap(({ groupAssignmentResult }) => groupAssignmentResult ?? [])
    .find((each) => each.group === group || each.group.endsWith(`/${group}`));
  if (result === undefined) return complete ? { kind: 'done' } : undefined;
  return result.status === 'INVITED' ? { kind: 'done' } : undefined;
}
