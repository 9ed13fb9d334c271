import { DirectoryError } from '../../domain/errors';
import { describeMark, isSameMark, parseMark } from '../../domain/group-mark';
import type { GroupId } from '../../domain/identity';
import type { GroupMark } from '../../domain/snapshot';
import type { WriteOutcome } from '../../sync/ports';
import { stripGroupId } from './group';
import { forbidden, refuse } from './refusal';
import type { DirectoryScope } from './scope';
import { tryPatiently } from './scope';
import { findGroupsByName } from './search';

/** Creates a group with our mark. An existing group is never taken: a 409 is `exists`, or `already` when it carries this very mark. */
export async function createGroup(scope: DirectoryScope, name: string, mark: GroupMark): Promise<WriteOutcome> {
  const status = await post(scope, name, mark);
  if (status !== undefined) return judge(scope, name, mark, status);
  // No answer: the group may exist. It is visible after a second or two, so one look is not enough.
  const found = await findPatiently(scope, name);
  if (found !== undefined) return judgeFound(name, mark, found);
  const second = await post(scope, name, mark);
  if (second === undefined) throw noAnswer();
  return judge(scope, name, mark, second);
}

/** Ids by the names as given, waiting for groups created a moment ago; missing ones are left out. */
export async function findGroups(
  scope: DirectoryScope,
  names: readonly string[],
): Promise<ReadonlyMap<string, GroupId>> {
  const found = new Map<string, GroupId>();
  await tryPatiently(
    scope,
    async () => {
      const missing = names.filter((name) => !found.has(name));
      const groups = await findGroupsByName(scope, missing);
      for (const name of missing) {
        const group = groups.get(name.toLowerCase());
        if (group !== undefined) found.set(name, stripGroupId(group.id));
      }
      return found.size;
    },
    () => names.every((name) => found.has(name)),
  );
  return found;
}

/** The status of the answer; `undefined` when there was none, so that the server may have acted. */
async function post(scope: DirectoryScope, name: string, mark: GroupMark): Promise<number | undefined> {
  try {
    const answer = await scope.connection.send({
      method: 'POST',
      path: `${scope.path}/groups`,
      body: { name, description: describeMark(mark) },
      repeatable: false,
    });
    return answer.status;
  } catch (error) {
    if (isUnanswered(error)) return undefined;
    throw error;
  }
}

async function judge(scope: DirectoryScope, name: string, mark: GroupMark, status: number): Promise<WriteOutcome> {
  if (status >= 200 && status < 300) return { kind: 'done' };
  const what = `The group ${name} was not created`;
  if (status === 409) return judgeFound(name, mark, await findPatiently(scope, name));
  if (status === 403) return forbidden(what);
  if (status === 404) return refuse('not-found', `${what}: Atlassian does not know the directory.`);
  return refuse(
    'invalid',
    `${what}: Atlassian does not accept its name. Rename the group in Keycloak, or leave it out.`,
  );
}

function judgeFound(name: string, mark: GroupMark, description: string | undefined): WriteOutcome {
  if (description !== undefined && isSameMark(parseMark(description), mark)) return { kind: 'already' };
  return refuse(
    'exists',
    `A group called ${name} exists already and was not made for this Keycloak group. Adopt it, or rename one of the two.`,
  );
}

/** The description of the group with this name, with patience. */
async function findPatiently(scope: DirectoryScope, name: string): Promise<string | undefined> {
  const group = await tryPatiently(
    scope,
    async () => (await findGroupsByName(scope, [name])).get(name.toLowerCase()),
    (found) => found !== undefined,
    4,
  );
  return group === undefined ? undefined : (group.description ?? '');
}

/** Whether a request ended without an answer that tells what became of it. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof DirectoryError && (error.code === 'unreachable' || error.code === 'server-error');
}

export function noAnswer(): DirectoryError {
  return new DirectoryError('unreachable', 'No answer from api.atlassian.com; the run tries again later.', 'retry');
}
