import type { KeycloakSettings, Scope } from '../domain/connector';
import type { Secret } from '../domain/secret';
import type { HttpClient } from '../http/http';
import type { Budget } from '../sync/ports';

/** With what a realm is opened, for one invocation. */
export interface KeycloakAccess {
  readonly settings: KeycloakSettings;
  /** Base address that an earlier connection test found; it saves a request where Keycloak lies under `/auth`. */
  readonly baseUrl?: string;
  readonly secret: Secret;
  /** Counts its calls against `budget`. */
  readonly http: HttpClient;
  readonly budget: Budget;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds; waits before an unreadable page is asked for again. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Further attributes of people that the settings name; with any of them people are read in full, which is slower. */
  readonly attributes?: readonly string[];
  /** Where groups limit it, memberships and attributes of other people are not read. Absent: everything is. */
  readonly scope?: Scope;
  /** Rows of a page; 1,000 unless told. Measured: 500 to 1,000 is fastest, and larger pages save requests. */
  readonly pageSize?: number;
}
