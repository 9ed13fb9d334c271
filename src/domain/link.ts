import type { GroupMode } from './group-mode';
import type { Choices } from './choices';
import type { AccountId, ConnectorId, GroupId, SourceGroupId, SourceUserId } from './identity';

/** How a linked person was seen by the last accepted complete read: what outages and absences are judged against. */
export interface LastSeen {
  readonly enabled: boolean;
  readonly federationLink?: string;
  /** Of people of a federation: the user name, and the number of groups. */
  readonly username?: string;
  readonly groups?: number;
  /** Of people of a federation: ids of the required groups that they were in, with blanks between them. */
  readonly required?: string;
  /** Epoch milliseconds of the first complete read that showed somebody of a federation disabled and without their groups. */
  readonly disabledSince?: number;
  /** Epoch milliseconds of the first complete read that no longer had the person, and of the latest such read. */
  readonly absentSince?: number;
  readonly absentUntil?: number;
  /** Epoch milliseconds of the first complete read that showed somebody listed and out of scope; gone with the return. */
  readonly leftSince?: number;
}

/** A value that stays with a person whatever becomes of the Keycloak id, such as LDAP_ID. */
export interface Immutable {
  readonly attribute: string;
  readonly value: string;
}

/** The remembered pair Keycloak user <-> Atlassian account. */
export interface AccountLink {
  readonly sourceUserId: SourceUserId;
  readonly accountId: AccountId;
  /** The user name in Keycloak when the pair was made: what tells a person who comes back under a new id. Old links have none. */
  readonly username?: string;
  /** The value that tells the person even under a new Keycloak id, and of which attribute it is; kept as first seen. */
  readonly immutable?: Immutable;
  /** Another connector owns the account: this one fills and empties its own groups, and leaves the account itself alone. */
  readonly guest?: true;
  /** The address that the pair was made by, lower case. */
  readonly email: string;
  readonly origin: 'invited' | 'adopted';
  readonly linkedAt: number;
  /** Whether the directory has shown the account since; until then the person is *invited*, not gone. */
  readonly visible: boolean;
  /** When this connector suspended the account, until it restores it. Somebody else's suspension leaves no mark here. */
  readonly suspendedAt?: number;
  readonly lastSeen: LastSeen;
}

/** The remembered pair Keycloak group <-> Atlassian group. */
export interface GroupLink {
  readonly sourceGroupId: SourceGroupId;
  readonly groupId: GroupId;
  /** The Atlassian name; a rename in Keycloak does not change it. */
  readonly name: string;
  readonly origin: 'created' | 'adopted';
  /** *add only* never removes a member; *take over* may remove linked members. Created groups are taken over by birth. */
  readonly mode: GroupMode;
  readonly linkedAt: number;
  /** Number of members of each federation (key `''`: the realm's own people) at the last accepted read. */
  readonly lastMembers: Readonly<Record<string, number>>;
  /** The mark of the scope whose people alone were counted; absent: everybody was. */
  readonly countedFor?: string;
}

/** All links of one connector, made for one issuer. */
export interface Links {
  readonly connectorId: ConnectorId;
  readonly issuer: string;
  readonly accounts: readonly AccountLink[];
  readonly groups: readonly GroupLink[];
}

/** One step in the history of links, as the journal keeps it: last entry of a key wins. */
export type LinkEntry =
  | { readonly kind: 'account'; readonly link: AccountLink }
  | { readonly kind: 'group'; readonly link: GroupLink }
  | { readonly kind: 'drop-account'; readonly sourceUserId: SourceUserId }
  | { readonly kind: 'drop-group'; readonly sourceGroupId: SourceGroupId };

/** An administrator's click: this Keycloak group shall use that existing Atlassian group. */
export interface GroupAdoption {
  readonly sourceGroupId: SourceGroupId;
  readonly groupId: GroupId;
  readonly mode: GroupMode;
  /** From a file of links: the connector that created the group, and whose mark it may carry although it is gone. */
  readonly from?: ConnectorId;
  readonly by: string;
  readonly at: number;
}

/** Entries that drop what an administrator released. */
export function findReleased(
  links: Links,
  { released, releasedGroups }: Pick<Choices, 'released' | 'releasedGroups'>,
): readonly LinkEntry[] {
  const pairs = new Set(released.map(({ user, accountId }) => `${user} ${accountId}`));
  const groups = new Set(releasedGroups);
  return [
    ...links.accounts
      .filter(({ sourceUserId, accountId }) => pairs.has(`${sourceUserId} ${accountId}`))
      .map(({ sourceUserId }): LinkEntry => ({ kind: 'drop-account', sourceUserId })),
    ...links.groups
      .filter(({ sourceGroupId, origin }) => origin === 'adopted' && groups.has(sourceGroupId))
      .map(({ sourceGroupId }): LinkEntry => ({ kind: 'drop-group', sourceGroupId })),
  ];
}

/** The links after the entries, in order. */
export function applyLinkEntries(links: Links, entries: readonly LinkEntry[]): Links {
  if (entries.length === 0) return links;
  const accounts = new Map(links.accounts.map((link) => [link.sourceUserId, link]));
  const groups = new Map(links.groups.map((link) => [link.sourceGroupId, link]));
  for (const entry of entries) {
    if (entry.kind === 'account') accounts.set(entry.link.sourceUserId, entry.link);
    else if (entry.kind === 'group') groups.set(entry.link.sourceGroupId, entry.link);
    else if (entry.kind === 'drop-account') accounts.delete(entry.sourceUserId);
    else groups.delete(entry.sourceGroupId);
  }
  return { ...links, accounts: [...accounts.values()], groups: [...groups.values()] };
}
