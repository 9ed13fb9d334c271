import { EgressFilteringService, EgressType } from '@forge/egress';
import * as v from 'valibot';
import type { RowStore } from './kvs/store';
import { staticHosts, type Manifest } from './manifest';

const configured = v.looseObject({ domain: v.string(), type: v.array(v.enum(EgressType)) });
const group = v.looseObject({
  key: v.pipe(v.string(), v.minLength(1)),
  description: v.string(),
  configured: v.pipe(v.array(configured), v.minLength(1), v.maxLength(10)),
});
const setPayload = v.looseObject({ egresses: v.pipe(v.array(group), v.minLength(1)) });
const getPayload = v.optional(v.looseObject({ keys: v.optional(v.array(v.string())) }), {});
const domainPayload = v.looseObject({ key: v.string(), domain: v.string(), type: v.enum(EgressType) });
const groupPayload = v.looseObject({ key: v.string() });

export type EgressGroup = v.InferOutput<typeof group>;

/** Customer-managed egress of one installation; survives a restart with the storage. */
export interface EgressApprovals {
  /** Any user may read. */
  get(payload: unknown): { results: readonly EgressGroup[] };
  /** Only after an administrator said yes; rejects what the platform would not take. */
  set(payload: unknown): { results: readonly EgressGroup[] };
  deleteDomain(payload: unknown): void;
  deleteGroup(payload: unknown): void;
  /** Shorthand for tests and demos: approves an address for calls of the backend. */
  approve(domain: string, key?: string): void;
  /** An administrator withdraws the approval outside the app. */
  revoke(domain: string): void;
  /** Whether the backend may call this address. */
  isAllowed(url: string): boolean;
}

function checkDomain(domain: string): void {
  const url = URL.parse(domain);
  if (url?.protocol !== 'https:' || (domain !== url.origin && domain !== `${url.origin}/`) || domain.includes('*')) {
    throw new Error(`${domain} is no https address of a host.`);
  }
}

export function createEgressApprovals(manifest: Manifest, store: RowStore): EgressApprovals {
  const isConfigurable = manifest.permissions.external?.configurable?.enabled === true;
  const fixed = staticHosts(manifest);
  let groups = v.parse(v.optional(v.array(group), []), store.loadSetting('egress'));

  function save(next: EgressGroup[]): void {
    groups = next;
    store.saveSetting('egress', next);
  }

  function without(domain: string, type: EgressType | undefined, key: string | undefined): EgressGroup[] {
    return groups
      .map((each) => ({
        ...each,
        configured: each.configured
          .map((entry) =>
            entry.domain === domain && (key === undefined || each.key === key)
              ? { ...entry, type: type === undefined ? [] : entry.type.filter((one) => one !== type) }
              : entry,
          )
          .filter((entry) => entry.type.length > 0),
      }))
      .filter((each) => each.configured.length > 0);
  }

  function set(payload: unknown): { results: readonly EgressGroup[] } {
    if (!isConfigurable) throw new Error('The manifest does not allow customer-managed egress.');
    const { egresses } = v.parse(setPayload, payload);
    for (const each of egresses) for (const { domain } of each.configured) checkDomain(domain);
    const next = [...groups.filter(({ key }) => !egresses.some((each) => each.key === key)), ...egresses];
    if (next.length > 10) throw new Error('At most 10 groups.');
    save(next);
    return { results: egresses };
  }

  return {
    get(payload) {
      const { keys } = v.parse(getPayload, payload ?? undefined);
      return { results: groups.filter(({ key }) => keys === undefined || keys.includes(key)) };
    },
    set,
    deleteDomain(payload) {
      const { key, domain, type } = v.parse(domainPayload, payload);
      save(without(domain, type, key));
    },
    deleteGroup(payload) {
      const { key } = v.parse(groupPayload, payload);
      save(groups.filter((each) => each.key !== key));
    },
    approve(domain, key = 'keycloak') {
      const entry = { domain, type: [EgressType.FetchBackendSide] };
      const before = groups.find((each) => each.key === key)?.configured ?? [];
      const kept = before.filter((each) => each.domain !== domain);
      set({ egresses: [{ key, description: key, configured: [...kept, entry] }] });
    },
    revoke: (domain) => save(without(domain, undefined, undefined)),
    isAllowed(url) {
      const approved = groups.flatMap((each) =>
        each.configured.filter(({ type }) => type.includes(EgressType.FetchBackendSide)).map(({ domain }) => domain),
      );
      return url.startsWith('https://') && new EgressFilteringService([...fixed, ...approved]).isValidUrl(url);
    },
  };
}
