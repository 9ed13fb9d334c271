import type { GenericSchema } from 'valibot';
import type { SourceCounts } from '../domain/completeness';
import type { HttpAnswer } from '../http/http';
import type { KeycloakAccess } from './access';
import { computeAdminUrl } from './base-url';
import { describeRefusal, explained, unreadable } from './failure';
import type { Tokens } from './token';
import { groupCountSchema, parseBody, parseRefusal, userCountSchema } from './wire';

/** Reads of one realm. All throw `SourceError`. */
export interface AdminApi {
  /** `path` begins behind the realm, for example `/users?first=0`. */
  read<Output>(path: string, schema: GenericSchema<unknown, Output>): Promise<Output>;
  /** As `read`; `undefined` when Keycloak says that this user or group does not exist. */
  find<Output>(path: string, schema: GenericSchema<unknown, Output>): Promise<Output | undefined>;
}

/** One list page may hang on LDAP for each of its people; longer than this is no data. */
const timeoutMs = 90_000;
/** Waits before an unreadable answer is asked for once more. */
const rereadMs: readonly number[] = [500, 2_000];

export function createAdminApi(access: KeycloakAccess, baseUrl: string, tokens: Tokens): AdminApi {
  const { realm } = access.settings;
  const root = `${computeAdminUrl(access.settings, baseUrl)}/admin/realms/${encodeURIComponent(realm)}`;

  async function send(url: string, token: string): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    return explained(url, access.http.send({ method: 'GET', url, headers, repeatable: true, timeoutMs }));
  }

  async function sendWithToken(url: string): Promise<HttpAnswer> {
    const token = await tokens.current();
    const answer = await send(url, token);
    return answer.status === 401 ? send(url, await tokens.replace(token)) : answer;
  }

  async function find<Output>(
    path: string,
    schema: GenericSchema<unknown, Output>,
  ): Promise<{ readonly value: Output } | HttpAnswer> {
    const url = `${root}${path}`;
    for (const wait of [...rereadMs, undefined]) {
      const answer = await sendWithToken(url);
      if (answer.status !== 200) return answer;
      const parsed = parseBody(schema, answer.text);
      if (parsed !== undefined) return parsed;
      if (wait !== undefined) await access.sleep?.(wait);
    }
    throw unreadable(url);
  }

  return {
    async read(path, schema) {
      const found = await find(path, schema);
      if ('value' in found) return found.value;
      throw describeRefusal(found, root, realm);
    },
    async find(path, schema) {
      const found = await find(path, schema);
      if ('value' in found) return found.value;
      if (saysNotFound(found)) return undefined;
      throw describeRefusal(found, root, realm);
    },
  };
}

/** Keycloak's own words for an unknown user or group; a proxy's 404 and a wrong path have others. */
function saysNotFound(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  const said = parseRefusal(answer.text);
  return said !== undefined && /user not found|could not find group|group not found/.test(said);
}

/** Keycloak's own counts. Two requests, side by side. */
export async function readCounts(api: AdminApi): Promise<SourceCounts> {
  const users = api.read('/users/count', userCountSchema);
  const groups = api.read('/groups/count', groupCountSchema);
  // Both to their end, whichever fails: a request left alone would run on in a later invocation.
  await Promise.allSettled([users, groups]);
  return { users: await users, groups: (await groups).count };
}
