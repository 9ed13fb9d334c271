import { defaultSettings, type ConnectorSettings } from '../../src/domain/connector';
import type { Result } from '../../src/api';
import type { Organization } from '../atlassian/organization';
import { sampleDomain, sampleRealmName } from '../keycloak/sample';
import { sampleClientId } from '../keycloak/realms';
import { keycloakAddress, type Stage } from '../stage';
import { demoKey } from './organization';
import { demoSecret } from './keycloak';

/** The settings that the demo fills in, also for typing them by hand. */
export function sampleSettings(organization: Organization): ConnectorSettings {
  return {
    ...defaultSettings,
    name: 'Staff',
    keycloak: { url: keycloakAddress, realm: sampleRealmName, clientId: sampleClientId },
    users: {
      ...defaultSettings.users,
      emailDomains: [sampleDomain],
      productAccess: [{ resource: organization.resource('jira'), role: 'atlassian/user' }],
    },
    limits: 'first-load',
  };
}

/** Sets up the directory and a connector through the app's own functions, unless an earlier demo did. */
export async function fillIn(stage: Stage, admin: string): Promise<void> {
  const { organization } = stage.atlassian;
  const existing = take(await stage.call('listConnectors', undefined, admin));
  if (existing.length > 0) return;
  stage.platform.egress.approve(keycloakAddress);
  take(
    await stage.call(
      'saveDirectory',
      {
        key: demoKey,
        orgId: organization.id,
        directoryId: organization.directoryId(),
        keyOwner: 'Site Administrator',
        keyExpiresOn: new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10),
      },
      admin,
    ),
  );
  take(await stage.call('saveConnector', { settings: sampleSettings(organization), clientSecret: demoSecret }, admin));
}

function take<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`The demo could not be filled in: ${result.error.message}`);
  return result.value;
}
