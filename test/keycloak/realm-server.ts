import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalServer } from '../http/local-server';
import { startServer } from '../http/local-server';

export interface RealmUser {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly enabled?: boolean;
  readonly federationLink?: string;
  /** A service account: in no users list, and still a member of groups. */
  readonly service?: boolean;
}

export interface RealmGroup {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

export interface RealmState {
  users: RealmUser[];
  groups: RealmGroup[];
  /** Group id to user ids. */
  members: Record<string, string[]>;
}

export interface RealmOptions {
  readonly prefix?: string;
  readonly roles?: 'view' | 'query' | 'none';
  /** As servers before 23 answer: sub-groups nested, no count of them, no listing of children. */
  readonly nested?: boolean;
  /** The one query for all groups brings the top level alone. */
  readonly flatQueryBroken?: boolean;
  /** As servers before 26.7 count users for a client that may not see them. */
  readonly hiddenCountIsZero?: boolean;
  readonly tokenSeconds?: number;
  readonly clientAuthentication?: 'post' | 'basic';
  readonly manages?: boolean;
  readonly adminHost?: 'elsewhere';
}

type Answer = readonly [status: number, value: unknown];

/** Answers a request in place of the realm when it returns true; may also change the state, as other people would. */
export type Interference = (path: string, response: ServerResponse, request: IncomingMessage) => boolean;

export interface RealmServer extends LocalServer {
  readonly state: RealmState;
  interfere: Interference;
  /** Paths of the admin API that were asked for, behind the realm. */
  adminPaths(): readonly string[];
  tokens(): number;
  /** Refuses every token that was given out so far. */
  revokeTokens(): void;
}

/** A realm named `acme` as Keycloak's API shows it, as far as the source reads it, with faults that a real server does not show on demand. */
export async function startRealm(state: RealmState, options: RealmOptions = {}): Promise<RealmServer> {
  const base = `${options.prefix ?? ''}/realms/acme`;
  const admin = `${options.prefix ?? ''}/admin/realms/acme`;
  let issued = 0;
  let revoked = 0;
  let tokenRequests = 0;

  const server: RealmServer = Object.assign(
    await startServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => answer(request, response, body));
    }),
    {
      state,
      interfere: () => false,
      adminPaths: () =>
        server.seen.flatMap((line) => (line.includes(admin) ? [line.slice(line.indexOf(admin) + admin.length)] : [])),
      tokens: () => tokenRequests,
      revokeTokens: () => (revoked = issued),
    },
  );
  return server;

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    if (server.interfere(request.url ?? '', response, request)) return;
    const [status, value] = decide(request, body);
    send(response, status, value);
  }

  function decide(request: IncomingMessage, body: string): Answer {
    const url = new URL(request.url ?? '', server.origin);
    const realms = `${options.prefix ?? ''}/realms/`;
    if (url.pathname === `${base}/.well-known/openid-configuration`) {
      return [200, { issuer: `${server.origin}${base}` }];
    }
    if (url.pathname === `${base}/protocol/openid-connect/token`) return giveToken(request, body);
    if (url.pathname.startsWith(realms) && /\/(\.well-known|protocol)\//.test(url.pathname)) {
      return [404, { error: 'Realm does not exist' }];
    }
    if (!url.pathname.startsWith(`${admin}/`) || options.adminHost === 'elsewhere') {
      return [404, { error: 'Unable to find matching target resource method' }];
    }
    const token = Number(/^Bearer token-(\d+)$/.exec(request.headers.authorization ?? '')?.[1] ?? 0);
    if (token <= revoked) return [401, { error: 'HTTP 401 Unauthorized' }];
    if (options.roles === 'none') return [403, { error: 'HTTP 403 Forbidden' }];
    return read(url.pathname.slice(admin.length), url.searchParams);
  }

  function giveToken(request: IncomingMessage, body: string): Answer {
    tokenRequests += 1;
    const form = new URLSearchParams(body);
    const basic = atob(request.headers.authorization?.replace('Basic ', '') ?? '')
      .split(':')
      .map((part) => new URLSearchParams(`_=${part}`).get('_'));
    const [id, secret] = form.has('client_id') ? [form.get('client_id'), form.get('client_secret')] : basic;
    const method = form.has('client_id') ? 'post' : 'basic';
    if (id === 'no-service-account') {
      const error_description = 'Client not enabled to retrieve service account';
      return [401, { error: 'unauthorized_client', error_description }];
    }
    const refused = options.clientAuthentication !== undefined && options.clientAuthentication !== method;
    if (refused || id !== 'sync' || secret !== 'pa:ss %+&') {
      const error = id === 'sync' ? 'unauthorized_client' : 'invalid_client';
      return [401, { error, error_description: 'Invalid client or Invalid client credentials' }];
    }
    issued += 1;
    const expires_in = options.tokenSeconds ?? 300;
    return [200, { access_token: `token-${issued}`, expires_in, token_type: 'Bearer' }];
  }

  function read(path: string, query: URLSearchParams): Answer {
    const page = <Row>(rows: readonly Row[]): readonly Row[] => {
      const first = Number(query.get('first') ?? 0);
      return rows.slice(first, first + Number(query.get('max') ?? 100));
    };
    const visible = <Row>(rows: readonly Row[]): readonly Row[] => (options.roles === 'query' ? [] : rows);
    const people = state.users.filter(({ service }) => service !== true);
    const [, kind, id, part] = path.split('/');
    if (path === '/users') return [200, visible(page(byName(people).map(showUser)))];
    if (path === '/users/count') {
      return [
        200,
        options.roles === 'query' && options.hiddenCountIsZero === true
          ? 0
          : people.filter((user) => !user.id.startsWith('f:')).length,
      ];
    }
    if (path === '/groups') return [200, visible(listGroups(query, page))];
    if (path === '/groups/count') return [200, { count: state.groups.length }];
    if (kind === 'users') {
      const user = state.users.find((one) => one.id === decodeURIComponent(id ?? ''));
      if (user === undefined) return [404, { error: 'User not found' }];
      if (part === undefined) return [200, showUser(user)];
      return [
        200,
        page(
          state.groups
            .filter((group) => state.members[group.id]?.includes(user.id) === true)
            .map((group) => showGroup(group)),
        ),
      ];
    }
    const group = state.groups.find((one) => one.id === id);
    if (group === undefined) return [404, { error: 'Could not find group by id' }];
    if (part === 'children' && options.nested !== true) {
      return [200, page(state.groups.filter(({ parentId }) => parentId === group.id).map((child) => showGroup(child)))];
    }
    if (part === 'members') {
      return [
        200,
        page(byName(state.users.filter((user) => state.members[group.id]?.includes(user.id) === true)).map(showUser)),
      ];
    }
    return [404, { error: 'Unable to find matching target resource method' }];
  }

  function listGroups(query: URLSearchParams, page: <Row>(rows: readonly Row[]) => readonly Row[]): readonly unknown[] {
    const top = state.groups.filter(({ parentId }) => parentId === undefined);
    const searched = query.get('search') === ' ' && query.get('populateHierarchy') === 'false';
    if (options.nested === true) {
      // The groups found are paged, and then their whole trees are shown: pages overlap.
      return searched ? [...new Set(page(state.groups).map(topOf))].map(nest) : page(top).map(nest);
    }
    return page(searched && options.flatQueryBroken !== true ? state.groups : top).map((group) => showGroup(group));
  }

  function topOf(group: RealmGroup): RealmGroup {
    const parent = state.groups.find(({ id }) => id === group.parentId);
    return parent === undefined ? group : topOf(parent);
  }

  function nest(group: RealmGroup): unknown {
    const children = state.groups.filter(({ parentId }) => parentId === group.id);
    return { id: group.id, name: group.name, path: pathOf(group), subGroups: children.map(nest) };
  }

  function showGroup(group: RealmGroup): unknown {
    const subGroupCount = state.groups.filter(({ parentId }) => parentId === group.id).length;
    return { ...group, path: pathOf(group), subGroupCount, subGroups: [] };
  }

  function pathOf(group: RealmGroup): string {
    const parent = state.groups.find(({ id }) => id === group.parentId);
    return `${parent === undefined ? '' : pathOf(parent)}/${group.name}`;
  }

  function showUser({ id, username, email, firstName, enabled, federationLink }: RealmUser): unknown {
    const access = { manage: options.manages === true };
    return { id, username, email, firstName, emailVerified: true, enabled: enabled ?? true, federationLink, access };
  }
}

function byName(users: readonly RealmUser[]): RealmUser[] {
  return [...users].sort((a, b) => (a.username < b.username ? -1 : 1));
}

export function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' });
  response.end(JSON.stringify(value));
}
