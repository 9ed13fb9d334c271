import type { Scope } from './connector';
import { describeFederation } from './federation-name';
import type { Links } from './link';
import { federationOf, tooManyOf } from './outage';
import { createKnownTest } from './scope';
import type { SourceSnapshot } from './snapshot';

/**
 * One sentence for each federation of which many people are in fewer groups than at the last accepted read. It may be meant;
 * an LDAP server that stops while members are read looks the same (measured), so whoever approves the plan should know. Who leaves
 * the scope has lost a required group at least, whether or not the other ones were read.
 */
export function describeShrinking(source: SourceSnapshot, links: Links, scope: Scope): ReadonlyMap<string, string> {
  const isKnown = createKnownTest(source, scope);
  const users = new Map(source.users.map((user) => [user.id, user]));
  const tally = new Map<string, { known: number; fewer: number }>();
  for (const { sourceUserId, lastSeen } of links.accounts) {
    const user = users.get(sourceUserId);
    const federation = federationOf(sourceUserId, lastSeen.federationLink);
    if (federation === undefined || user?.enabled !== true) continue;
    const count = tally.get(federation) ?? { known: 0, fewer: 0 };
    count.known += 1;
    const { groups = 0, leftSince } = lastSeen;
    const isFewer = isKnown(user) ? user.groupIds.length < groups : groups > 0 && leftSince === undefined;
    if (isFewer) count.fewer += 1;
    tally.set(federation, count);
  }
  const sentences = new Map<string, string>();
  for (const [federation, { known, fewer }] of tally) {
    if (!tooManyOf(fewer, known)) continue;
    const what = `${fewer} of ${known} linked people of ${describeFederation(federation, source.federations)} are in fewer groups than before`;
    sentences.set(
      federation,
      `${what}: that may be meant, but an LDAP server that stops while Keycloak is read looks the same.`,
    );
  }
  return sentences;
}
