// The parts of Keycloak's own representations that samples, tests and the double use.

export interface UserRepresentation {
  readonly id?: string;
  readonly username: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly enabled: boolean;
  readonly emailVerified?: boolean;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Paths, for example '/Engineering/Backend'. */
  readonly groups?: readonly string[];
  readonly serviceAccountClientId?: string;
  readonly clientRoles?: Readonly<Record<string, readonly string[]>>;
}

export interface GroupRepresentation {
  readonly id?: string;
  readonly name: string;
  readonly subGroups?: readonly GroupRepresentation[];
}

export interface ClientRepresentation {
  readonly clientId: string;
  readonly enabled: boolean;
  readonly secret?: string;
  readonly publicClient?: boolean;
  readonly serviceAccountsEnabled?: boolean;
  readonly standardFlowEnabled?: boolean;
  readonly directAccessGrantsEnabled?: boolean;
  readonly fullScopeAllowed?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface RealmRepresentation {
  readonly id: string;
  readonly realm: string;
  readonly enabled: boolean;
  readonly clients: readonly ClientRepresentation[];
  readonly groups: readonly GroupRepresentation[];
  readonly users: readonly UserRepresentation[];
}
