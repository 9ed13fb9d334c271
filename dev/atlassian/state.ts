import { createHash } from 'node:crypto';

export type DirectoryStatus = 'active' | 'suspended';

export interface DirectoryEntry {
  status: DirectoryStatus;
  /** Not visible through the API: it lets tests tell the app's acts from those of people. */
  changedBy: 'api' | 'hand';
  addedAt: string;
}

export interface DirectRole {
  resource: string;
  role: string;
}

export interface Account {
  readonly id: string;
  readonly ordinal: number;
  email: string;
  emailVerified: boolean;
  name: string;
  nickname: string;
  accountType: 'atlassian' | 'app' | 'customer';
  accountStatus: 'active' | 'inactive' | 'closed';
  claimed: boolean;
  managementSource: 'invited' | 'synced' | null;
  /** The identity provider that owns profile and state of the account, as User management tells it. */
  externalDirectory: 'scim' | 'google' | null;
  /** Privilege (`email.set`) or field (`extended_profile.department`) of User management -> why it is refused (`authPolicy.saml`). */
  restricted: Record<string, string>;
  platformRoles: string[];
  directRoles: DirectRole[];
  /** Products whose own administration the account has, whatever its groups grant. */
  productAdmin: ('jira' | 'confluence')[];
  /** Resource ARI -> time of last use. */
  lastActive: Record<string, string>;
  /** By directory id; no entry: not a member. */
  directories: Record<string, DirectoryEntry>;
  /** Of an invited person: `open` is listed without groups, `hidden` is not even listed before accepting. */
  invitation: 'accepted' | 'open' | 'hidden';
  forDeletion: boolean;
  deactivatedOn: string | null;
  mfaEnabled: boolean;
  jobTitle: string;
  department: string;
  organization: string;
  location: string;
  timeZone: string;
  locale: string;
  /** How often all logins of the account were ended. */
  signedOut: number;
}

/** What User management changes, and reads may be slow to show. */
export type Profile = Pick<
  Account,
  'email' | 'name' | 'nickname' | 'jobTitle' | 'department' | 'organization' | 'location' | 'timeZone' | 'locale'
>;

export interface GroupRole {
  resource: string;
  roles: string[];
  /** Set: the group is a default-access group of the resource. */
  defaultRole: string | null;
}

export interface Group {
  readonly id: string;
  readonly ordinal: number;
  readonly directoryId: string;
  name: string;
  description: string;
  externalSynced: boolean;
  managedBy: string;
  managementAccess: { readable: boolean; modifiable: boolean; deletable: boolean } | null;
  roles: GroupRole[];
}

export interface DirectoryUnit {
  readonly id: string;
  readonly name: string;
}

export interface Workspace {
  readonly id: string;
  readonly product: 'jira' | 'confluence';
  /** The resource of roles and permission rules. */
  readonly ari: string;
  readonly owner: string;
  readonly name: string;
  readonly hostUrl: string;
  readonly directoryId: string;
  /** Accounts with a billable role that the licence allows; null: any number. */
  userLimit: number | null;
}

export interface ApiKey {
  secret: string;
  kind: 'unscoped' | 'scoped' | 'scim';
  scopes: string[];
  state: 'valid' | 'expired' | 'revoked';
  /** Directories that the key may manage; null: all of them. */
  directories: string[] | null;
}

/** Everything that an organization knows, as plain data that survives JSON. */
export interface State {
  readonly id: string;
  readonly name: string;
  paid: boolean;
  counter: number;
  verifiedDomains: string[];
  directories: DirectoryUnit[];
  workspaces: Workspace[];
  keys: ApiKey[];
  accounts: Account[];
  groups: Group[];
  /** Group id -> account ids. */
  members: Record<string, string[]>;
}

/** A UUID that is the same in every run: identity comes from what is made and in which order. */
export function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
