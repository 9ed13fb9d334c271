import { changeKey, isDeprovision, type Change } from '../domain/change';
import type { Plan } from '../domain/plan';
import type { Approval, Run } from '../domain/run';
import { selectChanges } from '../domain/selection';
import { planLifeMs } from './apply-plan';
import { work, type Step } from './step';

/** So many runs back an approval is looked for: more lie in seven days only where none was needed. */
const runsSeen = 20;

/**
 * The approval of an earlier run that ended before its work was done, if it covers everything that this plan takes away.
 * It counts for as long as a plan may wait for one; what that run has done is not approved a second time.
 */
export async function findEarlierApproval(
  { world, run }: Step,
  changes: readonly Change[],
): Promise<Approval | undefined> {
  const runs = await world.runs.list(runsSeen, run.connectorId);
  const earlier = runs.find((each) => each.id !== run.id && each.kind === 'full');
  if (earlier?.state !== 'failed' || !isOwnPlan(earlier)) return undefined;
  const { approval } = earlier;
  if (approval === undefined || world.now() - approval.at > planLifeMs) return undefined;
  const plan = await world.work.load<Plan>(earlier.id, work.plan);
  const done = (await world.work.load<readonly Change[]>(earlier.id, work.done)) ?? [];
  const open = new Set(selectChanges(plan?.changes ?? [], approval.selection ?? { kind: 'all' }).map(changeKey));
  for (const change of done) open.delete(changeKey(change));
  return changes.filter(isDeprovision).every((change) => open.has(changeKey(change))) ? approval : undefined;
}

/** Not of an undo, and not of one person alone: these say nothing about a whole plan. */
function isOwnPlan({ undoes, only }: Run): boolean {
  return undoes === undefined && only === undefined;
}
