import type { SourceGroupId } from './identity';
import type { AccountLink } from './link';
import { federationOf, findOutages } from './outage';
import type { PlanInput } from './planning';
import { computeScopeGroups } from './scope';
import type { Removals, SourceUser } from './snapshot';

/** What speaks against taking something away, asked for one person at a time; an answer is the sentence why. */
export interface Doubts {
  /** Against the whole run: either snapshot is not beyond doubt. */
  readonly removals: Removals;
  /** Sentences about federations and groups that are held. */
  readonly notes: readonly string[];
  whyNotDeprovision(person: Federated): string | undefined;
  /** The same for somebody who is taken for having left the scope. */
  whyNotLeave(person: Federated): string | undefined;
  whyNotRemoveFrom(group: SourceGroupId, person: Federated): string | undefined;
}

/** The federations that a person belongs to now and belonged to at the last accepted read. */
export type Federated = ReadonlySet<string>;

export function computeFederations(user: SourceUser | undefined, link: AccountLink | undefined): Federated {
  const now = user === undefined ? undefined : federationOf(user.id, user.federationLink);
  const before = link === undefined ? undefined : federationOf(link.sourceUserId, link.lastSeen.federationLink);
  return new Set([now, before].filter((federation) => federation !== undefined));
}

/** Gathers every reason of a plan not to take something: withheld snapshots, links of another issuer, outages. */
export function computeDoubts(input: Pick<PlanInput, 'source' | 'directory' | 'links' | 'settings'>): Doubts {
  const reasons = collectReasons(input);
  const outages = findOutages(input.source, input.links);
  const all = reasons.length === 0 ? undefined : reasons.join(' ');
  const first = (sentences: ReadonlyMap<string, string> | undefined, person: Federated): string | undefined => {
    for (const federation of person) {
      const sentence = sentences?.get(federation);
      if (sentence !== undefined) return sentence;
    }
    return undefined;
  };
  const scopeGroups = [...computeScopeGroups(input.source.groups, input.settings.scope)];
  const whyNotDeprovision = (person: Federated) => all ?? first(outages.federations, person);
  return {
    removals: reasons.length === 0 ? { kind: 'allowed' } : { kind: 'withheld', reasons },
    notes: [...outages.federations.values(), ...[...outages.groups.values()].flatMap((held) => [...held.values()])],
    whyNotDeprovision,
    whyNotLeave(person) {
      const held = scopeGroups.map((group) => first(outages.groups.get(group), person));
      return whyNotDeprovision(person) ?? held.find((sentence) => sentence !== undefined);
    },
    whyNotRemoveFrom: (group, person) => whyNotDeprovision(person) ?? first(outages.groups.get(group), person),
  };
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
