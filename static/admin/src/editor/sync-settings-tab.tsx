import { useState } from 'react';
import type { Cleanup, LimitPreset } from '../../../../src/domain/connector';
import { Choice, Switch } from '../parts/choice';
import { TextField } from '../parts/field';
import { TypedConfirmation } from '../parts/typed-confirmation';
import { useEditor } from './editor-context';
import { ScheduleFields } from './schedule-fields';
import { errorAt } from './settings-fields';

/** What happens to those who left, when the sync runs by itself, and what it may never do without approval. */
export function SyncSettingsTab() {
  const { draft, errors, change, confirm } = useEditor();
  const { cleanup, limits, approval } = draft;
  const [confirming, setConfirming] = useState(false);
  const set = (part: Partial<Cleanup>) =>
    change('cleanup', (old) => ({ ...old, cleanup: { ...old.cleanup, ...part } }));
  return (
    <div className="tab-form">
      <h2>Sync Settings</h2>
      <section className="form-part">
        <h3>Cleanup behavior</h3>
        <Choice
          legend="What happens to a managed account that is no longer in scope"
          value={cleanup.behaviour}
          onChange={(behaviour) => {
            if (behaviour === 'remove') setConfirming(true);
            else set({ behaviour });
          }}
          options={[
            {
              value: 'deactivate',
              label: 'Deactivate',
              description:
                'Suspend the account: no access to any app or site of the directory, also those that this connector does not serve. Groups and roles come back with a reactivation.',
            },
            {
              value: 'remove',
              label: 'Remove from the directory',
              description:
                'First suspended; after 30 days the account loses its groups, roles and product access for good.',
            },
            { value: 'keep', label: 'Keep', description: 'The account stays as it is. It is listed in each run.' },
          ]}
        />
        <Switch
          label="Memberships go too"
          description="Whoever leaves the scope also leaves the synced groups."
          checked={cleanup.memberships}
          onChange={(memberships) => set({ memberships })}
        />
        <TextField
          label="Grace period in days"
          hint="Whoever vanished or left the scope keeps everything for so many days, and is listed as leaving. 0: none."
          value={Number.isNaN(cleanup.graceDays) ? '' : String(cleanup.graceDays)}
          type="number"
          error={errorAt(errors, 'cleanup.graceDays')}
          onChange={(days) => set({ graceDays: days === '' ? Number.NaN : Number(days) })}
        />
      </section>
      <section className="form-part">
        <h3>Scheduled synchronization</h3>
        <ScheduleFields />
      </section>
      <section className="form-part">
        <h3>Safety limits</h3>
        <p className="lead">
          A run whose plan goes above a limit is held before its first write and waits for an administrator.
        </p>
        <Choice
          legend="Safety limits"
          hideLegend
          value={limits}
          onChange={(preset: LimitPreset) => change('limits', (old) => ({ ...old, limits: preset }))}
          options={[
            {
              value: 'strict',
              label: 'Strict',
              description: 'The default. For realms that change little from day to day. The numbers are below.',
            },
            {
              value: 'normal',
              label: 'Normal',
              description: 'Twice the strict limits, for realms where many people join, move and leave every week.',
            },
            {
              value: 'first-load',
              label: 'First load',
              description:
                'For the first full sync: accounts are created without limit, and no more is taken away than with Strict. Ends after one run.',
            },
          ]}
        />
        <LimitDetails />
      </section>
      <section className="form-part">
        <h3>Approval</h3>
        <Switch
          label="Four eyes"
          description="A plan is approved by another organization administrator than the one who started the run or saved the settings last."
          checked={approval.fourEyes}
          onChange={(fourEyes) => change('approval', (old) => ({ ...old, approval: { ...approval, fourEyes } }))}
        />
        <Switch
          label="Additions meanwhile"
          description="While a plan waits for approval, what gives access is done already. Off: nothing is done before the approval."
          checked={approval.additionsMeanwhile}
          onChange={(additionsMeanwhile) =>
            change('approval', (old) => ({ ...old, approval: { ...approval, additionsMeanwhile } }))
          }
        />
      </section>
      {confirming && (
        <TypedConfirmation
          title="Remove accounts from the directory?"
          word="remove"
          confirm="Choose Remove"
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            set({ behaviour: 'remove' });
            confirm('remove');
            setConfirming(false);
          }}
        >
          <p>
            Each managed account that is no longer in scope is suspended, and 30 days later taken out of the directory.
            Its group memberships, roles and product access are lost and <strong>cannot be restored by the app</strong>.
          </p>
          <p>
            A person who comes back after that has to be invited again and starts from nothing but the groups that
            Keycloak names. Deactivate keeps all of this and takes the same access away.
          </p>
        </TypedConfirmation>
      )}
    </div>
  );
}

function LimitDetails() {
  return (
    <details className="more">
      <summary>The strict limits in numbers</summary>
      <ul className="limits">
        <li>
          Accounts deprovisioned: the larger of 10 and 1 %, never more than a quarter; three times that in seven days.
        </li>
        <li>
          Memberships removed: the larger of 50 and 5 %; of one group 20 %, of a group under 10 members more than 2.
        </li>
        <li>The last member of any group.</li>
        <li>Accounts created: the larger of 25 and 2 %.</li>
        <li>Accounts reactivated or relinked: 10.</li>
        <li>Names and profiles changed: the larger of 50 and 20 %. E-mail addresses: never more than 10 in a run.</li>
      </ul>
      <p className="hint">
        Shares are of what is managed and active. Normal doubles each of them, but not the quarter and never the last
        member. An empty realm is never accepted.
      </p>
    </details>
  );
}
