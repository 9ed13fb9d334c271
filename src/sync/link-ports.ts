import type { Choices } from '../domain/choices';
import type { ConnectorId } from '../domain/identity';
import type { LinkEntry, Links } from '../domain/link';
import type { Fence } from './ports';

/** What connectors remember about pairs, and what administrators chose about them. */
export interface LinkStore {
  /** All links of the connector, the journal included. The issuer is that of the first link ever saved, else the one given. */
  load(connector: ConnectorId, issuer: string): Promise<Links>;
  /** Durable and fenced before it returns. */
  append(connector: ConnectorId, issuer: string, entries: readonly LinkEntry[], fence: Fence): Promise<void>;
  /** Folds the journal into one compressed whole, when it has grown. */
  compact(connector: ConnectorId, fence: Fence): Promise<void>;
  /** Goes on with the links under another issuer of their Keycloak, which an administrator approved. */
  saveIssuer(connector: ConnectorId, issuer: string, fence: Fence): Promise<void>;
  loadChoices(connector: ConnectorId): Promise<Choices>;
  /** Of several clicks at once none is lost: `change` is asked again with what the others left. */
  changeChoices(connector: ConnectorId, change: (before: Choices) => Choices): Promise<void>;
}
