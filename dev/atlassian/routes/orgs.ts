import * as v from 'valibot';
import { cutPage, readCursor, writeCursor } from '../page';
import { Refusal } from '../refusal';
import {
  checkOrganization,
  keyDirectories,
  limitOf,
  parseBody,
  parseQuery,
  texts,
  type Call,
  type Route,
} from '../route';
import type { State } from '../state';

const cursorQuery = v.strictObject({ cursor: v.optional(v.string()) });

function describeOrg(state: State): unknown {
  const self = `https://api.atlassian.com/admin/v1/orgs/${state.id}`;
  return {
    id: state.id,
    type: 'orgs',
    attributes: { name: state.name },
    relationships: {
      domains: { links: { related: `${self}/domains` } },
      users: { links: { related: `${self}/users` } },
    },
    links: { self },
  };
}

function readOrgs(call: Call): Response {
  const { cursor } = parseQuery(call, cursorQuery);
  if (cursor !== undefined) throw new Refusal(400, 'ADMIN-400-1', 'Invalid page cursor');
  return Response.json({ data: [describeOrg(call.store.state)], links: {} });
}

function readOrg(call: Call): Response {
  checkOrganization(call, 'ADMIN-404-2');
  return Response.json({ data: describeOrg(call.store.state) });
}

const managedPage = 100;

/** The managed accounts of the whole organization, whether or not they are in a directory. */
function readManaged(call: Call): Response {
  checkOrganization(call, 'ADMIN-404-2');
  const { cursor } = parseQuery(call, cursorQuery);
  const after = cursor === undefined ? 0 : readCursor(cursor, 'managed').after;
  const managed = call.store.state.accounts.filter((account) => account.claimed);
  const { page, next } = cutPage(managed, after, managedPage);
  const data = page.map((account) => ({
    account_id: account.id,
    account_type: account.accountType,
    account_status: account.accountStatus,
    name: account.name,
    picture: 'https://secure.example/picture.png',
    email: account.email,
  }));
  const url = new URL(call.url);
  if (next !== undefined) url.searchParams.set('cursor', writeCursor({ route: 'managed', after: next }));
  return Response.json({ data, meta: { total: managed.length }, links: next === undefined ? {} : { next: url.href } });
}

const directoriesQuery = v.strictObject({
  cursor: v.optional(v.string()),
  limit: v.optional(limitOf(100)),
  directoryIds: v.optional(texts(10)),
  accountId: v.optional(v.string()),
  searchTerm: v.optional(v.string()),
});

/** With a cursor all other parameters are discarded [API document]. */
function readDirectoryList(call: Call): Response {
  // The document declares no 404 here.
  checkOrganization(call, 'ADMIN-404-2', 400);
  const sent = parseQuery(call, directoriesQuery, ['directoryIds']);
  const position = sent.cursor === undefined ? undefined : readCursor(sent.cursor, 'directories');
  const filters = position ? v.parse(directoriesQuery, position.filters) : sent;
  const account = filters.accountId === undefined ? undefined : call.store.account(filters.accountId);
  const term = filters.searchTerm?.toLowerCase();
  const found = keyDirectories(call)
    .filter((each) => !filters.directoryIds || filters.directoryIds.includes(each.id))
    .filter((each) => !term || each.name.toLowerCase().includes(term))
    .filter((each) => filters.accountId === undefined || (account && call.store.seenEntry(account, each.id)));
  const { page, next } = cutPage(found, position?.after ?? 0, filters.limit ?? 20);
  const data = page.map((each) => ({
    directoryId: each.id,
    name: each.name,
    icon: 'https://secure.example/directory.png',
  }));
  const links = next === undefined ? {} : { next: writeCursor({ route: 'directories', after: next, filters }) };
  return Response.json({ data, links });
}

const fieldQuery = v.strictObject({ field: v.strictObject({ name: v.string(), values: v.array(v.string()) }) });
const textQuery = v.object({ searchWorkspaces: v.string() });
const workspacesBody = v.strictObject({
  cursor: v.nullish(v.string()),
  limit: v.optional(limitOf(1000)),
  query: v.nullish(
    v.union([fieldQuery, textQuery, v.strictObject({ and: v.array(v.union([fieldQuery, textQuery])) })]),
  ),
  sort: v.nullish(v.array(v.object({ field: v.string(), order: v.optional(v.picklist(['asc', 'desc'])) }))),
});

function searchWorkspaces(call: Call): Response {
  checkOrganization(call, 'ADMIN-404-2');
  const sent = parseBody(call, workspacesBody, 'ADMIN-400-4');
  const { cursor } = sent;
  if (cursor && Object.keys(sent).length > 1)
    throw new Refusal(400, 'ADMIN-400-4', 'A cursor must be the only property');
  const position = cursor ? readCursor(cursor, 'workspaces') : undefined;
  const body = position ? v.parse(workspacesBody, position.filters) : sent;
  const own = keyDirectories(call).map((each) => each.id);
  const parts = body.query ? ('and' in body.query ? body.query.and : [body.query]) : [];
  const found = call.store.state.workspaces
    .filter((workspace) => own.includes(workspace.directoryId))
    .filter((workspace) =>
      parts.every((part) =>
        'field' in part
          ? part.field.values.includes(workspace.product) || part.field.values.includes(workspace.owner)
          : `${workspace.name} ${workspace.hostUrl}`.includes(part.searchWorkspaces),
      ),
    );
  const { page, next } = cutPage(found, position?.after ?? 0, body.limit ?? 20);
  const data = page.map((workspace) => ({
    id: workspace.ari,
    type: 'workspace',
    attributes: {
      name: workspace.name,
      typeKey: workspace.owner,
      type: workspace.product === 'jira' ? 'Jira' : 'Confluence',
      hostUrl: workspace.hostUrl,
      status: 'online',
    },
    links: { self: `https://api.atlassian.com/admin/v2/orgs/${call.store.state.id}/workspaces/${workspace.id}` },
    relationships: {},
  }));
  const url = new URL(call.url);
  if (next !== undefined)
    url.searchParams.set('cursor', writeCursor({ route: 'workspaces', after: next, filters: body }));
  const meta = { total: found.length, pageSize: page.length };
  return Response.json({ data, meta, links: next === undefined ? {} : { next: url.href } });
}

const base = '/admin/v1/orgs';

export const orgRoutes: readonly Route[] = [
  { method: 'GET', path: base, family: 'v1', scope: 'read:orgs:admin', handle: readOrgs },
  { method: 'GET', path: `${base}/:orgId`, family: 'v1', scope: 'read:orgs:admin', handle: readOrg },
  { method: 'GET', path: `${base}/:orgId/users`, family: 'v1', scope: 'read:accounts:admin', handle: readManaged },
  {
    method: 'GET',
    path: '/admin/v2/orgs/:orgId/directories',
    family: 'v2-read',
    scope: 'read:directories:admin',
    handle: readDirectoryList,
  },
  {
    method: 'POST',
    path: '/admin/v2/orgs/:orgId/workspaces',
    family: 'workspaces',
    scope: 'read:workspaces:admin',
    handle: searchWorkspaces,
  },
];
