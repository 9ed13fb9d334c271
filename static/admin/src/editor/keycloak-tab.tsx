import { useState } from 'react';
import type { KeycloakSettings } from '../../../../src/domain/connector';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';
import { useEditor } from './editor-context';
import { SetupGuide } from './setup-guide';

/** Where the realm is and as which client the app reads it. */
export function KeycloakTab() {
  const { draft, change, errors, hasSecret, otherClient, clientSecret, setClientSecret } = useEditor();
  const { keycloak } = draft;
  const [replacing, setReplacing] = useState(false);
  const set = (part: Partial<KeycloakSettings>) =>
    change(`keycloak.${Object.keys(part).join()}`, (old) => ({ ...old, keycloak: { ...old.keycloak, ...part } }));
  const more = keycloak.adminUrl !== undefined || keycloak.loginRealm !== undefined;
  return (
    <div className="tab-columns">
      <div className="tab-form">
        <h2>Keycloak</h2>
        <TextField
          label="Name"
          required
          value={draft.name}
          error={errors['name']}
          hint="How this connector is called here, for example after your company."
          onChange={(name) => change('name', (old) => ({ ...old, name }))}
        />
        <TextField
          label="Keycloak URL"
          type="url"
          required
          placeholder="https://keycloak.example.com"
          value={keycloak.url}
          error={errors['keycloak.url']}
          hint="With or without /auth at the end: the test finds the right address and keeps it."
          onChange={(url) => set({ url })}
        />
        <TextField
          label="Realm"
          required
          value={keycloak.realm}
          error={errors['keycloak.realm']}
          hint="The realm of the users who should be synchronized, as its address spells it."
          onChange={(realm) => set({ realm })}
        />
        <TextField
          label="Client ID"
          required
          placeholder="user-group-sync"
          value={keycloak.clientId}
          error={errors['keycloak.clientId']}
          onChange={(clientId) => set({ clientId })}
        />
        {hasSecret && !replacing && errors['clientSecret'] === undefined ? (
          <div className="field">
            <span className="field-legend">Client secret</span>
            <div className="stored-secret">
              <span>A client secret is stored. It cannot be shown.</span>
              <Action spacing="compact" onClick={() => setReplacing(true)}>
                Replace
              </Action>
            </div>
          </div>
        ) : (
          <TextField
            label={hasSecret ? 'New client secret' : 'Client secret'}
            type="password"
            required={!hasSecret}
            value={clientSecret}
            error={errors['clientSecret']}
            hint={
              hasSecret
                ? 'Replaces the stored one when you save. Leave it empty to keep that.'
                : otherClient
                  ? 'The stored secret belongs to another server, realm or client and is sent nowhere else. Enter the one of this client.'
                  : 'From the Credentials tab of the client. It is stored encrypted and never shown again.'
            }
            onChange={setClientSecret}
          />
        )}
        <details className="more" open={more || undefined}>
          <summary>More</summary>
          <div className="more-body">
            <TextField
              label="Admin URL"
              type="url"
              value={keycloak.adminUrl ?? ''}
              error={errors['keycloak.adminUrl']}
              hint="Only when the admin API answers on another host (Keycloak’s hostname-admin)."
              onChange={(text) => set({ adminUrl: text === '' ? undefined : text })}
            />
            <TextField
              label="Login realm"
              value={keycloak.loginRealm ?? ''}
              error={errors['keycloak.loginRealm']}
              hint="Only when the client lives in another realm than the one to sync, for example master."
              onChange={(text) => set({ loginRealm: text === '' ? undefined : text })}
            />
          </div>
        </details>
      </div>
      <SetupGuide />
    </div>
  );
}
