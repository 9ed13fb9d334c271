import { Queue } from '@forge/events';
import type { Queue as StepQueue } from '../sync/ports';
import { repeat } from './storage';

/** The queue that the manifest's consumer reads. */
export const stepQueue: StepQueue = {
  push: async (event, delaySeconds = 0) => {
    // Made here, not at module level: nothing outlives an invocation.
    const queue = new Queue({ key: 'sync' });
    await repeat(() =>
      queue.push({
        body: { ...event },
        ...(delaySeconds > 0 ? { delayInSeconds: Math.min(900, delaySeconds) } : {}),
      }),
    );
  },
};
