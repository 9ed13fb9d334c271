import type { Generation } from './generation';
import { compareTexts, flagOf, pageOf } from './query';
import type { DoubleGroup, DoubleRealm } from './realm';

const defaultChildren = 10;

type Row = Readonly<Record<string, unknown>>;

/** How a listing is asked to write its rows. */
interface Wish {
  readonly brief: boolean;
  readonly counts: boolean;
  readonly manages: boolean;
  readonly generation: Generation;
}

export function pathOf(realm: DoubleRealm, group: DoubleGroup): string {
  const parent = realm.groups.find((candidate) => candidate.id === group.parentId);
  return `${parent === undefined ? '' : pathOf(realm, parent)}/${group.name}`;
}

function byName(one: DoubleGroup, other: DoubleGroup): number {
  return compareTexts(one.name, other.name);
}

function childrenOf(realm: DoubleRealm, parentId: string | undefined): DoubleGroup[] {
  return realm.groups.filter((group) => group.parentId === parentId).sort(byName);
}

function groupAccess(manages: boolean): Row {
  return { view: true, viewMembers: true, manageMembers: manages, manage: manages, manageMembership: manages };
}

function groupRow(realm: DoubleRealm, group: DoubleGroup, wish: Wish, subGroups: readonly Row[]): Row {
  const { nestedGroups } = wish.generation;
  return {
    id: group.id,
    name: group.name,
    path: pathOf(realm, group),
    ...(group.parentId !== undefined && !nestedGroups && { parentId: group.parentId }),
    ...(wish.counts && !nestedGroups && { subGroupCount: childrenOf(realm, group.id).length }),
    subGroups,
    ...(wish.brief ? {} : { attributes: {}, realmRoles: [], clientRoles: {} }),
    ...(nestedGroups ? {} : { access: groupAccess(wish.manages) }),
  };
}

/** A group with everything below it that is wanted. */
function treeRow(realm: DoubleRealm, group: DoubleGroup, wish: Wish, wanted: (group: DoubleGroup) => boolean): Row {
  const below = childrenOf(realm, group.id).filter(wanted);
  return groupRow(
    realm,
    group,
    wish,
    below.map((child) => treeRow(realm, child, wish, wanted)),
  );
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** The pattern of a search for names: SQL LIKE with the term in the middle, from 23 whatever the case. */
function patternOf(search: string, generation: Generation): RegExp {
  const literal = escaped(search.trim());
  const pattern = generation.rawSearch
    ? literal.replaceAll('%', '.*').replaceAll('_', '.')
    : literal.replaceAll('\\*', '.*');
  return new RegExp(pattern, generation.nestedGroups ? 'su' : 'isu');
}

function ancestorsOf(realm: DoubleRealm, group: DoubleGroup): DoubleGroup[] {
  const parent = realm.groups.find((candidate) => candidate.id === group.parentId);
  return parent === undefined ? [] : [parent, ...ancestorsOf(realm, parent)];
}

function rootOf(realm: DoubleRealm, group: DoubleGroup): DoubleGroup {
  return ancestorsOf(realm, group).at(-1) ?? group;
}

/**
 * Servers before 23 write whole trees of top groups. A search pages its matches of any depth, then writes the trees
 * that they are in, without the leaves whose name does not hold the term; without one, a page needs both bounds.
 */
function listTrees(realm: DoubleRealm, search: string | null, query: URLSearchParams, wish: Wish): Row[] {
  if (search === null) {
    const tops = childrenOf(realm, undefined);
    const page = query.has('first') && query.has('max') ? pageOf(tops, query) : tops;
    return page.map((group) => treeRow(realm, group, wish, () => true));
  }
  const term = search.trim();
  const pattern = patternOf(term, wish.generation);
  const matches = pageOf(realm.groups.filter((group) => pattern.test(group.name)).sort(byName), query);
  const roots = [...new Set(matches.map((group) => rootOf(realm, group)))].sort(byName);
  const wanted = ({ id, name }: DoubleGroup): boolean => name.includes(term) || childrenOf(realm, id).length > 0;
  return roots.map((group) => treeRow(realm, group, wish, wanted));
}

/** `GET /groups`. With a search the matches are paged, and then written flat or inside their trees. */
export function listGroups(
  realm: DoubleRealm,
  query: URLSearchParams,
  manages: boolean,
  generation: Generation,
): Row[] {
  const counts = flagOf(query, 'subGroupsCount', true) || !generation.subGroupsCountOption;
  const wish = { brief: flagOf(query, 'briefRepresentation', true), counts, manages, generation };
  const search = query.get('search');
  if (generation.nestedGroups) return listTrees(realm, search, query, wish);
  if (search === null || (search === '' && !generation.rawSearch)) {
    return pageOf(childrenOf(realm, undefined), query).map((group) => groupRow(realm, group, wish, []));
  }
  const pattern = patternOf(search, generation);
  const matches = pageOf(realm.groups.filter((group) => pattern.test(group.name)).sort(byName), query);
  if (!flagOf(query, 'populateHierarchy', true)) return matches.map((group) => groupRow(realm, group, wish, []));
  const kept = new Set(matches.flatMap((group) => [group, ...ancestorsOf(realm, group)]).map((group) => group.id));
  const tops = childrenOf(realm, undefined).filter((group) => kept.has(group.id));
  return tops.map((group) => treeRow(realm, group, wish, ({ id }) => kept.has(id)));
}

export function listChildren(
  realm: DoubleRealm,
  groupId: string,
  query: URLSearchParams,
  manages: boolean,
  generation: Generation,
): Row[] {
  const counts = flagOf(query, 'subGroupsCount', true) || !generation.subGroupsCountOption;
  const wish = { brief: flagOf(query, 'briefRepresentation', false), counts, manages, generation };
  const children = pageOf(childrenOf(realm, groupId), query, defaultChildren);
  return children.map((group) => groupRow(realm, group, wish, []));
}

export function readGroup(realm: DoubleRealm, group: DoubleGroup, manages: boolean, generation: Generation): Row {
  const wish = { brief: false, counts: true, manages, generation };
  if (!generation.nestedGroups) return groupRow(realm, group, wish, []);
  // Old servers tell what the caller may do here alone, and of the outermost group alone.
  return { ...treeRow(realm, group, wish, () => true), access: groupAccess(manages) };
}

/** `GET /users/{id}/groups`: direct groups, all of them unless a bound is sent, without `access` and counts. */
export function listGroupsOfUser(
  realm: DoubleRealm,
  userId: string,
  query: URLSearchParams,
  generation: Generation,
): Row[] {
  const ids = new Set(realm.memberships.filter((row) => row.userId === userId).map((row) => row.groupId));
  const found = realm.groups.filter((group) => ids.has(group.id)).sort(byName);
  return pageOf(found, query).map((group) => ({
    id: group.id,
    name: group.name,
    path: pathOf(realm, group),
    ...(group.parentId !== undefined && !generation.nestedGroups && { parentId: group.parentId }),
    ...(generation.nestedGroups ? {} : { subGroups: [] }),
  }));
}

export function countGroups(realm: DoubleRealm, query: URLSearchParams, generation: Generation): number {
  const search = query.get('search');
  if (search !== null && search !== '') {
    const pattern = patternOf(search, generation);
    const found = realm.groups.filter((group) => pattern.test(group.name));
    return found.filter((group) => !generation.nestedGroups || group.parentId === undefined).length;
  }
  const top = flagOf(query, 'top', false);
  return realm.groups.filter((group) => !top || group.parentId === undefined).length;
}
