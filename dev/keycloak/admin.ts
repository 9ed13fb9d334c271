import { adminCredentials } from './options';
import type { ClientRepresentation, RealmRepresentation, UserRepresentation } from './representation';

const requestPatience = 10 * 60_000;

/** What may be changed about a user; null removes an e-mail or a name. */
export interface UserChanges {
  readonly enabled?: boolean;
  readonly emailVerified?: boolean;
  readonly username?: string;
  readonly email?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/** Changes realms of a test or demo server as its administrator. Each call throws with Keycloak's answer when refused. */
export interface AdminClient {
  readonly createRealm: (realm: RealmRepresentation) => Promise<void>;
  readonly deleteRealm: (realm: string) => Promise<void>;
  readonly createUser: (realm: string, user: UserRepresentation) => Promise<string>;
  readonly updateUser: (realm: string, userId: string, changes: UserChanges) => Promise<void>;
  readonly deleteUser: (realm: string, userId: string) => Promise<void>;
  readonly findUser: (realm: string, username: string) => Promise<string | undefined>;
  readonly createGroup: (realm: string, name: string, parentId?: string) => Promise<string>;
  readonly renameGroup: (realm: string, groupId: string, name: string) => Promise<void>;
  /** Moves a group below another one, or to the top without a parent. */
  readonly moveGroup: (realm: string, groupId: string, parentId?: string) => Promise<void>;
  readonly deleteGroup: (realm: string, groupId: string) => Promise<void>;
  readonly joinGroup: (realm: string, userId: string, groupId: string) => Promise<void>;
  readonly leaveGroup: (realm: string, userId: string, groupId: string) => Promise<void>;
  readonly updateClient: (realm: string, clientId: string, changes: Partial<ClientRepresentation>) => Promise<void>;
  readonly setClientSecret: (realm: string, clientId: string, secret: string) => Promise<void>;
  readonly setFullScope: (realm: string, clientId: string, allowed: boolean) => Promise<void>;
  readonly setServiceAccounts: (realm: string, clientId: string, enabled: boolean) => Promise<void>;
  /** Lifetime of the client's tokens in seconds. */
  readonly setTokenLifetime: (realm: string, clientId: string, seconds: number) => Promise<void>;
  readonly addServiceAccountRoles: (realm: string, clientId: string, roles: readonly string[]) => Promise<void>;
  readonly removeServiceAccountRoles: (realm: string, clientId: string, roles: readonly string[]) => Promise<void>;
  /** Any other call: `path` begins after /admin/realms; undefined for an empty answer. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

interface Token {
  readonly value: string;
  readonly renewAt: number;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function textField(value: unknown, name: string): string {
  const field = fieldOf(value, name);
  if (typeof field !== 'string') throw new Error(`Keycloak's answer has no ${name}.`);
  return field;
}

function rowsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error("Keycloak's answer is no list.");
  // Array.isArray narrows to any[]; nothing is known about the rows.
  return value as unknown[];
}

function createAdminFetch(url: string): (method: string, path: string, body?: unknown) => Promise<Response> {
  let token: Promise<Token> | undefined;

  async function requestToken(): Promise<Token> {
    const asked = Date.now();
    const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...adminCredentials }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Keycloak refuses its administrator: ${response.status} ${text}`);
    const answer: unknown = JSON.parse(text);
    const seconds = Number(fieldOf(answer, 'expires_in'));
    return { value: textField(answer, 'access_token'), renewAt: asked + seconds * 500 };
  }

  async function currentToken(): Promise<string> {
    token ??= requestToken();
    const held = await token;
    if (Date.now() < held.renewAt) return held.value;
    token = requestToken();
    return (await token).value;
  }

  return async (method, path, body) => {
    const response = await fetch(`${url}/admin/realms${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await currentToken()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(requestPatience),
    });
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${await response.text()}`);
    return response;
  };
}

/** An administrator of the server at `url` (with its relative path, if it has one). */
export function createAdminClient(url: string): AdminClient {
  const send = createAdminFetch(url);

  async function request(method: string, path: string, body?: unknown): Promise<unknown> {
    const text = await (await send(method, path, body)).text();
    return text === '' ? undefined : JSON.parse(text);
  }
  async function act(method: string, path: string, body?: unknown): Promise<void> {
    await (await send(method, path, body)).text();
  }
  async function create(path: string, body: unknown): Promise<string> {
    const response = await send('POST', path, body);
    await response.text();
    const id = response.headers.get('location')?.split('/').at(-1);
    if (id === undefined) throw new Error(`POST ${path} answers without a location.`);
    return id;
  }
  async function readClient(realm: string, clientId: string): Promise<object & { readonly path: string }> {
    const rows = rowsOf(await request('GET', `/${realm}/clients?clientId=${encodeURIComponent(clientId)}`));
    const [client] = rows;
    if (typeof client !== 'object' || client === null) throw new Error(`Realm ${realm} has no client ${clientId}.`);
    return { ...client, path: `/${realm}/clients/${textField(client, 'id')}` };
  }
  async function updateClient(realm: string, clientId: string, changes: Partial<ClientRepresentation>): Promise<void> {
    const { path, ...client } = await readClient(realm, clientId);
    await act('PUT', path, { ...client, ...changes });
  }
  async function changeRoles(method: string, realm: string, clientId: string, roles: readonly string[]): Promise<void> {
    const owner = await readClient(realm, clientId);
    const management = await readClient(realm, 'realm-management');
    const account = textField(await request('GET', `${owner.path}/service-account-user`), 'id');
    const found = await Promise.all(
      roles.map((role) => request('GET', `${management.path}/roles/${encodeURIComponent(role)}`)),
    );
    await act(method, `/${realm}/users/${account}/role-mappings/clients/${textField(management, 'id')}`, found);
  }

  return {
    request,
    updateClient,
    createRealm: (realm) => act('POST', '', realm),
    deleteRealm: (realm) => act('DELETE', `/${realm}`),
    createUser: (realm, user) => create(`/${realm}/users`, user),
    updateUser: async (realm, userId, changes) => {
      // The whole row is sent back: what a row leaves out may be cleared. An empty text removes a value.
      const row = await request('GET', `/${realm}/users/${userId}`);
      const cleared = Object.entries(changes).map(([name, value]) => [name, value === null ? '' : value] as const);
      await act('PUT', `/${realm}/users/${userId}`, { ...Object(row), ...Object.fromEntries(cleared) });
    },
    deleteUser: (realm, userId) => act('DELETE', `/${realm}/users/${userId}`),
    findUser: async (realm, username) => {
      const [row] = rowsOf(await request('GET', `/${realm}/users?exact=true&username=${encodeURIComponent(username)}`));
      return row === undefined ? undefined : textField(row, 'id');
    },
    createGroup: (realm, name, parentId) =>
      create(parentId === undefined ? `/${realm}/groups` : `/${realm}/groups/${parentId}/children`, { name }),
    renameGroup: (realm, groupId, name) => act('PUT', `/${realm}/groups/${groupId}`, { id: groupId, name }),
    moveGroup: async (realm, groupId, parentId) => {
      const name = textField(await request('GET', `/${realm}/groups/${groupId}`), 'name');
      const path = parentId === undefined ? `/${realm}/groups` : `/${realm}/groups/${parentId}/children`;
      await act('POST', path, { id: groupId, name });
    },
    deleteGroup: (realm, groupId) => act('DELETE', `/${realm}/groups/${groupId}`),
    joinGroup: (realm, userId, groupId) => act('PUT', `/${realm}/users/${userId}/groups/${groupId}`),
    leaveGroup: (realm, userId, groupId) => act('DELETE', `/${realm}/users/${userId}/groups/${groupId}`),
    setClientSecret: (realm, clientId, secret) => updateClient(realm, clientId, { secret }),
    setFullScope: (realm, clientId, allowed) => updateClient(realm, clientId, { fullScopeAllowed: allowed }),
    setServiceAccounts: (realm, clientId, enabled) =>
      updateClient(realm, clientId, { serviceAccountsEnabled: enabled }),
    setTokenLifetime: (realm, clientId, seconds) =>
      updateClient(realm, clientId, { attributes: { 'access.token.lifespan': String(seconds) } }),
    addServiceAccountRoles: (realm, clientId, roles) => changeRoles('POST', realm, clientId, roles),
    removeServiceAccountRoles: (realm, clientId, roles) => changeRoles('DELETE', realm, clientId, roles),
  };
}
