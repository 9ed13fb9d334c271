import type { Connector } from '../domain/connector';
import { StorageFault } from '../domain/errors';
import type { ConnectorId } from '../domain/identity';
import type { World } from './ports';

/**
 * Switches the schedule of a connector off until somebody switches it on, and says why, a sentence. `by` is whose decision it was;
 * left out when the app decided. Where the schedule is off already, nothing happens.
 */
export async function pauseSchedule(
  world: Pick<World, 'connectors' | 'now'>,
  id: ConnectorId,
  because: string,
  by?: string,
): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const connector = await world.connectors.load(id);
    if (connector === undefined || !connector.settings.schedule.enabled) return;
    if (await world.connectors.save(pause(connector, because, world.now(), by))) return;
  }
  throw new StorageFault('The schedule could not be paused: switch it off in Sync Settings.');
}

function pause(connector: Connector, because: string, now: number, by: string | undefined): Connector {
  const { id, baseUrl, createdAt } = connector;
  const settings = { ...connector.settings, schedule: { ...connector.settings.schedule, enabled: false } };
  const saved =
    by === undefined ? { savedAt: connector.savedAt, savedBy: connector.savedBy } : { savedAt: now, savedBy: by };
  return {
    ...{ id, revision: connector.revision + 1, settings, createdAt, ...saved, pausedBecause: because },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}
