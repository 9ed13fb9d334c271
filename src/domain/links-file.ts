import type { GroupMode } from './group-mode';
import type { ChosenPair } from './choices';
import { accountId, connectorId, groupId, sourceGroupId, sourceUserId } from './identity';
import type { AccountLink, GroupAdoption, GroupLink, Links } from './link';
import { describeMark } from './group-mark';

/** What a connector remembers about both sides, to keep or to carry to another one. No secret is in it. */
export interface LinksFile {
  readonly format: 'user-group-sync-links';
  readonly version: 1;
  readonly connectorId: string;
  readonly issuer: string;
  readonly accounts: readonly {
    readonly user: string;
    readonly username?: string;
    readonly accountId: string;
    readonly email: string;
    readonly origin: 'invited' | 'adopted';
    /** ISO time of our own suspension, while it stands. */
    readonly suspendedAt?: string;
    /** Another connector owns the account. */
    readonly guest?: true;
  }[];
  readonly groups: readonly {
    readonly sourceGroupId: string;
    readonly groupId: string;
    readonly name: string;
    readonly origin: 'created' | 'adopted';
    readonly mode: GroupMode;
    /** The line in the description of a created group. */
    readonly mark?: string;
  }[];
}

/** One of `parts` of a file, 0-based. Parts with the same `state` belong together: the links did not change in between. */
export type LinksPart = LinksFile & { readonly parts: number; readonly state: string };

/** So many accounts and groups travel in one answer: Forge's limit is 5 MB. */
export const linksInPart = 10_000;

export function countLinkParts({ accounts, groups }: Links): number {
  return Math.max(1, Math.ceil(Math.max(accounts.length, groups.length) / linksInPart));
}

/** One part of the links, 0-based. */
export function writeLinksFile({ connectorId: connector, issuer, accounts, groups }: Links, part = 0): LinksFile {
  const cut = <Link>(all: readonly Link[]) => all.slice(part * linksInPart, (part + 1) * linksInPart);
  const writeAccount = (link: AccountLink) => {
    const { sourceUserId: user, username, email, origin, suspendedAt, guest } = link;
    return {
      user,
      ...(username === undefined ? {} : { username }),
      accountId: link.accountId,
      email,
      origin,
      ...(suspendedAt === undefined ? {} : { suspendedAt: new Date(suspendedAt).toISOString() }),
      ...(guest === undefined ? {} : { guest }),
    };
  };
  const writeGroup = (link: GroupLink) => {
    const { sourceGroupId: group, name, origin, mode } = link;
    const mark = origin === 'created' ? { mark: describeMark({ connectorId: connector, sourceGroupId: group }) } : {};
    return { sourceGroupId: group, groupId: link.groupId, name, origin, mode, ...mark };
  };
  return {
    format: 'user-group-sync-links',
    version: 1,
    connectorId: connector,
    issuer,
    accounts: cut(accounts).map(writeAccount),
    groups: cut(groups).map(writeGroup),
  };
}

/**
 * A file as choices of the administrator who imports it. Nothing of it is believed: the next run links an account or a group only
 * where a click on it would do so.
 */
export function readLinksFile(
  file: Pick<LinksFile, 'connectorId' | 'accounts' | 'groups'>,
  by: string,
  at: number,
): { readonly pairs: readonly ChosenPair[]; readonly adoptions: readonly GroupAdoption[] } {
  return {
    pairs: file.accounts.map((account) => ({
      user: sourceUserId(account.user),
      accountId: accountId(account.accountId),
      ...(account.suspendedAt === undefined ? {} : { suspendedAt: Date.parse(account.suspendedAt) }),
      by,
      at,
    })),
    adoptions: file.groups.map((group) => ({
      sourceGroupId: sourceGroupId(group.sourceGroupId),
      groupId: groupId(group.groupId),
      mode: group.mode,
      ...(group.origin === 'created' ? { from: connectorId(file.connectorId) } : {}),
      by,
      at,
    })),
  };
}
