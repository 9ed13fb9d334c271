import type { SourceGroupId } from '../domain/identity';
import { sourceGroupId } from '../domain/identity';
import type { Source } from '../sync/ports';
import type { KeycloakAccess } from './access';
import type { AdminApi } from './admin-api';
import { createAdminApi } from './admin-api';
import { computeBaseUrls } from './base-url';
import type { RealmAddress } from './discovery';
import { discoverRealm } from './discovery';
import { readFederationNames } from './federations';
import { createPace } from './pace';
import { describeProgress, readNextPart } from './phases';
import { readAttributes } from './profile';
import { parseReading, startReading } from './reading';
import { createTokens } from './token';
import { idPageSchema, singleUserSchema } from './wire';

const defaultPageSize = 1_000;

/** The Keycloak side of a connector. Its methods throw `SourceError`; nothing is asked before one is called. */
export function openKeycloak(access: KeycloakAccess): Source {
  let opened: { readonly realm: RealmAddress; readonly api: AdminApi } | undefined;

  async function open(known?: RealmAddress): Promise<{ readonly realm: RealmAddress; readonly api: AdminApi }> {
    if (opened === undefined) {
      const likely = computeBaseUrls(access.settings.url, access.baseUrl)[0] ?? '';
      const early = createTokens(access, likely);
      // An address that a connection test found is asked for its token meanwhile; why it gives none shows when it is asked again.
      const pending = known === undefined && access.baseUrl === likely ? early.current().catch(() => '') : undefined;
      const [found] = await Promise.allSettled([known ?? discoverRealm(access), pending]);
      if (found.status === 'rejected') throw found.reason;
      const realm = found.value;
      const tokens = realm.baseUrl === likely ? early : createTokens(access, realm.baseUrl);
      opened = { realm, api: createAdminApi(access, realm.baseUrl, tokens) };
    }
    return opened;
  }

  return {
    async read(reading, report) {
      if (reading?.kind === 'read') return reading;
      const pace = createPace(access, report);
      const pageSize = access.pageSize ?? defaultPageSize;
      let state = parseReading(reading?.state) ?? startReading(1, pageSize);
      try {
        while (pace.mayGoOn()) {
          const { realm, api } = await open(state.realm);
          const next = state.realm === undefined ? { ...state, realm } : await readNextPart(api, state, pace, access);
          if ('kind' in next) return next;
          state = next;
        }
      } catch (error) {
        // Out of calls or time in the middle: what was read is kept and the next invocation asks again.
        if (pace.mayGoOn()) throw error;
      }
      return { kind: 'reading', state, progress: describeProgress(state) };
    },

    async confirmAbsent(user) {
      const { api } = await open();
      const path = `/users/${encodeURIComponent(user)}`;
      // Keycloak answers the first read of a dead person of a federation from its cache (measured).
      if ((await api.find(path, singleUserSchema)) !== undefined) return false;
      return (await api.find(path, singleUserSchema)) === undefined;
    },

    async readState(user) {
      const { api } = await open();
      const row = await api.find(`/users/${encodeURIComponent(user)}`, singleUserSchema);
      if (row === undefined) return undefined;
      return row.enabled === false ? 'disabled' : 'enabled';
    },

    async readFederationNames() {
      try {
        return await readFederationNames((await open()).api);
      } catch {
        return {};
      }
    },

    async readAttributes() {
      try {
        return await readAttributes((await open()).api);
      } catch {
        return [];
      }
    },

    async readGroupsOf(user) {
      const { api } = await open();
      const pageSize = access.pageSize ?? defaultPageSize;
      const groups = new Set<SourceGroupId>();
      for (let first = 0; ; first += pageSize) {
        const page = `briefRepresentation=true&first=${first}&max=${pageSize}`;
        const rows = await api.find(`/users/${encodeURIComponent(user)}/groups?${page}`, idPageSchema);
        if (rows === undefined) return undefined;
        for (const { id } of rows) groups.add(sourceGroupId(id));
        if (rows.length < pageSize) return [...groups];
      }
    },
  };
}
