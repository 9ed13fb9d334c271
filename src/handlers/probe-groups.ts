import { describePicked, selectLookedUp } from '../domain/chosen-groups';
import type { Connector } from '../domain/connector';
import { SourceError } from '../domain/errors';
import type { Probe } from '../domain/probe';
import type { Secret } from '../domain/secret';
import type { AdminWorld } from './admin-world';

/** With less time left of a resolver's 25 seconds they are not begun. */
const reserveMs = 12_000;

/**
 * Whether the groups that the settings pick still exist, behind a connection test that could read groups. What keeps it from
 * looking is no failure of the connection: then the lines say so.
 */
export async function probePicked(
  admin: AdminWorld,
  connector: Connector,
  secret: Secret,
  tested: readonly Probe[],
): Promise<readonly Probe[]> {
  const ids = selectLookedUp(connector.settings);
  if (ids.length === 0) return [];
  const skip = (message: string) =>
    describePicked(connector.settings, new Set()).map((probe): Probe => ({ ...probe, state: 'skipped', message }));
  const groups = tested.find(({ id }) => id === 'groups');
  if (groups?.state === 'failed' || groups?.state === 'skipped')
    return skip('Not tested, because of what failed before.');
  if (admin.timeLeft() < reserveMs) return skip('There was no time left to look them up: test again.');
  try {
    return describePicked(connector.settings, await admin.findLostGroups(connector, secret, ids));
  } catch (error) {
    if (error instanceof SourceError) return skip(error.message);
    throw error;
  }
}
