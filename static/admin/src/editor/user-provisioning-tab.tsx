import type { UserProvisioning } from '../../../../src/domain/connector';
import { Switch } from '../parts/choice';
import { EmailDomains } from './email-domains';
import { useEditor } from './editor-context';
import { MappingTable } from './mapping/mapping-table';
import { ProductAccessChoice } from './product-access-choice';
import { PersonPreview } from './preview/person-preview';
import { RelinkField } from './relink-field';
import { SurveyGate } from './survey-state';
import { TrustedFederations } from './trusted-federations';
import { UpdateSwitches } from './update-switches';

/** Who may be invited or adopted, what their account gets, and what happens when they leave. */
export function UserProvisioningTab() {
  const { draft, change } = useEditor();
  const { users } = draft;
  const set = (part: Partial<UserProvisioning>) =>
    change(`users.${Object.keys(part).join()}`, (old) => ({ ...old, users: { ...old.users, ...part } }));
  return (
    <div className="tab-form">
      <h2>User Provisioning</h2>
      <EmailDomains chosen={users.emailDomains} onChange={(emailDomains) => set({ emailDomains })}>
        <SurveyGate>{null}</SurveyGate>
      </EmailDomains>
      <TrustedFederations
        chosen={users.trustedFederations}
        onChange={(trustedFederations) => set({ trustedFederations })}
      />
      <MappingTable />
      <section className="form-part">
        <h3>Accounts</h3>
        <Switch
          label="Create accounts"
          description="Invite people in scope who have no Atlassian account in the directory."
          checked={users.createAccounts}
          onChange={(createAccounts) => set({ createAccounts })}
        />
        {users.createAccounts && (
          <div className="nested">
            <ProductAccessChoice chosen={users.productAccess} onChange={(productAccess) => set({ productAccess })} />
            <Switch
              label="Mail new accounts"
              description="Atlassian sends each invited person an e-mail. Off: they find their access the next time they log in."
              checked={users.notify}
              onChange={(notify) => set({ notify })}
            />
          </div>
        )}
        <Switch
          label="Deactivate"
          description="Suspend managed accounts whose Keycloak user is disabled."
          checked={users.deactivate}
          onChange={(deactivate) => set({ deactivate })}
        />
        <Switch
          label="Reactivate"
          description="Restore accounts when their user is enabled again. Only accounts that this connector suspended."
          checked={users.reactivate}
          onChange={(reactivate) => set({ reactivate })}
        />
      </section>
      <UpdateSwitches users={users} onChange={set} />
      <RelinkField attribute={users.relinkAttribute} onChange={(relinkAttribute) => set({ relinkAttribute })} />
      <PersonPreview />
    </div>
  );
}
