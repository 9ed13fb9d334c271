import { Choice, Switch } from '../parts/choice';
import { AdoptionList } from './adoption-list';
import { useEditor } from './editor-context';
import { GroupPicker } from './group-picker';
import { errorAt } from './settings-fields';
import { SurveyGate } from './survey-state';

/** Which groups are kept in step, and which existing ones are adopted. */
export function GroupProvisioningTab() {
  const { draft, change, errors } = useEditor();
  const { selection, createMissing } = draft.groups;
  return (
    <div className="tab-form">
      <h2>Group Provisioning</h2>
      <p className="lead">Which Keycloak groups become Atlassian groups with the same name and members?</p>
      <Choice
        legend="Groups"
        value={selection.kind}
        onChange={(kind) =>
          change('groups.selection', (old) => ({
            ...old,
            groups: {
              ...old.groups,
              selection: kind === 'all' ? { kind } : { kind, include: { groupIds: [], rules: [] } },
            },
          }))
        }
        options={[
          {
            value: 'all',
            label: 'All groups of the user',
            description: 'Every Keycloak group that has a member in scope.',
          },
          { value: 'chosen', label: 'Chosen groups', description: 'Only the groups that you choose below.' },
        ]}
      />
      <Switch
        label="Create missing groups"
        description="Create an Atlassian group where none has the name. Off: such groups wait until they exist and are adopted."
        checked={createMissing}
        onChange={(on) =>
          change('groups.createMissing', (old) => ({ ...old, groups: { ...old.groups, createMissing: on } }))
        }
      />
      <div className="form-part">
        <SurveyGate>
          {selection.kind === 'chosen' && (
            <GroupPicker
              label="groups to sync"
              chosen={selection.include.groupIds}
              error={errorAt(errors, 'groups.selection.include')}
              onChange={(groupIds) =>
                change('groups.selection.include', (old) => ({
                  ...old,
                  groups: { ...old.groups, selection: { kind: 'chosen', include: { ...selection.include, groupIds } } },
                }))
              }
            />
          )}
          <AdoptionList />
        </SurveyGate>
      </div>
    </div>
  );
}
