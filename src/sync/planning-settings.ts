import { isDeepStrictEqual } from 'node:util';
import type { ConnectorSettings } from '../domain/connector';

/**
 * Whether two settings make the same plan of the same readings. When it runs and how it is approved may differ: an undo pauses,
 * *first load* ends.
 */
export function plansTheSame(one: ConnectorSettings, other: ConnectorSettings): boolean {
  return isDeepStrictEqual(whatPlans(one), whatPlans(other));
}

function whatPlans({ keycloak, scope, users, groups, cleanup }: ConnectorSettings) {
  return { keycloak, scope, users, groups, cleanup };
}
