import type { AdminClient } from './admin';
import { groupsDn, peopleDn } from './ldap-entries';
import { bindDn, bindPassword } from './ldap-server';

const userStorage = 'org.keycloak.storage.UserStorageProvider';
const ldapMapper = 'org.keycloak.storage.ldap.mappers.LDAPStorageMapper';

/** Settings of a provider or mapper by Keycloak's own names. */
export type ProviderConfig = Readonly<Record<string, string>>;

/** An LDAP provider of a realm, with a mapper that brings LDAP groups in. */
export interface Federation {
  /** The provider's id: what people of it carry as `federationLink`. */
  readonly id: string;
  readonly name: string;
  readonly configure: (changes: ProviderConfig) => Promise<void>;
  readonly configureGroups: (changes: ProviderConfig) => Promise<void>;
  /** Imports and updates all people, then all groups, as Keycloak's scheduled syncs do. */
  readonly sync: () => Promise<void>;
  readonly syncGroups: () => Promise<void>;
  /** Empties the realm's cache of users. */
  readonly clearCache: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Milliseconds. */
export const defaultTimeouts: ProviderConfig = { connectionTimeout: '5000', readTimeout: '5000' };

function providerConfig(port: number): ProviderConfig {
  return {
    enabled: 'true',
    vendor: 'other',
    connectionUrl: `ldap://127.0.0.1:${port}`,
    ...defaultTimeouts,
    authType: 'simple',
    bindDn,
    bindCredential: bindPassword,
    usersDn: peopleDn,
    searchScope: '1',
    usernameLDAPAttribute: 'uid',
    rdnLDAPAttribute: 'uid',
    uuidLDAPAttribute: 'entryUUID',
    userObjectClasses: 'inetOrgPerson, organizationalPerson',
    editMode: 'READ_ONLY',
    importEnabled: 'true',
    pagination: 'true',
    batchSizeForSync: '1000',
    fullSyncPeriod: '-1',
    changedSyncPeriod: '-1',
    cachePolicy: 'DEFAULT',
  };
}

const groupConfig: ProviderConfig = {
  'groups.dn': groupsDn,
  'group.name.ldap.attribute': 'cn',
  'group.object.classes': 'groupOfNames',
  'preserve.group.inheritance': 'false',
  'membership.ldap.attribute': 'member',
  'membership.attribute.type': 'DN',
  'membership.user.ldap.attribute': 'uid',
  mode: 'READ_ONLY',
  'user.roles.retrieve.strategy': 'LOAD_GROUPS_BY_MEMBER_ATTRIBUTE',
  'drop.non.existing.groups.during.sync': 'false',
  'groups.path': '/',
};

const listed = (config: ProviderConfig): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [key, [value]]));

function textOf(value: unknown, name: string): string {
  const found: unknown = Object.entries(Object(value) as object).find(([key]) => key === name)?.[1];
  if (typeof found !== 'string') throw new Error(`Keycloak's answer has no ${name}.`);
  return found;
}

/** The ids of the rows that Keycloak lists under this path. */
export async function listIds(admin: AdminClient, path: string): Promise<readonly string[]> {
  const rows = await admin.request('GET', path);
  return Array.isArray(rows) ? rows.map((row) => textOf(row, 'id')) : [];
}

/** Removes all providers of a realm, and with each the people that came from it. */
export async function removeFederations(admin: AdminClient, realm: string): Promise<void> {
  for (const id of await listIds(admin, `/${realm}/components?type=${userStorage}`)) {
    await admin.request('DELETE', `/${realm}/components/${id}`);
  }
}

/** Adds an LDAP provider to a realm; nobody is imported before somebody reads or syncs. */
export async function addFederation(
  admin: AdminClient,
  realm: string,
  port: number,
  { name = 'Head office', ...changes }: ProviderConfig & { readonly name?: string } = {},
): Promise<Federation> {
  const components = `/${realm}/components`;
  const find = async (parent: string, wanted: string): Promise<string> => {
    const [id] = await listIds(admin, `${components}?parent=${parent}&name=${encodeURIComponent(wanted)}`);
    if (id === undefined) throw new Error(`Realm ${realm} has no component ${wanted}.`);
    return id;
  };
  const configure = (id: string) => async (config: ProviderConfig) => {
    const row = Object(await admin.request('GET', `${components}/${id}`)) as { readonly config?: object };
    await admin.request('PUT', `${components}/${id}`, { ...row, config: { ...row.config, ...listed(config) } });
  };
  const parentId = textOf(await admin.request('GET', `/${realm}`), 'id');
  const config = listed({ ...providerConfig(port), ...changes });
  await admin.request('POST', components, { name, parentId, providerId: 'ldap', providerType: userStorage, config });
  const id = await find(parentId, name);
  await admin.request('POST', components, {
    name: 'groups',
    parentId: id,
    providerId: 'group-ldap-mapper',
    providerType: ldapMapper,
    config: listed(groupConfig),
  });
  const mapper = await find(id, 'groups');
  const storage = `/${realm}/user-storage/${id}`;
  const syncGroups = async (): Promise<void> => {
    await admin.request('POST', `${storage}/mappers/${mapper}/sync?direction=fedToKeycloak`);
  };
  return {
    id,
    name,
    configure: configure(id),
    configureGroups: configure(mapper),
    syncGroups,
    sync: async () => {
      await admin.request('POST', `${storage}/sync?action=triggerFullSync`);
      await syncGroups();
    },
    clearCache: async () => {
      await admin.request('POST', `/${realm}/clear-user-cache`);
    },
    remove: async () => {
      await admin.request('DELETE', `${components}/${id}`);
    },
  };
}
