import { noGroups, type GroupSet } from './group-set';
import type { ConnectorId, GroupId } from './identity';
import { standardMapping, type MappingRow, type Transformation } from './mapping-row';

/** Where the realm is and as which client the app reads it. The client secret lies in secret storage, never here. */
export interface KeycloakSettings {
  /** As typed: with or without `/auth`; the base path found by the connection test is kept in `Connector.basePath`. */
  readonly url: string;
  /** Where the admin API answers, when that is another host than `url` (Keycloak's `hostname-admin`). */
  readonly adminUrl?: string;
  readonly realm: string;
  /** The realm that the client lives in, when it is not the synced one (for example `master`). */
  readonly loginRealm?: string;
  readonly clientId: string;
}

/** Tab *Required Groups*: an explicit choice. */
export type Scope =
  | { readonly kind: 'realm' }
  | {
      readonly kind: 'groups';
      readonly include: GroupSet;
      /** Their members are out, whatever else holds. */
      readonly exclude: GroupSet;
      /** Member of one of the included groups, or of one for every id and every rule. */
      readonly match: 'any' | 'all';
      readonly subGroups: boolean;
    };

/** A product access that new accounts get with their invitation, as the Organizations API names it. */
export interface ProductAccess {
  readonly resource: string;
  readonly role: string;
}

/** Tab *User Provisioning*. */
export interface UserProvisioning {
  /** Lower-case e-mail domains whose addresses may be invited and adopted. Empty: nobody is invited or adopted. */
  readonly emailDomains: readonly string[];
  /** Federations (Keycloak `federationLink` ids) whose e-mails count as proven although Keycloak did not verify them. */
  readonly trustedFederations: readonly string[];
  readonly createAccounts: boolean;
  readonly productAccess: readonly ProductAccess[];
  readonly notify: boolean;
  readonly deactivate: boolean;
  /** Reactivation only ever concerns accounts that this connector suspended. */
  readonly reactivate: boolean;
  /** Applied in this order. */
  readonly mapping: readonly MappingRow[];
  /** Of managed accounts only. */
  readonly updateName: boolean;
  /** Of managed accounts only, at most ten a run: it signs the person out everywhere. */
  readonly updateEmail: boolean;
  /** The attributes besides name and e-mail; of managed accounts only. */
  readonly updateProfile: boolean;
  /** A Keycloak attribute that never changes (LDAP_ID): it tells who came back under a new Keycloak id. */
  readonly relinkAttribute?: string;
}

/** How the name of an Atlassian group comes from its Keycloak group; the groups of a path are joined by `separator`. */
export interface GroupNaming {
  readonly from: 'name' | 'path';
  readonly separator: string;
  readonly prefix: string;
  readonly transformations: readonly Transformation[];
}

/** Whether members of a group count for that group alone, or for all groups above it, too. */
export type SubGroups = 'direct' | 'parents';

/** Tab *Group Provisioning*: all groups of the user (default) or chosen ones. */
export interface GroupProvisioning {
  readonly selection: { readonly kind: 'all' } | { readonly kind: 'chosen'; readonly include: GroupSet };
  readonly exclude: GroupSet;
  readonly naming: GroupNaming;
  readonly subGroups: SubGroups;
  /** Atlassian groups that everybody with an account in scope is put into. */
  readonly alwaysAssign: readonly GroupId[];
  /** Atlassian groups that no membership is ever taken from. */
  readonly neverRemove: readonly GroupId[];
  readonly createMissing: boolean;
}

/** Tab *Sync Settings*: what happens to a managed account that is no longer in scope. */
export interface Cleanup {
  readonly behaviour: 'deactivate' | 'remove' | 'keep';
  /** Whether people who leave the scope also lose their memberships of synced groups. */
  readonly memberships: boolean;
  /** Whole days, 0 to 365, that somebody who vanished or left the scope keeps everything. */
  readonly graceDays: number;
}

export interface Schedule {
  readonly enabled: boolean;
  /** Five-field cron expression, at most every 30 minutes. */
  readonly cron: string;
  /** IANA name, for example `Europe/Berlin`. */
  readonly timeZone: string;
}

export type LimitPreset = 'strict' | 'normal' | 'first-load';

/** How plans over their limits are decided. */
export interface ApprovalRules {
  /** Who approves neither started the run nor saved the settings last. */
  readonly fourEyes: boolean;
  /** What takes no access away is done although the rest of the plan waits for approval. */
  readonly additionsMeanwhile: boolean;
}

/** All settings of a connector, as saved, exported and used by a run. Secrets are no part of it. */
export interface ConnectorSettings {
  readonly version: 2;
  readonly name: string;
  /** A connector that is switched off starts nothing, by hand or by schedule. */
  readonly enabled: boolean;
  readonly keycloak: KeycloakSettings;
  readonly scope: Scope;
  readonly users: UserProvisioning;
  readonly groups: GroupProvisioning;
  readonly cleanup: Cleanup;
  readonly schedule: Schedule;
  readonly limits: LimitPreset;
  readonly approval: ApprovalRules;
}

/** A saved connector. `revision` grows with each save; a save that names an older one is refused. */
export interface Connector {
  readonly id: ConnectorId;
  readonly revision: number;
  /** The first revision with these settings, when later ones only kept another base address; absent: this one. */
  readonly settingsSince?: number;
  readonly settings: ConnectorSettings;
  /** Base address that the connection test found, for example `https://kc.example.com/auth`. */
  readonly baseUrl?: string;
  readonly createdAt: number;
  readonly savedAt: number;
  readonly savedBy: string;
  /** Why its schedule was switched off by what an administrator decided, a sentence; gone with the next save. */
  readonly pausedBecause?: string;
}

/** What a new connector starts with: the manual's defaults. */
export const defaultSettings: ConnectorSettings = {
  version: 2,
  name: '',
  enabled: true,
  keycloak: { url: '', realm: '', clientId: '' },
  scope: { kind: 'realm' },
  users: {
    emailDomains: [],
    trustedFederations: [],
    createAccounts: true,
    productAccess: [],
    notify: false,
    deactivate: true,
    reactivate: true,
    mapping: standardMapping,
    updateName: false,
    updateEmail: false,
    updateProfile: false,
  },
  groups: {
    selection: { kind: 'all' },
    exclude: noGroups,
    naming: { from: 'name', separator: '-', prefix: '', transformations: [] },
    subGroups: 'direct',
    alwaysAssign: [],
    neverRemove: [],
    createMissing: true,
  },
  cleanup: { behaviour: 'deactivate', memberships: true, graceDays: 0 },
  schedule: { enabled: false, cron: '0 2 * * *', timeZone: 'UTC' },
  limits: 'strict',
  approval: { fourEyes: false, additionsMeanwhile: false },
};
