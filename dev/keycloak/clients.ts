import { idOf } from './random';
import type { ClientRepresentation, UserRepresentation } from './representation';

/** What a client's service account may do in its realm; a list names roles of `realm-management` one by one. */
export type ClientAccess = 'view-users' | 'manage-users' | 'query-only' | 'none' | readonly string[];

export interface ClientOptions {
  readonly clientId: string;
  readonly secret: string;
  /** 'view-users' unless said, the least that a connector needs. */
  readonly access?: ClientAccess;
  readonly fullScope?: boolean;
  readonly serviceAccounts?: boolean;
  /** Paths of groups that the service account is a member of. */
  readonly groups?: readonly string[];
}

export function rolesOf(access: ClientAccess): readonly string[] {
  switch (access) {
    case 'none':
      return [];
    case 'query-only':
      return ['query-users', 'query-groups'];
    case 'view-users':
    case 'manage-users':
      return [access];
    default:
      return access;
  }
}

export function clientOf(options: ClientOptions): ClientRepresentation {
  return {
    clientId: options.clientId,
    enabled: true,
    secret: options.secret,
    publicClient: false,
    serviceAccountsEnabled: options.serviceAccounts ?? true,
    standardFlowEnabled: false,
    directAccessGrantsEnabled: false,
    fullScopeAllowed: options.fullScope ?? true,
  };
}

/** The user behind a client's service account; none when service accounts are off. */
export function serviceAccountOf(realm: string, options: ClientOptions): UserRepresentation | undefined {
  if (options.serviceAccounts === false) return undefined;
  const username = `service-account-${options.clientId}`;
  return {
    id: idOf(`${realm}/user/${username}`),
    username,
    enabled: true,
    serviceAccountClientId: options.clientId,
    clientRoles: { 'realm-management': rolesOf(options.access ?? 'view-users') },
    groups: options.groups ?? [],
  };
}
