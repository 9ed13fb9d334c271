import { judgeAbsence } from './absence';
import type { Evidence } from './change';
import { createAscent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import { mapUser } from './mapping';
import type { PlanInput } from './planning';

/** What the directory should hold for one person of the source. */
export type Wish =
  | {
      readonly kind: 'account';
      readonly email: string;
      readonly displayName: string;
      /** All groups that the person counts for; which of them are synced is decided for groups. */
      readonly groups: readonly SourceGroupId[];
    }
  /** In scope and disabled: no access. */
  | { readonly kind: 'inactive' }
  /** In scope, but the mapping gives no account. */
  | { readonly kind: 'unmappable'; readonly reason: string }
  /** Linked, and no longer in scope. */
  | { readonly kind: 'out-of-scope' }
  /** Linked, and not in the source at all. */
  | { readonly kind: 'absent'; readonly evidence: Evidence };

/** The desired state of everybody who is in scope or linked; who is neither does not concern the connector. */
export function computeDesired(
  input: Pick<PlanInput, 'source' | 'links' | 'confirmedAbsent' | 'settings'>,
  inScope: ReadonlySet<SourceUserId>,
): ReadonlyMap<SourceUserId, Wish> {
  const { source, links, confirmedAbsent, settings } = input;
  const rise = createAscent(source.groups, settings.groups.subGroups);
  const linked = new Map(links.accounts.map((link) => [link.sourceUserId, link]));
  const wishes = new Map<SourceUserId, Wish>();
  for (const user of source.users) {
    if (!inScope.has(user.id)) {
      if (linked.has(user.id)) wishes.set(user.id, { kind: 'out-of-scope' });
      continue;
    }
    const mapped = mapUser(user);
    if (mapped.kind === 'unmappable') wishes.set(user.id, mapped);
    else if (!mapped.active) wishes.set(user.id, { kind: 'inactive' });
    else {
      const { email, displayName } = mapped;
      wishes.set(user.id, { kind: 'account', email, displayName, groups: rise(user.groupIds) });
    }
  }
  for (const link of links.accounts) {
    if (wishes.has(link.sourceUserId)) continue;
    wishes.set(link.sourceUserId, { kind: 'absent', evidence: judgeAbsence(link, source, confirmedAbsent) });
  }
  return wishes;
}
