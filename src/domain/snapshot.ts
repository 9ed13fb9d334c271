import type { FederationNames } from './federation-name';
import type { ProfileAttribute } from './mapping';
import type { AccountId, ConnectorId, GroupId, SourceGroupId, SourceUserId } from './identity';

/** Whether a plan made from a snapshot may take anything away (promise 2). */
export type Removals =
  { readonly kind: 'allowed' } | { readonly kind: 'withheld'; readonly reasons: readonly string[] };

export interface SourceUser {
  readonly id: SourceUserId;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  /** From a list, never from a single read (that one may show a brute-force lock). */
  readonly enabled: boolean;
  /** Id of the user federation (LDAP) that holds the person; absent for people of the realm itself. */
  readonly federationLink?: string;
  /**
   * Further Keycloak attributes, each with its values in Keycloak's order and as it stores them: only those that the settings name.
   * Absent where the settings name none. An attribute that the realm does not show is absent, as one without a value is.
   */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Named attributes that are absent because their values are too long to be kept: they have one that nobody here knows. */
  readonly tooLong?: readonly string[];
  /**
   * Groups the user is a direct member of: all of them, unless the snapshot says `in-scope` and the user is not. Then only those are
   * here that decide the scope, and that another group is missing says nothing.
   */
  readonly groupIds: readonly SourceGroupId[];
}

export interface SourceGroup {
  readonly id: SourceGroupId;
  readonly name: string;
  /** For people only: slashes in names are not escaped, so it is never split. */
  readonly path: string;
  readonly parentId?: SourceGroupId;
}

/** Whose memberships a snapshot holds in full: everybody's, or those of the people in scope. */
export type MembershipExtent = 'all' | 'in-scope';

// A snapshot cannot be written down by hand: only the proofs of completeness in `completeness.ts` make one.
declare const proved: unique symbol;

/** The realm at one moment: users without service accounts, all groups, direct memberships as far as `memberships` says. Proved complete. */
export interface SourceSnapshot {
  readonly [proved]: 'source';
  readonly issuer: string;
  /** Epoch milliseconds when the reading ended. */
  readonly readAt: number;
  readonly users: readonly SourceUser[];
  readonly groups: readonly SourceGroup[];
  readonly memberships: MembershipExtent;
  /** Names of user federations, where the client may read them. */
  readonly federations?: FederationNames;
  readonly removals: Removals;
}

export type AccountStatus = 'active' | 'suspended' | 'not-invited' | 'deactivated' | 'for-deletion';

export interface DirectoryAccount {
  readonly id: AccountId;
  /** Lower case; absent when Atlassian does not show it. */
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly name: string;
  /** What the directory shows besides name and e-mail; an attribute without a value is absent. */
  readonly profile?: Readonly<Partial<Record<Exclude<ProfileAttribute, 'displayName'>, string>>>;
  readonly status: AccountStatus;
  /** Whether the account is a person (`accountType` atlassian). */
  readonly person: boolean;
  /** A claimed (managed) account of the organization. */
  readonly claimed: boolean;
  /** Provisioned by another identity-provider sync: never ours to change. */
  readonly synced: boolean;
  /** Any administrative role, such as `atlassian/org-admin`: the account is protected. */
  readonly platformRoles: readonly string[];
  /** Groups that the directory shows for the account. Not proof of absence for accounts that are not active. */
  readonly groupIds: readonly GroupId[];
}

/** Our mark in the description of a group that a connector created. */
export interface GroupMark {
  readonly connectorId: ConnectorId;
  readonly sourceGroupId: SourceGroupId;
}

export interface DirectoryGroup {
  readonly id: GroupId;
  readonly name: string;
  readonly description: string;
  readonly mark?: GroupMark;
  /** Why the group must not be written (synced, not modifiable, grants administration, default access); absent when it may. */
  readonly protectedBecause?: string;
  /** Products that members get access to through the group; empty when it grants none. */
  readonly grantsAccess: readonly string[];
}

/** The directory at one moment: all accounts with their groups, all groups. Proved complete. */
export interface DirectorySnapshot {
  readonly [proved]: 'directory';
  readonly readAt: number;
  readonly accounts: readonly DirectoryAccount[];
  readonly groups: readonly DirectoryGroup[];
  readonly removals: Removals;
}
