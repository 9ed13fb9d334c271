import type { KeycloakSettings } from '../../../../src/domain/connector';

/** The client that holds a realm's roles: `realm-management`, or in the master realm one named after the realm. */
export function roleClientOf({ realm, loginRealm }: Pick<KeycloakSettings, 'realm' | 'loginRealm'>): string {
  return (loginRealm ?? realm) === 'master' ? `${realm}-realm` : 'realm-management';
}

/** A script for Keycloak's own command line tool that makes the client with the one role that the app needs. */
export function computeSetupScript(keycloak: KeycloakSettings): string {
  const url = keycloak.url.trim().replace(/\/+$/, '') || 'https://keycloak.example.com';
  const realm = keycloak.realm.trim() || 'my-realm';
  const clientRealm = keycloak.loginRealm?.trim() ?? realm;
  const clientId = keycloak.clientId.trim() || 'user-group-sync';
  const roleClient = roleClientOf({ realm, loginRealm: clientRealm });
  return `#!/bin/sh
# Run in the bin folder of Keycloak; it asks for the administrator's password.
set -eu
./kcadm.sh config credentials --server ${quote(url)} --realm master --user admin

# A client for machines only: no browser login, a secret, a service account.
id=$(./kcadm.sh create clients -r ${quote(clientRealm)} -i \\
  -s clientId=${quote(clientId)} -s protocol=openid-connect -s publicClient=false \\
  -s serviceAccountsEnabled=true -s standardFlowEnabled=false -s directAccessGrantsEnabled=false)

# The one role it needs: it may see users and groups, and change nothing.
./kcadm.sh add-roles -r ${quote(clientRealm)} --uusername ${quote(`service-account-${clientId.toLowerCase()}`)} \\
  --cclientid ${quote(roleClient)} --rolename view-users

# The client secret, to paste into the page.
./kcadm.sh get "clients/$id/client-secret" -r ${quote(clientRealm)} --fields value
`;
}

/** One word of a shell command, whatever it holds. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
