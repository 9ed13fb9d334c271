import pMap from 'p-map';
import { isWrite } from '../../dev/atlassian/traffic';
import type { ExternalFate, ExternalOperation } from '../../dev/forge/external';
import type { FlowOptions } from '../sync/flow';
import { tell, type Ending, type Story, type Telling } from './story';

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

export function findDifferences(keys: readonly (keyof Ending)[], wanted: Ending, ending: Ending): readonly string[] {
  return keys.filter((key) => differs(ending[key], wanted[key]));
}

/**
 * Tells the story once for each index and says where it ended otherwise than undisturbed. What the run itself reaches is
 * compared between kind neighbours only: hostile ones hide for a while what was done, so the next run finishes it.
 */
export async function disturbEach(
  story: Story,
  undisturbed: Telling,
  fate: ExternalFate,
  indexes: readonly number[],
  hostile?: FlowOptions,
): Promise<readonly string[]> {
  const found = await pMap(
    indexes,
    async (at) => {
      const { ending } = await tell(story, hostile, (_operation, index) => (index === at ? fate : 'continue'));
      // Killed before an operation is the same as killed behind the one before it.
      const behind = fate === 'kill-before' ? at - 1 : at;
      const inDoubt = fate.startsWith('kill') && isInDoubt(undisturbed.operations, behind);
      const always = ['state', 'settled', 'afterwards', 'invitedTwice'] as const;
      const atOnce = inDoubt || hostile !== undefined ? [] : (['outcomes', 'changes', 'organization'] as const);
      const different = findDifferences([...always, ...atOnce], undisturbed.ending, ending);
      return different.map((key) => `${fate} ${at}: ${key}`);
    },
    { concurrency: 4 },
  );
  return found.flat();
}

export const everyNth = (count: number, step: number): readonly number[] =>
  Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);

/** A write to Atlassian; searches are reads though they are POSTs. */
export function isAtlassianWrite(operation: ExternalOperation): boolean {
  if (operation.kind !== 'fetch' || !operation.url.startsWith('https://api.atlassian.com/')) return false;
  return isWrite({ method: operation.method, path: new URL(operation.url).pathname });
}

/**
 * Whether a run that dies behind this operation cannot know if an invitation was sent: the address is written down, and the
 * call has not been made.
 */
export function isInDoubt(operations: readonly ExternalOperation[], index: number): boolean {
  const isInvitation = (operation: ExternalOperation) =>
    operation.kind === 'fetch' && operation.url.endsWith('/users/invite');
  const isNote = (operation: ExternalOperation) =>
    operation.kind === 'kvs' && operation.keys.some((key) => key.endsWith(':inviting'));
  const last = operations.slice(0, index + 1).findLast((each) => isInvitation(each) || isNote(each));
  const next = operations.slice(index + 1).find((each) => isInvitation(each) || isNote(each));
  return last !== undefined && isNote(last) && next !== undefined && isInvitation(next);
}
