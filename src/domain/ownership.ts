import type { ChosenPair } from './choices';
import type { Foreign } from './foreign';
import type { AccountId, ConnectorId, GroupId } from './identity';
import type { AccountLink, Links } from './link';
import type { Deprovisioned, RecentWrite } from './memory';

/** One connector of a directory, with what it holds there. */
export interface Holder {
  readonly name: string;
  readonly links: Links;
  /** Accounts that it was told to own. */
  readonly owned: readonly ChosenPair[];
  readonly deprovisioned: readonly Deprovisioned[];
  readonly recent: readonly RecentWrite[];
}

/**
 * Settles who owns what among the connectors of one directory: an account belongs to whom an administrator gave it last, else to
 * who linked it first and did not come as a guest; a group to who linked it first. Gives our links with every foreign account
 * marked as a guest's, and what the others have.
 */
export function computeOwnership(
  own: Holder,
  others: readonly Holder[],
): { readonly links: Links; readonly foreign: Foreign } {
  const owners = findOwners([own, ...others]);
  const me = own.links.connectorId;
  const accounts = new Map([...owners].filter(([, owner]) => owner !== me));
  return {
    links: {
      ...own.links,
      accounts: own.links.accounts.map((link) => markGuest(link, owners.get(link.accountId), me)),
    },
    foreign: {
      accounts,
      groups: new Map([...findGroupOwners([own, ...others])].filter(([, owner]) => owner !== me)),
      invited: new Map(
        others.flatMap(({ links }) =>
          links.accounts.filter(({ visible }) => !visible).map(({ email }) => [email, links.connectorId]),
        ),
      ),
      names: new Map(others.map(({ name, links }) => [links.connectorId, name])),
      managedAccounts: new Set(others.flatMap(({ links }) => links.accounts.map(({ accountId }) => accountId))),
      managedGroups: new Set(others.flatMap(({ links }) => links.groups.map(({ groupId }) => groupId))),
      deprovisioned: others.flatMap(({ deprovisioned }) => deprovisioned),
      recent: others.flatMap(({ recent }) => recent.filter(({ kind }) => kind !== 'invited')),
    },
  };
}

/** A guest whose owner is gone stays a guest until somebody hands the account over. */
function markGuest(link: AccountLink, owner: ConnectorId | undefined, me: ConnectorId): AccountLink {
  const { guest, ...rest } = link;
  if (owner === me) return guest === undefined ? link : rest;
  return owner === undefined && guest === undefined ? link : { ...rest, guest: true };
}

interface Claim {
  readonly connector: ConnectorId;
  readonly since: number;
}

function findOwners(holders: readonly Holder[]): ReadonlyMap<AccountId, ConnectorId> {
  const first = new Map<AccountId, Claim>();
  const given = new Map<AccountId, Claim>();
  for (const { links, owned } of holders) {
    const connector = links.connectorId;
    const held = new Set(links.accounts.map(({ accountId }) => accountId));
    for (const { accountId, linkedAt, guest } of links.accounts) {
      if (guest === undefined) keepFirst(first, accountId, { connector, since: linkedAt });
    }
    for (const { accountId, at } of owned) {
      // The latest click counts, and only for who has a link.
      if (held.has(accountId) && (given.get(accountId)?.since ?? -1) < at)
        given.set(accountId, { connector, since: at });
    }
  }
  return new Map([...first, ...given].map(([account, { connector }]) => [account, connector]));
}

function findGroupOwners(holders: readonly Holder[]): ReadonlyMap<GroupId, ConnectorId> {
  const first = new Map<GroupId, Claim>();
  for (const { links } of holders) {
    for (const { groupId, linkedAt } of links.groups) {
      keepFirst(first, groupId, { connector: links.connectorId, since: linkedAt });
    }
  }
  return new Map([...first].map(([group, { connector }]) => [group, connector]));
}

function keepFirst<Key>(claims: Map<Key, Claim>, key: Key, claim: Claim): void {
  const before = claims.get(key);
  const earlier =
    before === undefined ||
    claim.since < before.since ||
    (claim.since === before.since && claim.connector < before.connector);
  if (earlier) claims.set(key, claim);
}
