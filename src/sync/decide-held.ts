import { changeKey, type Change } from '../domain/change';
import type { RunId } from '../domain/identity';
import type { Plan } from '../domain/plan';
import type { Approval, Run, RunFailure } from '../domain/run';
import { selectChanges } from '../domain/selection';
import { FenceLost } from '../domain/errors';
import type { Fence, World } from './ports';
import { enter, work } from './step';

/** The plan that the administrator saw is not the one that is held (any more). */
export class HoldChanged extends Error {
  override readonly name = 'HoldChanged';
}

/** Decides on a resting run: the fence grows with the decision, so of two deciders one wins. */
async function decide(world: World, run: Run, next: Run): Promise<void> {
  const fence: Fence = { runId: run.id, runFence: run.fence };
  try {
    await world.runs.save({ ...next, fence: run.fence + 1, step: run.step + 1, heartbeat: world.now() }, fence);
  } catch (error) {
    if (error instanceof FenceLost)
      throw new HoldChanged('Somebody else decided on this run a moment ago: reload the page.');
    throw error;
  }
}

async function loadHeld(world: World, id: RunId): Promise<Run> {
  const run = await world.runs.load(id);
  if (run?.state !== 'held') throw new HoldChanged('This run is not waiting for a decision any more: reload the page.');
  return run;
}

/**
 * Approves the plan with this hash, or the chosen part of it: both sides are read and planned again, and what both plans
 * contain is done.
 * @throws HoldChanged when another plan is held, or none, or the connector was switched off meanwhile
 */
export async function approveRun(world: World, id: RunId, approval: Omit<Approval, 'at'>): Promise<void> {
  const run = await loadHeld(world, id);
  const changes = await loadShown(world, run, approval);
  await checkSwitchedOn(world, run);
  await checkFourEyes(world, run, approval.by);
  // Saved before the decision, with the old fence: an approval that loses the race leaves nothing that anybody reads.
  await world.work.save(work.approved, changes, { runId: id, runFence: run.fence });
  await decide(world, run, enter(run, 'reading-source', { approval: { ...approval, at: world.now() } }));
  await world.queue.push({ runId: id, step: run.step + 1 });
}

/**
 * The chosen changes of the plan that the administrator saw.
 * @throws HoldChanged when it is another one, or nothing of it was chosen
 */
export async function loadShown(
  world: World,
  run: Run,
  { planHash, selection = { kind: 'all' } }: Pick<Approval, 'planHash' | 'selection'>,
): Promise<readonly Change[]> {
  const plan = await world.work.load<Plan>(run.id, work.plan);
  if (run.planHash !== planHash || plan === undefined) {
    throw new HoldChanged('The plan changed since it was shown: read it again before you approve it.');
  }
  const done = new Set(((await world.work.load<readonly Change[]>(run.id, work.done)) ?? []).map(changeKey));
  const changes = selectChanges(plan.changes, selection).filter((change) => !done.has(changeKey(change)));
  // Of an empty plan the question itself is approved: whether Keycloak under another issuer is the same realm.
  if (changes.length === 0 && plan.changes.length > 0) {
    throw new HoldChanged('Nothing of the plan was chosen: choose at least one change.');
  }
  return changes;
}

/** Switched off, a connector only gives back. */
async function checkSwitchedOn(world: World, run: Run): Promise<void> {
  const connector = await world.connectors.load(run.connectorId);
  if (connector?.settings.enabled !== false || run.undoes !== undefined) return;
  throw new HoldChanged('The connector is switched off: switch it on before you approve its run, or reject the run.');
}

/**
 * Four eyes, where the connector asks for them: who approves neither started the run nor saved the settings last.
 * @throws HoldChanged otherwise
 */
export async function checkFourEyes(world: World, run: Run, by: string): Promise<void> {
  const connector = await world.connectors.load(run.connectorId);
  if (connector?.settings.approval.fourEyes !== true) return;
  const started = run.startedBy.kind === 'person' && run.startedBy.accountId === by;
  if (!started && connector.savedBy !== by) return;
  const what = started ? 'started this run' : 'saved the settings last';
  throw new HoldChanged(`Four eyes are asked for, and you ${what}: let another organization administrator approve it.`);
}

/** Ends a held run without a further write; what it says says so. */
export async function endHeldRun(world: World, run: Run, { code, message }: RunFailure): Promise<void> {
  const rest = run.batchesDone === 0 ? 'Nothing was changed.' : 'Its additions had been done before, and stay.';
  const failure = { code, message: `${message} ${rest}` };
  await decide(world, run, enter(run, 'cancelled', { endedAt: world.now(), failure }));
}

/** Rejects a held run: nothing of its plan is done. */
export async function rejectRun(
  world: World,
  id: RunId,
  by: { readonly by: string; readonly reason: string },
): Promise<void> {
  const run = await loadHeld(world, id);
  await endHeldRun(world, run, {
    code: 'rejected',
    message: `The plan was rejected${describeReason(by.reason)}.`,
  });
}

/** A sentence's own full stop would come twice. */
function describeReason(reason: string): string {
  const said = reason.trim().replace(/\.$/, '');
  return said === '' ? '' : `: ${said}`;
}

/** Asks a run to stop: it ends after the write in flight, and its report says what was done. A held run ends at once. */
export async function cancelRun(world: World, id: RunId, by: string): Promise<void> {
  const run = await world.runs.load(id);
  if (run === undefined) throw new HoldChanged('This run does not exist any more.');
  if (run.state === 'held') {
    await endHeldRun(world, run, { code: 'cancelled', message: 'The held run was cancelled.' });
    return;
  }
  await world.runs.requestCancel(id, by);
  const now = await world.runs.load(id);
  // Held in between: nobody looks at the wish any more.
  if (now?.state === 'held') await cancelRun(world, id, by);
}
