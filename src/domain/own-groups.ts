import { changeKey, type Change } from './change';
import type { Scope, SubGroups } from './connector';
import { describeFederation } from './federation-name';
import { createDescent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import { federationOf } from './outage';
import { computeScopeGroups, measureScope } from './scope';
import type { SourceSnapshot, SourceUser } from './snapshot';

/** A change that only holds while the person is in none of these groups of Keycloak; the lists of members said so. */
export interface Claim {
  readonly key: string;
  readonly user: SourceUserId;
  readonly groups: ReadonlySet<SourceGroupId>;
  /** For a person of a federation: others of it who are listed in these groups. When LDAP does not answer, their records lack them too. */
  readonly witnesses: readonly Witness[];
}

export interface Witness {
  readonly user: SourceUserId;
  readonly group: SourceGroupId;
  /** What sentences call the federation. */
  readonly federation: string;
}

/** Groups by person, as Keycloak's record of each shows them; `null`: it did not know the person any more. */
export type OwnGroups = Readonly<Record<string, readonly string[] | null>>;

/**
 * Removals that rest on a missing row in a list of members: a membership that is not listed any more, and whatever is taken
 * from a person who is in no required group any more. People whom the snapshot does not list at all are confirmed in another
 * way, disabled ones need no group to be disabled. Where members count for the groups above, the record must name none below either.
 */
export function findClaims(
  changes: readonly Change[],
  source: SourceSnapshot,
  scope: Scope,
  subGroups: SubGroups,
): readonly Claim[] {
  const users = new Map(source.users.map((user) => [user.id, user]));
  const required = [...computeScopeGroups(source.groups, scope)];
  const { inScope } = measureScope(source, scope);
  const findWitnesses = indexWitnesses(source);
  const descend = createDescent(source.groups);
  return changes.flatMap((change): readonly Claim[] => {
    if (change.kind !== 'remove-member' && change.kind !== 'suspend' && change.kind !== 'remove-account') return [];
    const user = users.get(change.user);
    if (user === undefined) return [];
    const listed = user.groupIds;
    const key = changeKey(change);
    const claim = (groups: ReadonlySet<SourceGroupId>) => [
      { key, user: change.user, groups, witnesses: findWitnesses(user, groups) },
    ];
    if (!inScope.has(user.id)) {
      // Who is listed in every required group is out because of an excluded one, and no missing row says that.
      const unlisted = required.filter((id) => !listed.includes(id));
      return unlisted.length === 0 ? [] : claim(new Set(unlisted));
    }
    if (change.kind !== 'remove-member') return [];
    const group: ReadonlySet<SourceGroupId> = new Set([change.group]);
    const counting = subGroups === 'parents' ? descend(group) : group;
    return listed.some((id) => counting.has(id)) ? [] : claim(counting);
  });
}

/** Everybody whose record is needed to judge the claims, each once. */
export function listAsked(claims: readonly Claim[]): readonly SourceUserId[] {
  return [...new Set(claims.flatMap(({ user, witnesses }) => [user, ...witnesses.map((witness) => witness.user)]))];
}

/** Whether everybody was asked whom the claim needs. */
export function isAnswered({ user, witnesses }: Claim, own: OwnGroups): boolean {
  return own[user] !== undefined && witnesses.every((witness) => own[witness.user] !== undefined);
}

/** Why the change is not made: the sentence for a claim that the records contradict; `undefined` where they agree. */
export function describeDispute(claim: Claim, own: OwnGroups): string | undefined {
  const record = own[claim.user];
  if (record === undefined || !isAnswered(claim, own)) {
    return 'Keycloak was not asked about this person yet: nothing is taken before a later run.';
  }
  if (record === null)
    return 'Keycloak listed this person and then did not know them: nothing is taken before a later run.';
  const ids: ReadonlySet<string> = claim.groups;
  if (record.some((id) => ids.has(id))) {
    return "Keycloak's record of this person still names the group, although its list of members does not: nothing is taken.";
  }
  const silent = claim.witnesses.find(({ user, group }) => own[user]?.includes(group) !== true);
  if (silent === undefined) return undefined;
  return `Keycloak's records of other people lack the group as well, although its list of members has them: the LDAP server of ${silent.federation} seems not to answer, so nothing is taken.`;
}

/** One listed member of the same federation for each group. */
function indexWitnesses({ users, federations }: SourceSnapshot) {
  const found = new Map<string, Witness>();
  for (const user of users) {
    const federation = federationOf(user.id, user.federationLink);
    if (federation === undefined || !user.enabled) continue;
    const name = describeFederation(federation, federations);
    for (const group of user.groupIds) {
      found.set(`${federation} ${group}`, { user: user.id, group, federation: name });
    }
  }
  return (person: SourceUser, groups: ReadonlySet<SourceGroupId>): readonly Witness[] => {
    const federation = federationOf(person.id, person.federationLink);
    if (federation === undefined) return [];
    return [...groups].flatMap((group) => found.get(`${federation} ${group}`) ?? []);
  };
}
