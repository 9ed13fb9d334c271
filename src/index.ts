import { openAdminWorld, openConsumerBudget, openWorld } from './app';
import { createAdvance } from './handlers/advance';
import { createResolver } from './handlers/resolver';
import { createScheduled } from './handlers/scheduled';

/** The handlers that the manifest names. */
export const resolver = createResolver(openAdminWorld);
export const scheduled = createScheduled(openWorld);
export const advance = createAdvance(openWorld, openConsumerBudget);
