import type { Connector } from '../domain/connector';
import type { RunId } from '../domain/identity';
import type { Approval, Run } from '../domain/run';
import { checkFourEyes, HoldChanged, loadShown } from './decide-held';
import type { Plan } from '../domain/plan';
import { plansTheSame } from './planning-settings';
import type { World } from './ports';
import { makeWay, openRecord } from './start-run';
import { work } from './step';

/** How long a shown plan may be carried out: as long as a held one waits. */
export const planLifeMs = 7 * 24 * 3_600_000;

/**
 * Starts a full run that carries out a simulated run's plan, or the chosen part of it: both sides are read and planned
 * again, what both plans contain is done, and the report names the rest.
 * @throws HoldChanged when the plan is another one, too old, or of settings that are not the saved ones
 */
export async function applyPlan(
  world: World,
  connector: Connector,
  shown: Run,
  approval: Omit<Approval, 'at'>,
): Promise<RunId> {
  const now = world.now();
  if (shown.state !== 'simulated') throw new HoldChanged('Only the plan of a finished simulation can be applied.');
  if (now - (shown.endedAt ?? shown.startedAt) > planLifeMs) {
    throw new HoldChanged('This plan is older than seven days: simulate again.');
  }
  const { settings } = connector;
  const made = await world.runs.loadSettings(shown.id);
  if (made === undefined || !plansTheSame(made, settings)) {
    throw new HoldChanged('The plan was made with other settings than the saved ones: save them and simulate again.');
  }
  const changes = await loadShown(world, shown, approval);
  await checkFourEyes(world, shown, approval.by);
  await makeWay(world, connector.id, 'full', shown.only);
  const startedBy = { kind: 'person', accountId: approval.by } as const;
  const run: Run = {
    ...openRecord(world, { connector, kind: 'full', startedBy }),
    ...(shown.counts === undefined ? {} : { counts: shown.counts }),
    ...(shown.violations === undefined ? {} : { violations: shown.violations }),
    ...(shown.undoes === undefined ? {} : { undoes: shown.undoes }),
    ...(shown.only === undefined ? {} : { only: shown.only }),
    planHash: approval.planHash,
    applies: shown.id,
    approval: { ...approval, at: now },
  };
  const fence = { runId: run.id, runFence: run.fence };
  await world.runs.create(run, settings);
  // Before its first event. A run that was cut off here is found by the watchdog, has no approved changes, and ends as failed.
  await world.work.save(work.plan, await world.work.load<Plan>(shown.id, work.plan), fence);
  await world.work.save(work.approved, changes, fence);
  await world.queue.push({ runId: run.id, step: 0 });
  return run.id;
}
