import * as v from 'valibot';
import { createGroup } from '../create';
import { checkDeletable, describeGroup } from '../group-wire';
import { cutOrdered, cutPage } from '../page';
import { Refusal } from '../refusal';
import {
  keyDirectories,
  limitOf,
  noContent,
  param,
  parseBody,
  parseQuery,
  readDirectories,
  texts,
  writeDirectory,
  type Call,
  type Route,
} from '../route';
import { pageLinks, resolveCursor } from '../search';
import type { Group } from '../state';

const base = '/admin/v2/orgs/:orgId/directories/:directoryId/groups';

const filterEntries = {
  groupIds: v.optional(texts(10)),
  accountIds: v.optional(texts(10)),
  directoryIds: v.optional(texts(10)),
  roleIds: v.optional(texts(10)),
  resourceOwners: v.optional(texts(10)),
  resourceIds: v.optional(texts(20)),
  searchTerm: v.optional(v.string()),
};

const countQuery = v.strictObject(filterEntries);

const searchBody = v.strictObject({
  ...filterEntries,
  groupNames: v.optional(texts(100)),
  expand: v.optional(v.pipe(v.array(v.picklist(['counts.users', 'counts.resources'])), v.minLength(1), v.maxLength(2))),
  sortBy: v.optional(
    v.pipe(
      v.array(v.strictObject({ field: v.picklist(['name']), direction: v.picklist(['asc', 'desc']) })),
      v.length(1),
    ),
  ),
  limit: v.optional(limitOf(100)),
  cursor: v.optional(v.string()),
});

type Filters = v.InferOutput<typeof countQuery> & { readonly groupNames?: string[] | undefined };

function groupMatcher(call: Call, filters: Filters): (group: Group) => boolean {
  const { store } = call;
  const all = keyDirectories(call).map((each) => each.id);
  const path = readDirectories(call).map((each) => each.id);
  const wanted = filters.directoryIds;
  const directories = wanted ? all.filter((id) => wanted.includes(id)) : path;
  const names = filters.groupNames && new Set(filters.groupNames.map((name) => name.toLowerCase()));
  const term = filters.searchTerm?.toLowerCase();
  const ofMembers =
    filters.accountIds &&
    new Set(
      filters.accountIds.flatMap((id) => {
        const account = store.account(id);
        return account ? store.seenGroupIdsOf(account) : [];
      }),
    );
  const owners = filters.resourceOwners;
  const owner = (resource: string): string => store.workspace(resource)?.owner ?? 'platform';
  return (group) =>
    directories.includes(group.directoryId) &&
    !store.lag.isGroupHidden(group.id) &&
    (!names || names.has(group.name.toLowerCase())) &&
    (!term || group.name.toLowerCase().includes(term)) &&
    (!filters.groupIds || filters.groupIds.includes(group.id)) &&
    (!ofMembers || ofMembers.has(group.id)) &&
    (!filters.resourceIds || group.roles.some((role) => filters.resourceIds?.includes(role.resource))) &&
    (!owners || group.roles.some((role) => owners.includes(owner(role.resource)))) &&
    (!filters.roleIds || group.roles.some((role) => role.roles.some((each) => filters.roleIds?.includes(each))));
}

function searchGroups(call: Call): Response {
  const { store } = call;
  readDirectories(call);
  const body = parseBody(call, searchBody);
  if (body.groupNames && (body.searchTerm !== undefined || body.groupIds))
    throw new Refusal(400, 'ADMIN-400-24', 'groupNames excludes searchTerm and groupIds');
  const route = `groups ${param(call, 'directoryId')}`;
  const { filters, after } = resolveCursor(call, route, body, (carried) => v.parse(searchBody, carried));
  const matches = groupMatcher(call, filters);
  const limit = filters.limit ?? 20;
  const direction = filters.sortBy?.[0]?.direction;
  const sorted = () => {
    const sign = direction === 'desc' ? -1 : 1;
    return store.state.groups.filter(matches).sort((a, b) => sign * a.name.localeCompare(b.name, 'en'));
  };
  const { page, next } = direction
    ? cutPage(sorted(), after, limit)
    : cutOrdered(store.state.groups, after, limit, matches);
  const data = page.map((group) => describeGroup(store, group, filters.expand ?? []));
  if (body.cursor === undefined) store.lag.groupsRead();
  return Response.json({ data, links: pageLinks(call, route, filters, next) });
}

function countGroups(call: Call): Response {
  readDirectories(call);
  const filters = parseQuery(
    call,
    countQuery,
    Object.keys(filterEntries).filter((name) => name !== 'searchTerm'),
  );
  return Response.json({ count: call.store.state.groups.filter(groupMatcher(call, filters)).length });
}

/** The group of the path, in a directory that the call covers and no longer hidden by lag. */
export function groupOf(call: Call, directoryIds: readonly string[]): Group {
  const group = call.store.group(param(call, 'groupId'));
  if (!group || !directoryIds.includes(group.directoryId) || call.store.lag.isGroupHidden(group.id))
    throw new Refusal(404, 'ADMIN-404-10', 'Group not found');
  return group;
}

function readGroup(call: Call): Response {
  const directories = readDirectories(call).map((each) => each.id);
  try {
    const group = groupOf(call, directories);
    return Response.json({ data: describeGroup(call.store, group, ['counts.users', 'counts.resources']) });
  } finally {
    call.store.lag.groupsRead();
  }
}

const newGroup = v.strictObject({ name: v.string(), description: v.optional(v.string()) });

function postGroup(call: Call): Response {
  const { store } = call;
  const directory = writeDirectory(call);
  const { name, description } = parseBody(call, newGroup);
  const limits = store.doubts.groupText;
  const refused = Array.from(limits.refusedCharacters).some((character) => name.includes(character));
  if (name.trim() === '' || name.length > limits.name || refused)
    throw new Refusal(400, 'ADMIN-400-24', 'Invalid group name');
  if ((description ?? '').length > limits.description) throw new Refusal(400, 'ADMIN-400-24', 'Invalid description');
  if (store.groupByName(directory.id, name)) throw new Refusal(409, 'ADMIN-409-28', 'A group has this name');
  const group = createGroup(store, { name, description: description ?? '' }, directory);
  store.addGroup(group);
  store.lag.delayGroup(group.id, store.doubts.newGroups);
  return new Response(null, { status: 201 });
}

function deleteGroup(call: Call): Response {
  const group = groupOf(call, [writeDirectory(call).id]);
  checkDeletable(group);
  call.store.deleteGroup(group);
  return noContent();
}

export const groupRoutes: readonly Route[] = [
  { method: 'POST', path: `${base}/search`, family: 'v2-read', scope: 'search', handle: searchGroups },
  { method: 'GET', path: `${base}/count`, family: 'v2-read', scope: 'search', handle: countGroups },
  { method: 'GET', path: `${base}/:groupId`, family: 'v2-read', scope: 'search', handle: readGroup },
  { method: 'POST', path: base, family: 'v2-write', handle: postGroup },
  { method: 'DELETE', path: `${base}/:groupId`, family: 'v2-write', handle: deleteGroup },
];
