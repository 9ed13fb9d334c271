import type { Budget, World } from '../sync/ports';
import type { AdminWorld } from './admin-world';
import { createAdvance } from './advance';
import { createResolver } from './resolver';
import { createScheduled } from './scheduled';

/** The handlers that the manifest names, with what they open for each invocation. */
export function bindHandlers(app: {
  readonly openWorld: () => World;
  readonly openAdminWorld: () => AdminWorld;
  readonly openConsumerBudget: () => Budget;
}) {
  return {
    resolver: createResolver(app.openAdminWorld),
    scheduled: createScheduled(app.openWorld),
    advance: createAdvance(app.openWorld, app.openConsumerBudget),
  };
}
