import type { ConnectorSettings } from './connector';
import { nameConnector, type Foreign } from './foreign';
import { createSelection, renameGroups } from './group-selection';
import { createAscent } from './group-tree';
import { accountId, type AccountId } from './identity';
import type { GroupAdoption, Links } from './link';
import { addressOf, mapPeople } from './map-people';
import type { DirectoryGroup, DirectorySnapshot, SourceGroup, SourceSnapshot } from './snapshot';
import { createStrangerTest } from './strangers';
import type { AdoptableGroup } from './survey';

interface AdoptableInput {
  readonly source: SourceSnapshot;
  readonly directory: DirectorySnapshot;
  readonly links: Links;
  readonly adoptions: readonly GroupAdoption[];
  readonly foreign: Foreign;
  readonly settings: ConnectorSettings;
}

/**
 * Lists Keycloak groups to which an unlinked Atlassian group has the same name (in any case), with the members of both sides.
 * People are paired by link, else by e-mail: this is a picture for the administrator's decision, not a match.
 */
export function computeAdoptable(input: AdoptableInput): readonly AdoptableGroup[] {
  const { source, directory, links, adoptions, settings } = input;
  const linkedGroups = new Set(links.groups.flatMap((link) => [link.sourceGroupId as string, link.groupId as string]));
  const byName = new Map(directory.groups.map((group) => [group.name.toLowerCase(), group]));
  const isSelected = createSelection(source.groups, settings.groups);
  const pictures = indexMembers(input);
  return renameGroups(source.groups, settings.groups.naming).flatMap((group) => {
    const existing = byName.get(group.name.trim().toLowerCase());
    if (existing === undefined || !isSelected(group.id)) return [];
    if (linkedGroups.has(group.id) || linkedGroups.has(existing.id)) return [];
    const adopted = adoptions.find((each) => each.sourceGroupId === group.id && each.groupId === existing.id);
    return [
      {
        ...describe(group, existing, pictures, describeForeign(input, existing)),
        ...(adopted === undefined ? {} : { adopted: adopted.mode }),
      },
    ];
  });
}

interface Members {
  readonly keycloak: ReadonlyMap<string, ReadonlySet<AccountId>>;
  readonly atlassian: ReadonlyMap<string, ReadonlySet<AccountId>>;
  /** Accounts that *exact* would take out of a group. */
  readonly unknown: ReadonlySet<AccountId>;
}

function indexMembers({ source, directory, links, foreign, settings }: AdoptableInput): Members {
  const accountByEmail = new Map(
    directory.accounts.flatMap(({ id, email }) => (email === undefined ? [] : [[email, id]])),
  );
  const linked = new Map(links.accounts.map((link) => [link.sourceUserId, link.accountId]));
  const mapped = mapPeople(source, settings);
  const keycloak = new Map<string, Set<AccountId>>();
  const rise = createAscent(source.groups, settings.groups.subGroups);
  for (const user of source.users) {
    const email = addressOf(user, mapped);
    // A person without an account still counts as one who is only in Keycloak.
    const account =
      linked.get(user.id) ??
      (email === undefined ? undefined : accountByEmail.get(email)) ??
      accountId(`keycloak ${user.id}`);
    for (const group of rise(user.groupIds)) addTo(keycloak, group, account);
  }
  const atlassian = new Map<string, Set<AccountId>>();
  for (const account of directory.accounts) for (const group of account.groupIds) addTo(atlassian, group, account.id);
  const isUnknown = createStrangerTest({ source, mapped, links, foreign, known: new Set() });
  return { keycloak, atlassian, unknown: new Set(directory.accounts.filter(isUnknown).map(({ id }) => id)) };
}

function addTo(sets: Map<string, Set<AccountId>>, key: string, account: AccountId): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([account]));
  else set.add(account);
}

/** Why a group of another connector is not offered. */
function describeForeign({ links, foreign }: AdoptableInput, { id, mark }: DirectoryGroup): string | undefined {
  const marked = mark?.connectorId === links.connectorId ? undefined : mark?.connectorId;
  const owner = foreign.groups.get(id) ?? marked;
  return owner === undefined ? undefined : `The group belongs to ${nameConnector(foreign, owner)}.`;
}

function describe(
  group: SourceGroup,
  existing: DirectoryGroup,
  members: Members,
  whyForeign: string | undefined,
): AdoptableGroup {
  const protectedBecause = existing.protectedBecause ?? whyForeign;
  const here: ReadonlySet<AccountId> = members.atlassian.get(existing.id) ?? new Set<AccountId>();
  const there: ReadonlySet<AccountId> = members.keycloak.get(group.id) ?? new Set<AccountId>();
  const onBothSides = [...there].filter((account) => here.has(account)).length;
  return {
    sourceGroupId: group.id,
    groupId: existing.id,
    name: existing.name,
    path: group.path,
    onBothSides,
    onlyInKeycloak: there.size - onBothSides,
    onlyInAtlassian: here.size - onBothSides,
    unknownToKeycloak: [...here].filter((account) => !there.has(account) && members.unknown.has(account)).length,
    grantsAccess: existing.grantsAccess,
    ...(protectedBecause === undefined ? {} : { protectedBecause }),
  };
}
