import type { AccountId, SourceGroupId, SourceUserId } from './identity';
import type { GroupAdoption } from './link';
import type { AcceptedOutage } from './outage';

/** An administrator's word about one person and one account. */
export interface ChosenPair {
  readonly user: SourceUserId;
  readonly accountId: AccountId;
  /** From a file of links: the suspension of the account is our own doing. */
  readonly suspendedAt?: number;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What administrators decided by a click, until they decide otherwise. The next run acts on it; no click writes a link. */
export interface Choices {
  readonly adoptions: readonly GroupAdoption[];
  /** The account is the person's, although the e-mail address proves it not: for an unproven address or a new Keycloak id. */
  readonly confirmed: readonly ChosenPair[];
  /** The connector lets go of the account, and takes it back only after a confirmation. */
  readonly released: readonly ChosenPair[];
  /** The connector shall own an account that another one owns. */
  readonly owned: readonly ChosenPair[];
  /** Groups whose adoption was taken back. */
  readonly releasedGroups: readonly SourceGroupId[];
  /** What looks like an outage of a federation is real. */
  readonly outages: readonly AcceptedOutage[];
}

export const noChoices: Choices = {
  adoptions: [],
  confirmed: [],
  released: [],
  owned: [],
  releasedGroups: [],
  outages: [],
};

/** A confirmation takes back an earlier release of the same person, and replaces an earlier confirmation. */
export function confirmPairs(choices: Choices, pairs: readonly ChosenPair[]): Choices {
  const people = new Set(pairs.map(({ user }) => user));
  return {
    ...choices,
    released: choices.released.filter(({ user }) => !people.has(user)),
    confirmed: [...choices.confirmed.filter(({ user }) => !people.has(user)), ...pairs],
  };
}

export function releasePair(choices: Choices, pair: ChosenPair): Choices {
  const others = (pairs: readonly ChosenPair[]) => pairs.filter(({ user }) => user !== pair.user);
  return {
    ...choices,
    confirmed: others(choices.confirmed),
    owned: others(choices.owned),
    released: [...others(choices.released), pair],
  };
}

export function ownPair(choices: Choices, pair: ChosenPair): Choices {
  return { ...choices, owned: [...choices.owned.filter(({ accountId }) => accountId !== pair.accountId), pair] };
}

/** Adopting a group takes back its release; without an adoption the group is left to itself. */
export function adoptGroup(choices: Choices, group: SourceGroupId, adoption?: GroupAdoption): Choices {
  const adoptions = choices.adoptions.filter(({ sourceGroupId }) => sourceGroupId !== group);
  if (adoption === undefined) return { ...choices, adoptions };
  return {
    ...choices,
    adoptions: [...adoptions, adoption],
    releasedGroups: choices.releasedGroups.filter((each) => each !== group),
  };
}

export function releaseGroup(choices: Choices, group: SourceGroupId): Choices {
  const { releasedGroups, ...rest } = adoptGroup(choices, group);
  return { ...rest, releasedGroups: [...releasedGroups.filter((each) => each !== group), group] };
}
