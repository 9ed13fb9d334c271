import { expireHeld, pushForgotten, startDue } from '../sync/start-due';
import type { World } from '../sync/ports';

/** The five-minute trigger: decides and enqueues, nothing more. The status is what the platform's documents ask for. */
export function createScheduled(openWorld: () => World): () => Promise<{ readonly statusCode: number }> {
  return async () => {
    const world = openWorld();
    try {
      await startDue(world);
    } finally {
      // One connector that cannot start must not stop the watchdog of all others.
      await pushForgotten(world);
      await expireHeld(world);
    }
    return { statusCode: 204 };
  };
}
