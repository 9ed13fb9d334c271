import type { UserProvisioning } from './connector';
import type { ChosenPair } from './choices';
import type { Wish } from './desired';
import { collect, indexByEmail, type DirectoryIndex } from './directory-index';
import type { Foreign } from './foreign';
import { normalizeEmail, type AccountId, type SourceUserId } from './identity';
import { readImmutable } from './immutable';
import type { AccountLink, Links } from './link';
import { addressOf, type MappedPeople } from './map-people';
import type { DirectoryAccount, SourceSnapshot, SourceUser } from './snapshot';

export interface MatchInput {
  readonly source: SourceSnapshot;
  readonly mapped: MappedPeople;
  readonly wishes: ReadonlyMap<SourceUserId, Wish>;
  readonly links: Links;
  readonly directory: DirectoryIndex;
  readonly elsewhere: readonly DirectoryAccount[];
  /** Addresses of our own invitations that may have been sent without an answer. */
  readonly openInvitations: ReadonlySet<string>;
  readonly confirmed: readonly ChosenPair[];
  readonly released: readonly ChosenPair[];
  readonly foreign: Foreign;
  readonly settings: UserProvisioning;
}

/** Both sides and the links, ready to be asked for one person at a time. */
export interface MatchContext extends MatchInput {
  readonly users: ReadonlyMap<SourceUserId, SourceUser>;
  readonly linkOf: ReadonlyMap<SourceUserId, AccountLink>;
  readonly linksOfAccount: ReadonlyMap<AccountId, readonly AccountLink[]>;
  /** By the address that the pair was made by, and by the one that the account has now. */
  readonly linksByEmail: ReadonlyMap<string, readonly AccountLink[]>;
  readonly elsewhereByEmail: ReadonlyMap<string, readonly DirectoryAccount[]>;
  /** The people of the source who go by an address. */
  readonly holders: ReadonlyMap<string, readonly SourceUser[]>;
  /** Those whose own and verified address in Keycloak it is, whatever the mapping makes of them. */
  readonly owners: ReadonlyMap<string, readonly SourceUser[]>;
  /** Links of people who are gone, by the value that tells the person. */
  readonly goneByValue: ReadonlyMap<string, readonly AccountLink[]>;
  /** Other people whose address or immutable attribute a linked account has: nothing happens to it before an administrator has looked. */
  readonly claimants: ReadonlyMap<AccountId, readonly SourceUser[]>;
  readonly confirmedOf: ReadonlyMap<SourceUserId, ChosenPair>;
  readonly releasedOf: ReadonlyMap<SourceUserId, ChosenPair>;
}

export function openMatching(input: MatchInput): MatchContext {
  const { accounts } = input.links;
  const links = {
    users: new Map(input.source.users.map((user) => [user.id, user])),
    linkOf: new Map(accounts.map((link) => [link.sourceUserId, link])),
    linksOfAccount: collect(accounts, ({ accountId }) => accountId),
    linksByEmail: indexLinks(input),
    goneByValue: indexGone(input),
  };
  return {
    ...input,
    ...links,
    elsewhereByEmail: indexByEmail(input.elsewhere),
    holders: collect(input.source.users, (user) => addressOf(user, input.mapped)),
    owners: collect(input.source.users, ({ email, emailVerified }) =>
      emailVerified ? normalizeEmail(email) : undefined,
    ),
    claimants: findClaimants(input, links),
    confirmedOf: new Map(input.confirmed.map((pair) => [pair.user, pair])),
    releasedOf: new Map(input.released.map((pair) => [pair.user, pair])),
  };
}

/** The address of a linked account, as far as Atlassian shows it. */
export function addressOfLink({ directory }: Pick<MatchInput, 'directory'>, link: AccountLink): string {
  return normalizeEmail(directory.account.get(link.accountId)?.email) ?? link.email;
}

function indexLinks(input: MatchInput): ReadonlyMap<string, readonly AccountLink[]> {
  const byEmail = new Map<string, AccountLink[]>();
  for (const link of input.links.accounts) {
    for (const email of new Set([link.email, addressOfLink(input, link)])) {
      const before = byEmail.get(email);
      if (before === undefined) byEmail.set(email, [link]);
      else before.push(link);
    }
  }
  return byEmail;
}

function indexGone({ source, links, settings }: MatchInput): ReadonlyMap<string, readonly AccountLink[]> {
  const present = new Set(source.users.map(({ id }) => id));
  return collect(links.accounts, ({ sourceUserId, immutable }) =>
    present.has(sourceUserId) || immutable?.attribute !== settings.relinkAttribute ? undefined : immutable?.value,
  );
}

/** Links of people who are gone and were the same person, by the attribute that the settings name. */
export function findGone(
  goneByValue: MatchContext['goneByValue'],
  user: SourceUser,
  { relinkAttribute }: Pick<UserProvisioning, 'relinkAttribute'>,
): readonly AccountLink[] {
  const value = readImmutable(user, relinkAttribute)?.value;
  return value === undefined ? [] : (goneByValue.get(value) ?? []);
}

/** An unlinked person in scope may be the one of a link; a linked one claims only what the account is called now. */
function findClaimants(
  input: MatchInput,
  { linkOf, linksByEmail, goneByValue }: Pick<MatchContext, 'linkOf' | 'linksByEmail' | 'goneByValue'>,
): ReadonlyMap<AccountId, readonly SourceUser[]> {
  const claimants = new Map<AccountId, SourceUser[]>();
  for (const user of input.source.users) {
    const email = addressOf(user, input.mapped);
    const wish = input.wishes.get(user.id);
    if (wish === undefined) continue;
    const own = linkOf.get(user.id);
    // Whom the mapping leaves out at this moment may be the one of a link all the same.
    if (own === undefined && wish.kind !== 'account' && wish.kind !== 'unmappable') continue;
    const returned = own === undefined ? findGone(goneByValue, user, input.settings) : [];
    const named = email === undefined ? [] : (linksByEmail.get(email) ?? []);
    for (const link of new Set([...named, ...returned])) {
      if (link.sourceUserId === user.id || link.accountId === own?.accountId) continue;
      if (own !== undefined && addressOfLink(input, link) !== email) continue;
      const before = claimants.get(link.accountId);
      if (before === undefined) claimants.set(link.accountId, [user]);
      else before.push(user);
    }
  }
  return claimants;
}
