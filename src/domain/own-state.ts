import { changeKey, isDeprovision, type Change } from './change';
import type { SourceUserId } from './identity';
import { federationOf } from './outage';
import type { SourceSnapshot } from './snapshot';

/** A change that only holds while the person is disabled; a list said so. */
export interface DisabledClaim {
  readonly key: string;
  readonly user: SourceUserId;
}

/** By person: whether Keycloak's record of each shows them disabled; `null`: it did not know the person any more. */
export type OwnStates = Readonly<Record<string, 'enabled' | 'disabled' | null>>;

/**
 * What is taken from people of a federation because a list shows them disabled. LDAP that does not answer for a moment shows in a
 * list as somebody disabled, one person alone where the others are remembered (measured).
 */
export function findDisabledClaims(changes: readonly Change[], source: SourceSnapshot): readonly DisabledClaim[] {
  const users = new Map(source.users.map((user) => [user.id, user]));
  return changes.flatMap((change): readonly DisabledClaim[] => {
    if (!isDeprovision(change) || !('user' in change)) return [];
    const user = users.get(change.user);
    if (user === undefined || user.enabled || federationOf(user.id, user.federationLink) === undefined) return [];
    return [{ key: changeKey(change), user: user.id }];
  });
}

/** Why the change is not made; `undefined` where the person's record agrees. */
export function describeEnabled({ user }: DisabledClaim, own: OwnStates): string | undefined {
  switch (own[user]) {
    case 'disabled':
      return undefined;
    case 'enabled':
      return "Keycloak's record of this person is enabled, although its list of users showed it disabled: nothing is taken.";
    case null:
      return 'Keycloak listed this person and then did not know them: nothing is taken before a later run.';
    case undefined:
      return 'Keycloak was not asked about this person yet: nothing is taken before a later run.';
  }
}
