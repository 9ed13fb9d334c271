import type { ConnectorSettings } from './connector';
import { indexDirectory, type DirectoryIndex } from './directory-index';
import type { Foreign } from './foreign';
import { decideGroups } from './grouping';
import type { GroupDecision } from './group-decision';
import { createAscent } from './group-tree';
import type { SourceGroupId, SourceUserId } from './identity';
import type { GroupAdoption, Links } from './link';
import type { MappedPeople } from './map-people';
import { listProducts } from './seats';
import type { DirectorySnapshot, SourceSnapshot, SourceUser } from './snapshot';
import type { AccessGroup } from './survey';

interface AccessInput {
  readonly source: SourceSnapshot;
  readonly directory: DirectorySnapshot;
  readonly links: Links;
  readonly adoptions: readonly GroupAdoption[];
  readonly foreign: Foreign;
  readonly settings: ConnectorSettings;
  readonly mapped: MappedPeople;
}

/**
 * The chosen groups whose Atlassian group gives access to a product, with the seats that their members would use: synced ones, and
 * those that would be if an administrator adopted them. People are paired by link, else by e-mail: a picture for the
 * administrator, not a match. Who is disabled, or cannot be mapped, uses none.
 */
export function listAccessGroups(input: AccessInput): readonly AccessGroup[] {
  const { source, links, adoptions, foreign, settings } = input;
  const directory = indexDirectory(input.directory);
  const { connectorId } = links;
  const decisions = decideGroups({
    connectorId,
    links,
    adoptions,
    foreign,
    groups: source.groups,
    directory,
    settings: settings.groups,
  });
  const granting = [...decisions].flatMap(([id, decision]) => {
    const existing = findExisting(decision);
    if (existing === undefined || foreign.groups.has(existing.id)) return [];
    return existing.grantsAccess.length === 0 ? [] : [{ id, decision, existing }];
  });
  if (granting.length === 0) return [];
  const members = collectMembers(input, new Set(granting.map(({ id }) => id)));
  const productsOf = createProductsTest(input, directory);
  const paths = new Map(source.groups.map(({ id, path }) => [id, path]));
  return granting
    .map(({ id, decision, existing }): AccessGroup => {
      const people = members.get(id) ?? [];
      return {
        sourceGroupId: id,
        path: paths.get(id) ?? '',
        name: existing.name,
        synced: decision.kind === 'target',
        people: people.length,
        seats: existing.grantsAccess.map((product) => ({
          product,
          people: people.filter((user) => !productsOf(user).has(product)).length,
        })),
      };
    })
    .sort((one, other) => one.path.localeCompare(other.path));
}

/** The Atlassian group that is filled, or that would be if it were adopted; none that is protected or belongs to others. */
function findExisting(decision: GroupDecision) {
  if (decision.kind === 'target') return decision.target.existing;
  return decision.kind === 'none' && decision.operation === 'conflict' && decision.existing?.mark === undefined
    ? decision.existing
    : undefined;
}

function collectMembers(
  { source, settings, mapped }: AccessInput,
  groups: ReadonlySet<SourceGroupId>,
): ReadonlyMap<SourceGroupId, readonly SourceUser[]> {
  const rise = createAscent(source.groups, settings.groups.subGroups);
  const members = new Map<SourceGroupId, SourceUser[]>([...groups].map((id) => [id, []]));
  for (const user of source.users) {
    const wish = mapped.get(user.id);
    if (wish?.kind !== 'mapped' || !wish.active) continue;
    for (const id of rise(user.groupIds)) members.get(id)?.push(user);
  }
  return members;
}

/** The products that somebody's account has now; none without an active account. */
function createProductsTest(
  { links, mapped }: AccessInput,
  directory: DirectoryIndex,
): (user: SourceUser) => ReadonlySet<string> {
  const linked = new Map(links.accounts.map((link) => [link.sourceUserId, link.accountId]));
  const known = new Map<SourceUserId, ReadonlySet<string>>();
  return (user) => {
    const before = known.get(user.id);
    if (before !== undefined) return before;
    const wish = mapped.get(user.id);
    const link = linked.get(user.id);
    const byEmail = wish?.kind === 'mapped' ? directory.accountsByEmail.get(wish.email)?.[0] : undefined;
    const account = link === undefined ? byEmail : directory.account.get(link);
    const products: ReadonlySet<string> =
      account?.status === 'active' ? listProducts(directory, account.groupIds) : new Set<string>();
    known.set(user.id, products);
    return products;
  };
}
