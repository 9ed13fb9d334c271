import { isDue } from '../domain/schedule';
import type { World } from './ports';
import { AlreadyRunning, startRun } from './start-run';

/** A run without a sign of life for so long is pushed again. */
const forgottenMs = 20 * 60_000;

/**
 * What the five-minute trigger does: starts what is due, once however many times were missed, and pushes again what was
 * forgotten. Duplicated triggers change nothing: a connector runs once at a time, and an event is worked on once.
 */
export async function startDue(world: World): Promise<void> {
  for (const connector of await world.connectors.list()) {
    const { schedule } = connector.settings;
    if (!schedule.enabled) continue;
    const now = world.now();
    const last = (await world.memory.loadScheduledAt(connector.id)) ?? connector.savedAt;
    if (!isDue(schedule, Math.max(last, connector.savedAt), now)) continue;
    try {
      await startRun(world, { connector, kind: 'full', startedBy: { kind: 'schedule' } });
      await world.memory.saveScheduledAt(connector.id, now);
    } catch (error) {
      // Due as before: the next trigger starts it when the run at work has ended.
      if (!(error instanceof AlreadyRunning)) throw error;
    }
  }
}

/** Pushes runs that lost their event: killed between two steps, or within one. */
export async function pushForgotten(world: World): Promise<void> {
  const now = world.now();
  for (const run of await world.runs.listOpen()) {
    if (run.state === 'held' || now - run.heartbeat < forgottenMs) continue;
    await world.queue.push({ runId: run.id, step: run.step });
  }
}
