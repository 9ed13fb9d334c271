import { useState } from 'react';
import { Choice } from '../parts/choice';
import { CopyBlock } from '../parts/copy-block';
import { useEditor } from './editor-context';
import { computeSetupScript, roleClientOf } from './setup-script';

/** How to make the client in Keycloak: as clicks, or as a script with the typed values in it. */
export function SetupGuide() {
  const { keycloak } = useEditor().draft;
  const [way, setWay] = useState<'clicks' | 'script'>('clicks');
  return (
    <aside className="setup-guide" aria-labelledby="setup-guide-title">
      <h2 id="setup-guide-title">Set up the client in Keycloak</h2>
      <Choice
        legend="Way to set it up"
        hideLegend
        value={way}
        onChange={setWay}
        options={[
          { value: 'clicks', label: 'In the console' },
          { value: 'script', label: 'With a script' },
        ]}
      />
      {way === 'clicks' ? (
        <Clicks />
      ) : (
        <CopyBlock label="Script that makes the client" text={computeSetupScript(keycloak)} />
      )}
      <p className="guide-why">
        <strong>Why view-users and not manage-users?</strong> The app only reads Keycloak. The role view-users shows
        users, groups and members and can change nothing, so a lost secret cannot change your realm.
      </p>
      <p className="guide-why">
        <strong>Does the realm use LDAP?</strong> Reading lets Keycloak import people from LDAP and drop those whom LDAP
        does not show. On Keycloak 26.7 set <b>Remove invalid users during searches</b> of the LDAP provider to off, so
        that a wrong base DN or filter drops nobody.
      </p>
    </aside>
  );
}

function Clicks() {
  const { keycloak } = useEditor().draft;
  const realm = keycloak.realm.trim();
  const home = keycloak.loginRealm?.trim() ?? realm;
  const client = keycloak.clientId.trim() || 'user-group-sync';
  const roleClient = roleClientOf({ realm: realm || 'realm', loginRealm: home || 'realm' });
  return (
    <ol className="guide-steps">
      <li>
        Log in to the <b>Administration Console</b> and select the realm {home === '' ? 'to sync' : <code>{home}</code>}
        . Open <b>Clients</b>.
      </li>
      <li>
        <b>Create client</b>: client type <b>OpenID Connect</b>, Client ID <code>{client}</code>, then <b>Next</b>.
      </li>
      <li>
        Capability config: switch on <b>Client authentication</b> and <b>Service accounts roles</b>, switch everything
        else off, then <b>Next</b>.
      </li>
      <li>
        Login settings: keep as they are, then <b>Save</b>.
      </li>
      <li>
        Tab <b>Service accounts roles</b>: <b>Assign role</b>, <b>Filter by clients</b>, search for{' '}
        <code>view-users</code>, choose <code>{roleClient}</code> <code>view-users</code>, then <b>Assign</b>.
      </li>
      <li>
        Tab <b>Credentials</b>: copy the <b>Client Secret</b> and paste it here.
      </li>
    </ol>
  );
}
