import type { Connector } from '../domain/connector';
import { runId } from '../domain/identity';
import { isDue } from '../domain/schedule';
import { planLifeMs } from './apply-plan';
import { endHeldRun, HoldChanged } from './decide-held';
import type { World } from './ports';
import { AlreadyRunning, startRun } from './start-run';

/** A run without a sign of life for so long is pushed again. */
const forgottenMs = 20 * 60_000;
/** A claimed start whose run never came to be is made up for so long. */
const makeUpMs = 24 * 3_600_000;

/**
 * What the five-minute trigger does: starts what is due, once however many times were missed. Duplicated triggers change
 * nothing: the start is claimed together with the id of its run. A connector that fails holds up no other.
 */
export async function startDue(world: World): Promise<void> {
  for (const connector of await world.connectors.list()) {
    try {
      await startIfDue(world, connector);
    } catch (error) {
      // Claimed and not started: the next trigger makes it up when the run at work has ended.
      if (error instanceof AlreadyRunning || error instanceof HoldChanged) continue;
      world.log.error('a scheduled run was not started', { connector: connector.id, error: nameOf(error) });
    }
  }
}

async function startIfDue(world: World, connector: Connector): Promise<void> {
  const { schedule, enabled } = connector.settings;
  if (!enabled || !schedule.enabled) return;
  const now = world.now();
  const last = await world.memory.loadScheduledStart(connector.id);
  const startedBy = { kind: 'schedule' } as const;
  // Saving the settings counts as a new beginning: nothing from before is made up.
  const claimed = last !== undefined && last.at >= connector.savedAt && now - last.at < makeUpMs;
  if (claimed && (await world.runs.load(last.runId)) === undefined) {
    // A trigger was cut off behind its claim, or another run of the connector was at work.
    await startRun(world, { connector, kind: 'full', startedBy, id: last.runId });
    return;
  }
  if (!isDue(schedule, Math.max(last?.at ?? 0, connector.savedAt), now)) return;
  const start = { at: now, runId: runId(world.newId()) };
  if (!(await world.memory.claimScheduledStart(connector.id, last, start))) return;
  await startRun(world, { connector, kind: 'full', startedBy, id: start.runId });
}

/** Ends held runs that nobody decided on for seven days: what they show is too old to be approved. */
export async function expireHeld(world: World): Promise<void> {
  for (const run of await world.runs.listOpen()) {
    if (run.state !== 'held' || world.now() - run.heartbeat < planLifeMs) continue;
    try {
      await endHeldRun(world, run, {
        code: 'expired',
        message: 'Nobody approved or rejected the plan for seven days: start the sync again.',
      });
    } catch (error) {
      if (error instanceof HoldChanged) continue;
      world.log.error('a held run was not ended', { run: run.id, error: nameOf(error) });
    }
  }
}

/** Pushes runs that lost their event: killed between two steps, or within one. */
export async function pushForgotten(world: World): Promise<void> {
  const now = world.now();
  for (const run of await world.runs.listOpen()) {
    if (run.state === 'held' || now - run.heartbeat < forgottenMs) continue;
    try {
      await world.queue.push({ runId: run.id, step: run.step });
    } catch (error) {
      world.log.error('a forgotten run was not pushed', { run: run.id, error: nameOf(error) });
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
