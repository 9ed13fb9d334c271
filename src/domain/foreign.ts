import type { AccountId, ConnectorId, GroupId } from './identity';
import type { Deprovisioned, RecentWrite } from './memory';

/** What the other connectors of the same directory have: nobody takes anything from them. */
export interface Foreign {
  /** Accounts by the other connector that owns them. */
  readonly accounts: ReadonlyMap<AccountId, ConnectorId>;
  /** Groups by the other connector that linked them first. */
  readonly groups: ReadonlyMap<GroupId, ConnectorId>;
  /** Addresses of other connectors' invitations that the directory does not show yet. */
  readonly invited: ReadonlyMap<string, ConnectorId>;
  readonly names: ReadonlyMap<ConnectorId, string>;
  /** Everything that others manage, whoever owns it: shares are measured over all connectors. */
  readonly managedAccounts: ReadonlySet<AccountId>;
  readonly managedGroups: ReadonlySet<GroupId>;
  /** What others deprovisioned in the last days. */
  readonly deprovisioned: readonly Deprovisioned[];
  /** What others wrote in the last minutes; their invitations are told by `invited`. */
  readonly recent: readonly RecentWrite[];
}

export const nothingForeign: Foreign = {
  accounts: new Map(),
  groups: new Map(),
  invited: new Map(),
  names: new Map(),
  managedAccounts: new Set(),
  managedGroups: new Set(),
  deprovisioned: [],
  recent: [],
};

/** Another connector in a sentence: by its name, by its id where it does not exist any more. */
export function nameConnector(foreign: Pick<Foreign, 'names'>, id: ConnectorId): string {
  return `the connector "${foreign.names.get(id) ?? id}"`;
}
