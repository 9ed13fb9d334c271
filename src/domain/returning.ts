import type { Change } from './change';
import type { Links } from './link';
import type { Plan, Violation } from './plan';

/** Fewer people than this coming back together are daily life. */
const fewest = 3;

/** What a plan reactivates, against what is known of these people. */
export interface Returning {
  /** People of the realm who were gone from Keycloak and are back under their old ids. */
  readonly revenants: number;
  /** Accounts that this connector deactivated. */
  readonly suspended: number;
}

export function computeReturning(links: Links, changes: readonly Change[]): Returning {
  const restored = new Set(changes.flatMap((change) => (change.kind === 'restore' ? [change.user] : [])));
  // Ids that begin with `f:` are made of a user name: they come back with a filter of LDAP.
  const revenants = links.accounts.filter(
    ({ sourceUserId, lastSeen }) =>
      restored.has(sourceUserId) && lastSeen.absentSince !== undefined && !sourceUserId.startsWith('f:'),
  );
  const suspended = links.accounts.filter(({ suspendedAt }) => suspendedAt !== undefined);
  return { revenants: revenants.length, suspended: suspended.length };
}

/**
 * A realm that was restored from an old backup reactivates nobody by itself. It is told by people who were deleted and are back
 * under their old ids, which Keycloak gives to nobody else, and by most of the deactivated people coming back together.
 */
export function checkReturning({ base, counts }: Plan): readonly Violation[] {
  const found = counts.changes.restore;
  if (found === 0 || base.returning === undefined) return [];
  const { revenants, suspended } = base.returning;
  const backup = 'as after a backup of the realm was restored';
  const violations: Violation[] = [];
  if (revenants > 0) {
    const message = `${revenants} people who were gone from Keycloak are back under their old ids, ${backup}: nobody is reactivated without approval.`;
    violations.push({ guard: 'back-after-deletion', found: revenants, limit: 0, message });
  }
  if (found >= fewest && found * 2 > suspended) {
    const message = `${found} of the ${suspended} accounts that this connector deactivated would be reactivated at once, ${backup}.`;
    violations.push({ guard: 'back-together', found, limit: Math.max(fewest - 1, Math.floor(suspended / 2)), message });
  }
  return violations;
}
