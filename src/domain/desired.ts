import { judgeAbsence } from './absence';
import type { Evidence } from './change';
import { createAscent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import type { MappedUser, Profile } from './mapping';
import type { PlanInput } from './planning';

/** What the directory should hold for one person of the source. */
export type Wish =
  | {
      readonly kind: 'account';
      readonly email: string;
      /** As the mapping says: no account gets such an address instead of the one that it has. */
      readonly isEmailDoubtful?: true;
      readonly displayName: string;
      /** What the account shall say, as far as the directory can be told. */
      readonly profile: Profile;
      /** All groups that the person counts for; which of them are synced is decided for groups. */
      readonly groups: readonly SourceGroupId[];
    }
  /** In scope and disabled: no access. */
  | { readonly kind: 'inactive' }
  /** In scope, but the mapping gives no account. */
  | { readonly kind: 'unmappable'; readonly reason: string }
  /** No longer in scope; `reason` where the attribute mapping says so, and not the groups. */
  | { readonly kind: 'out-of-scope'; readonly reason?: string }
  /** Linked, and not in the source at all. */
  | { readonly kind: 'absent'; readonly evidence: Evidence };

/**
 * The desired state of everybody who is in scope or linked; who is neither does not concern the connector. `mapped` has what the
 * mapping gives for each person in scope.
 */
export function computeDesired(
  input: Pick<PlanInput, 'source' | 'links' | 'confirmedAbsent' | 'settings'>,
  mapped: ReadonlyMap<SourceUserId, MappedUser>,
): ReadonlyMap<SourceUserId, Wish> {
  const { source, links, confirmedAbsent, settings } = input;
  const rise = createAscent(source.groups, settings.groups.subGroups);
  const linked = new Set(links.accounts.map((link) => link.sourceUserId));
  const wishes = new Map<SourceUserId, Wish>();
  for (const user of source.users) {
    const wish = wishFor(mapped.get(user.id), () => rise(user.groupIds));
    if (wish !== undefined) wishes.set(user.id, wish);
    else if (linked.has(user.id)) wishes.set(user.id, { kind: 'out-of-scope' });
  }
  for (const link of links.accounts) {
    if (wishes.has(link.sourceUserId)) continue;
    wishes.set(link.sourceUserId, { kind: 'absent', evidence: judgeAbsence(link, source, confirmedAbsent) });
  }
  return wishes;
}

function wishFor(mapped: MappedUser | undefined, groups: () => readonly SourceGroupId[]): Wish | undefined {
  switch (mapped?.kind) {
    case undefined:
      return undefined;
    case 'unmappable':
      return { kind: 'unmappable', reason: mapped.reason };
    case 'left-scope':
      return { kind: 'out-of-scope', reason: mapped.reason };
    case 'mapped': {
      if (!mapped.active) return { kind: 'inactive' };
      const { email, isEmailDoubtful, displayName, profile } = mapped;
      const doubt = isEmailDoubtful === undefined ? {} : { isEmailDoubtful };
      return { kind: 'account', email, ...doubt, displayName, profile, groups: groups() };
    }
  }
}
