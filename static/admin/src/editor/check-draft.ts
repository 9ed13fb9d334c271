import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { GroupSet } from '../../../../src/domain/group-set';
import { parseAddress } from './address';
import { checkMapping, checkTransformations } from './mapping/check-mapping';
import type { FieldErrors } from './settings-fields';

/** What is plainly missing before the app is asked; the app checks everything again. */
export function checkDraft(draft: ConnectorSettings, secretGiven: boolean): FieldErrors {
  const errors: Record<string, string> = {};
  const { keycloak, scope, users, groups } = draft;
  if (draft.name.trim() === '') errors['name'] = 'Enter a name for this connector.';
  const url = checkAddress(keycloak.url);
  if (url !== undefined) errors['keycloak.url'] = url;
  const adminUrl = keycloak.adminUrl === undefined ? undefined : checkAddress(keycloak.adminUrl);
  if (adminUrl !== undefined) errors['keycloak.adminUrl'] = adminUrl;
  if (keycloak.realm.trim() === '') errors['keycloak.realm'] = 'Enter the name of the realm.';
  if (keycloak.clientId.trim() === '') errors['keycloak.clientId'] = 'Enter the ID of the client.';
  if (!secretGiven) errors['clientSecret'] = 'Paste the client secret from the Credentials tab of the client.';
  if (scope.kind === 'groups' && isEmpty(scope.include)) {
    errors['scope.include'] = 'Choose at least one group, or choose the whole realm.';
  }
  if (groups.selection.kind === 'chosen' && isEmpty(groups.selection.include)) {
    errors['groups.selection.include'] = 'Choose at least one group, or choose all groups of the user.';
  }
  return {
    ...errors,
    ...checkMapping(users.mapping),
    ...checkTransformations(groups.naming.transformations, 'groups.naming.transformations'),
  };
}

const isEmpty = ({ groupIds, rules }: GroupSet): boolean => groupIds.length + rules.length === 0;

/** Why text is no address of a Keycloak server; absent when it is one. */
export function checkAddress(text: string): string | undefined {
  if (text.trim() === '') return 'Enter the address of your Keycloak server.';
  const url = parseAddress(text);
  if (url === undefined || url.hostname === '')
    return 'This is no address. It should look like https://keycloak.example.com.';
  if (url.protocol !== 'https:') return 'The address must begin with https://.';
  return undefined;
}
