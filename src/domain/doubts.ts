import { isLostByRename, isSurelyDisabled } from './absence';
import { listFederations, type FederationNames } from './federation-name';
import type { SourceGroupId } from './identity';
import type { AccountLink, LastSeen } from './link';
import { federationOf, findOutages } from './outage';
import type { PlanInput } from './planning';
import { computeScopeGroups } from './scope';
import { describeShrinking } from './shrinking';
import type { Removals, SourceUser } from './snapshot';

/** What speaks against taking something away, asked for one person at a time; an answer is the sentence why. */
export interface Doubts {
  /** Against the whole run: either snapshot is not beyond doubt. */
  readonly removals: Removals;
  /** Sentences about federations and groups that are held. */
  readonly notes: readonly string[];
  whyNotDeprovision(person: Federated): string | undefined;
  /** The same for somebody who is disabled in Keycloak. */
  whyNotDisable(person: Federated): string | undefined;
  /** The same for somebody who is taken for having left the scope: by groups, or because the attribute mapping says so. */
  whyNotLeave(person: Federated, by: 'groups' | 'mapping'): string | undefined;
  whyNotRemoveFrom(group: SourceGroupId, person: Federated): string | undefined;
}

/** The federations that a person belongs to now and belonged to at the last accepted read, and how the two differ. */
export interface Federated {
  readonly ids: readonly string[];
  readonly user?: SourceUser;
  readonly before?: LastSeen;
}

export function computeFederations(user: SourceUser | undefined, link: AccountLink | undefined): Federated {
  const now = user === undefined ? undefined : federationOf(user.id, user.federationLink);
  const before = link === undefined ? undefined : federationOf(link.sourceUserId, link.lastSeen.federationLink);
  const ids = [...new Set([now, before].filter((federation) => federation !== undefined))];
  if (ids.length === 0 || user === undefined || link === undefined) return { ids };
  return { ids, user, before: link.lastSeen };
}

/** Gathers every reason of a plan not to take something: withheld snapshots, links of another issuer, outages. */
export function computeDoubts(input: Pick<PlanInput, 'source' | 'directory' | 'links' | 'settings'>): Doubts {
  const reasons = collectReasons(input);
  const names = input.source.federations;
  const outages = findOutages(input.source, input.links, input.settings);
  const shrinking = [...describeShrinking(input.source, input.links, input.settings.scope)].flatMap(
    ([federation, sentence]) => (outages.federations.has(federation) ? [] : [sentence]),
  );
  const all = reasons.length === 0 ? undefined : reasons.join(' ');
  const first = (sentences: ReadonlyMap<string, string> | undefined, person: Federated): string | undefined => {
    for (const federation of person.ids) {
      const sentence = sentences?.get(federation);
      if (sentence !== undefined) return sentence;
    }
    return undefined;
  };
  const scopeGroups = [...computeScopeGroups(input.source.groups, input.settings.scope)];
  const whyNotDeprovision = (person: Federated) => all ?? first(outages.federations, person);
  const whyNotDisable = (person: Federated) => {
    const { user, before } = person;
    const unsure = user !== undefined && before !== undefined && !isSurelyDisabled(user, before, input.source);
    return whyNotDeprovision(person) ?? (unsure ? describeUnsure(person, names) : undefined);
  };
  return {
    removals: reasons.length === 0 ? { kind: 'allowed' } : { kind: 'withheld', reasons },
    notes: [
      ...outages.federations.values(),
      ...[...outages.groups.values()].flatMap((held) => [...held.values()]),
      ...shrinking,
    ],
    whyNotDeprovision,
    whyNotDisable,
    whyNotLeave(person, by) {
      // Of somebody whom LDAP did not show for a moment, attributes are missing together with the rest, and no list of members tells.
      if (by === 'mapping' && person.user?.enabled === false) {
        const unsure = whyNotDisable(person);
        if (unsure !== undefined) return unsure;
      }
      const held = scopeGroups.map((group) => first(outages.groups.get(group), person));
      const doubt = whyNotDeprovision(person) ?? held.find((sentence) => sentence !== undefined);
      return doubt ?? first(outages.memberships, person) ?? describeRename(person, names);
    },
    whyNotRemoveFrom: (group, person) =>
      whyNotDeprovision(person) ??
      first(outages.groups.get(group), person) ??
      first(outages.memberships, person) ??
      describeRename(person, names),
  };
}

function describeUnsure({ ids }: Federated, names: FederationNames | undefined): string {
  return `Is disabled in Keycloak and has lost groups, as when the LDAP server of ${listFederations(ids, names)} does not answer: this counts when a run twelve hours later still finds it so.`;
}

function describeRename({ ids, user, before }: Federated, names: FederationNames | undefined): string | undefined {
  if (user === undefined || before === undefined || !isLostByRename(user, before)) return undefined;
  return `The user name changed from "${before.username ?? ''}" to "${user.username}" in ${listFederations(ids, names)} and groups are missing since: let the LDAP groups name the new entry.`;
}

function collectReasons({ source, directory, links }: Pick<PlanInput, 'source' | 'directory' | 'links'>): string[] {
  const reasons = [source.removals, directory.removals].flatMap((removals) =>
    removals.kind === 'withheld' ? removals.reasons : [],
  );
  if (links.issuer !== source.issuer && links.accounts.length + links.groups.length > 0) {
    reasons.push('The links were made for another issuer than the one that was read.');
  }
  return [...new Set(reasons)];
}
