import type { Account, DirectoryUnit, Group, GroupRole, State, Workspace } from './state';
import { stableUuid } from './state';
import type { Store } from './store';

export type ProductName = 'jira' | 'confluence';

export interface OrganizationOptions {
  readonly name?: string;
  /** Names; the first one is where builders put things by default. */
  readonly directories?: readonly string[];
  readonly verifiedDomains?: readonly string[];
  /** Without a paid subscription invitations answer 402. */
  readonly paid?: boolean;
  readonly products?: readonly { product: ProductName; directory?: string; userLimit?: number }[];
  /** The unscoped key. */
  readonly key?: string;
}

export interface NewAccount {
  readonly email: string;
  readonly name?: string;
  readonly emailVerified?: boolean;
  readonly accountType?: Account['accountType'];
  readonly accountStatus?: Account['accountStatus'];
  /** Managed by the organization; by default: whether the domain is verified. */
  readonly claimed?: boolean;
  readonly managementSource?: Account['managementSource'];
  readonly externalDirectory?: Account['externalDirectory'];
  readonly restricted?: Account['restricted'];
  readonly platformRoles?: readonly string[];
  readonly productAdmin?: readonly ProductName[];
  /** Names; the first directory by default. None: a stranger, or a managed account outside every directory. */
  readonly directories?: readonly string[];
  readonly status?: 'active' | 'suspended';
  readonly invitation?: Account['invitation'];
  readonly groups?: readonly string[];
  readonly addedAt?: string;
  readonly lastActive?: Readonly<Partial<Record<ProductName, string>>>;
  /** A given account id, as in an export. */
  readonly id?: string;
}

export interface NewGroup {
  readonly name: string;
  readonly description?: string;
  readonly directory?: string;
  readonly externalSynced?: boolean;
  readonly managedBy?: string;
  /** null: the API does not tell. */
  readonly managementAccess?: Group['managementAccess'];
  readonly grants?: readonly { product: ProductName; role: string; byDefault?: boolean }[];
  /** Roles on the organization itself, such as `atlassian/org-admin`. */
  readonly platformRoles?: readonly string[];
  readonly members?: readonly string[];
  readonly id?: string;
}

/** The state of a new organization without people and groups. */
export function createState(options: OrganizationOptions): State {
  const name = options.name ?? 'Example Organization';
  const id = stableUuid(`organization ${name}`);
  const directories = (options.directories ?? ['Example Directory']).map((directory) => ({
    id: stableUuid(`${id} directory ${directory}`),
    name: directory,
  }));
  const products = options.products ?? [{ product: 'jira' as const }, { product: 'confluence' as const }];
  const workspaces = products.map((each): Workspace => {
    const directory = directories.find((one) => one.name === each.directory) ?? directories[0];
    if (!directory) throw new Error('An organization needs at least one directory.');
    const workspaceId = stableUuid(`${directory.id} ${each.product}`);
    return {
      id: workspaceId,
      product: each.product,
      ari: `ari:cloud:${each.product}::site/${workspaceId}`,
      owner: each.product === 'jira' ? 'jira-software' : 'confluence',
      name: `example-${each.product}`,
      hostUrl: 'https://example.atlassian.net',
      directoryId: directory.id,
      userLimit: each.userLimit ?? null,
    };
  });
  return {
    id,
    name,
    paid: options.paid ?? true,
    counter: 0,
    verifiedDomains: [...(options.verifiedDomains ?? ['example.com'])],
    directories,
    workspaces,
    keys: [
      { secret: options.key ?? 'organization-key', kind: 'unscoped', scopes: [], state: 'valid', directories: null },
    ],
    accounts: [],
    groups: [],
    members: {},
  };
}

/** An account as the organization would hold it; not yet stored. */
export function createAccount(store: Store, input: NewAccount, directories: readonly DirectoryUnit[]): Account {
  const domain = input.email.split('@').at(-1)?.toLowerCase() ?? '';
  const name = input.name ?? input.email.split('@')[0] ?? input.email;
  const addedAt = input.addedAt ?? store.now();
  const active = store.state.workspaces.flatMap((workspace) => {
    const time = input.lastActive?.[workspace.product];
    return time === undefined ? [] : [[workspace.ari, time] as const];
  });
  const claimed = input.claimed ?? store.state.verifiedDomains.includes(domain);
  return {
    // The form of real ids: a colon that must be escaped in paths, and no bare UUID.
    id: input.id ?? `712020:${store.nextId('account')}`,
    ordinal: store.nextOrdinal(),
    email: input.email,
    emailVerified: input.emailVerified ?? true,
    name,
    nickname: name.split(' ')[0] ?? name,
    accountType: input.accountType ?? 'atlassian',
    accountStatus: input.accountStatus ?? 'active',
    claimed,
    managementSource: input.managementSource === undefined ? (claimed ? 'invited' : null) : input.managementSource,
    externalDirectory: input.externalDirectory ?? null,
    restricted: { ...input.restricted },
    platformRoles: [...(input.platformRoles ?? [])],
    directRoles: [],
    productAdmin: [...(input.productAdmin ?? [])],
    lastActive: Object.fromEntries(active),
    directories: Object.fromEntries(
      directories.map((directory) => [
        directory.id,
        { status: input.status ?? 'active', changedBy: 'hand' as const, addedAt },
      ]),
    ),
    invitation: input.invitation ?? 'accepted',
    forDeletion: false,
    deactivatedOn: null,
    mfaEnabled: false,
    jobTitle: '',
    department: '',
    organization: '',
    location: '',
    timeZone: 'Etc/UTC',
    locale: 'en-US',
    signedOut: 0,
  };
}

/** A group as the organization would hold it; not yet stored. */
export function createGroup(store: Store, input: NewGroup, directory: DirectoryUnit): Group {
  const synced = input.externalSynced ?? false;
  const granted = (input.grants ?? []).map((grant): GroupRole => {
    const workspace = store.state.workspaces.find((each) => each.product === grant.product);
    if (!workspace) throw new Error(`The organization has no ${grant.product}.`);
    return { resource: workspace.ari, roles: [grant.role], defaultRole: grant.byDefault ? grant.role : null };
  });
  const platform = input.platformRoles?.length
    ? [{ resource: `ari:cloud:platform::org/${store.state.id}`, roles: [...input.platformRoles], defaultRole: null }]
    : [];
  const ordinal = store.nextOrdinal();
  const unknownAccess =
    store.doubts.managementAccess === 'absent' ||
    (store.doubts.managementAccess === 'sometimes absent' && ordinal % 3 === 0);
  const access = { readable: true, modifiable: !synced, deletable: !synced };
  return {
    id: input.id ?? store.nextId('group'),
    ordinal,
    directoryId: directory.id,
    name: input.name,
    description: input.description ?? '',
    externalSynced: synced,
    managedBy: input.managedBy ?? (synced ? 'external' : 'admins'),
    managementAccess: input.managementAccess === undefined ? (unknownAccess ? null : access) : input.managementAccess,
    roles: [...granted, ...platform],
  };
}
