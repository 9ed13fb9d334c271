import type { OrganizationChoice, Probe } from '../api';
import type { Connector, KeycloakSettings } from '../domain/connector';
import type { ConnectorId, SourceGroupId } from '../domain/identity';
import type { Secret } from '../domain/secret';
import type { SettingsHistory } from '../domain/settings-history';
import type { World } from '../sync/ports';

/** Which organization and directory is written to, as saved. */
export interface DirectorySettings {
  readonly orgId: string;
  readonly orgName: string;
  readonly directoryId: string;
  readonly directoryName: string;
  readonly keyOwner?: string;
  /** ISO date. */
  readonly keyExpiresOn?: string;
}

/** What the page's functions work with, for one invocation: the flow's world, and what only administrators touch. */
export interface AdminWorld {
  readonly world: World;
  readonly connectors: {
    list(): Promise<readonly Connector[]>;
    load(id: ConnectorId): Promise<Connector | undefined>;
    create(connector: Connector): Promise<void>;
    /** `false` when somebody else saved meanwhile. */
    save(connector: Connector): Promise<boolean>;
    delete(id: ConnectorId): Promise<void>;
  };
  readonly secrets: {
    /** The secret that was entered for this very server, realm and client; `undefined` when there is none. */
    loadClientSecret(id: ConnectorId, keycloak: KeycloakSettings): Promise<Secret | undefined>;
    saveClientSecret(id: ConnectorId, keycloak: KeycloakSettings, secret: Secret): Promise<void>;
    deleteClientSecret(id: ConnectorId): Promise<void>;
    loadApiKey(): Promise<Secret | undefined>;
    saveApiKey(key: Secret): Promise<void>;
  };
  readonly settingsHistory: {
    load(id: ConnectorId): Promise<SettingsHistory>;
    change(id: ConnectorId, next: (before: SettingsHistory) => SettingsHistory): Promise<void>;
  };
  readonly directorySettings: {
    load(): Promise<DirectorySettings | undefined>;
    save(settings: DirectorySettings): Promise<void>;
  };
  /** Asked as the caller, in the product of the module; any doubt is a no. */
  isProductAdmin(moduleKey: string | undefined): Promise<boolean>;
  /** Asked with this key at this moment; any doubt is a no. */
  isOrganizationAdmin(accountId: string, key: Secret, orgId: string): Promise<boolean>;
  probeKeycloak(
    connector: Connector,
    secret: Secret,
  ): Promise<{ readonly probes: readonly Probe[]; readonly baseUrl?: string }>;
  /** Milliseconds that this invocation has left. */
  readonly timeLeft: () => number;
  /** Which of these groups the realm does not have any more; one call for each. Throws `SourceError`. */
  findLostGroups(
    connector: Connector,
    secret: Secret,
    ids: readonly SourceGroupId[],
  ): Promise<ReadonlySet<SourceGroupId>>;
  probeDirectory(settings: DirectorySettings, key: Secret): Promise<readonly Probe[]>;
  readOrganizations(key: Secret): Promise<readonly OrganizationChoice[]>;
}
