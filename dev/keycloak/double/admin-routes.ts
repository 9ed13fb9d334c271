import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Generation } from './generation';
import { countGroups, listChildren, listGroups, listGroupsOfUser, readGroup } from './groups';
import { integerOf } from './query';
import type { DoubleGroup, DoubleRealm, DoubleUser } from './realm';
import type { Caller } from './tokens';
import { accessRow, countUsers, describeProfile, listMembers, listUsers, userRow } from './users';

interface AdminEnv {
  Variables: { realm: DoubleRealm; caller: Caller };
}
type AdminContext = Context<AdminEnv>;

/** What a caller may do, as Keycloak derives it from the roles of `realm-management`. */
interface Rights {
  readonly view: boolean;
  readonly queryUsers: boolean;
  readonly queryGroups: boolean;
  readonly manage: boolean;
  readonly events: boolean;
  readonly any: boolean;
}

function rightsOf({ client }: Caller): Rights {
  const roles = client.fullScope ? client.roles : [];
  const has = (...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
  const view = has('view-users', 'manage-users');
  return {
    view,
    queryUsers: view || has('query-users'),
    queryGroups: view || has('query-groups'),
    manage: has('manage-users'),
    events: has('view-events', 'manage-events'),
    any: roles.length > 0,
  };
}

const noChildren = 'RESTEASY003650: No resource method found for GET, return 405 with Allow header';

function refuse(status: 401 | 403 | 404 | 405, error: string): never {
  throw new HTTPException(status, { message: error });
}

function need(right: boolean): void {
  if (!right) refuse(403, 'HTTP 403 Forbidden');
}

function findGroup(context: AdminContext): DoubleGroup {
  const { groups } = context.var.realm;
  return groups.find((group) => group.id === context.req.param('id')) ?? refuse(404, 'Could not find group by id');
}

/** An unknown id is told only to those who may ask for users at all. */
function findUser(context: AdminContext, rights: Rights): DoubleUser {
  const user = context.var.realm.users.find((candidate) => candidate.id === context.req.param('id'));
  if (user === undefined) {
    need(rights.queryUsers);
    return refuse(404, 'User not found');
  }
  need(rights.view);
  return user;
}

/** The read calls below `/admin/realms/{realm}`; everything else there is unknown to the double. */
export function createAdminRoutes(
  generation: Generation,
  findRealm: (name: string) => DoubleRealm | undefined,
  callerOf: (authorization: string | undefined) => Caller | undefined,
): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();
  const queryOf = ({ req }: { readonly req: { readonly url: string } }): URLSearchParams =>
    new URL(req.url).searchParams;
  const type = generation.classicRouting ? 'application/json' : 'application/json;charset=UTF-8';
  const send = (body: unknown): Response =>
    new Response(JSON.stringify(body), { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
  const rights = (context: AdminContext): Rights => rightsOf(context.var.caller);

  routes.use('/:realm/*', async (context, next) => {
    const caller = callerOf(context.req.header('authorization')) ?? refuse(401, 'HTTP 401 Unauthorized');
    const realm = findRealm(context.req.param('realm')) ?? refuse(404, 'Realm not found.');
    need(caller.realm === realm || caller.realm.name === 'master');
    // A bad number matches no route, so it is found before the roles are looked at.
    for (const name of ['first', 'max']) integerOf(queryOf(context), name, generation);
    context.set('caller', caller);
    context.set('realm', realm);
    await next();
  });

  routes.get('/:realm', (context) => {
    need(rights(context).any);
    return send({ realm: context.var.realm.name });
  });
  routes.get('/:realm/users', (context) => {
    const { queryUsers, view, manage } = rights(context);
    need(queryUsers);
    return send(view ? listUsers(context.var.realm, queryOf(context), manage, generation) : []);
  });
  routes.get('/:realm/users/count', (context) => {
    const { queryUsers, view } = rights(context);
    need(queryUsers);
    return send(view || !generation.countHidesUsers ? countUsers(context.var.realm, queryOf(context)) : 0);
  });
  routes.get('/:realm/users/profile/metadata', (context) => {
    const { queryUsers } = rights(context);
    need(queryUsers);
    return send(generation.userProfile ? describeProfile(context.var.realm) : { attributes: [], groups: [] });
  });
  routes.get('/:realm/users/:id', (context) => {
    const { manage } = rights(context);
    const user = findUser(context, rights(context));
    return send({ ...userRow(context.var.realm, user, false, generation), access: accessRow(manage, generation) });
  });
  routes.get('/:realm/users/:id/groups', (context) => {
    const user = findUser(context, rights(context));
    return send(listGroupsOfUser(context.var.realm, user.id, queryOf(context), generation));
  });
  routes.get('/:realm/groups', (context) => {
    const { queryGroups, view, manage } = rights(context);
    need(queryGroups);
    return send(view ? listGroups(context.var.realm, queryOf(context), manage, generation) : []);
  });
  routes.get('/:realm/groups/count', (context) => {
    need(rights(context).queryGroups || generation.nestedGroups);
    return send({ count: countGroups(context.var.realm, queryOf(context), generation) });
  });
  routes.get('/:realm/groups/:id', (context) => {
    const group = findGroup(context);
    need(rights(context).view);
    return send(readGroup(context.var.realm, group, rights(context).manage, generation));
  });
  routes.get('/:realm/groups/:id/members', (context) => {
    const group = findGroup(context);
    need(rights(context).view);
    return send(listMembers(context.var.realm, group.id, queryOf(context), generation));
  });
  routes.get('/:realm/groups/:id/children', (context) => {
    const group = findGroup(context);
    if (generation.nestedGroups) refuse(405, noChildren);
    need(rights(context).view);
    return send(listChildren(context.var.realm, group.id, queryOf(context), rights(context).manage, generation));
  });
  routes.get('/:realm/admin-events', (context) => {
    need(rights(context).events);
    return send([]);
  });
  routes.get('/:realm/events/config', (context) => {
    need(rights(context).events);
    const { adminEventsEnabled } = context.var.realm;
    return send({ eventsEnabled: false, adminEventsEnabled, adminEventsDetailsEnabled: false });
  });
  routes.all('/:realm/*', () => refuse(404, 'HTTP 404 Not Found'));
  return routes;
}
