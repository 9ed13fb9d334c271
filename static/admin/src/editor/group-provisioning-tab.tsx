import type { GroupProvisioning } from '../../../../src/domain/connector';
import { Choice, Switch } from '../parts/choice';
import { AccessGroups } from './access-groups';
import { AdoptionList } from './adoption-list';
import { DirectoryGroupsField } from './directory-groups-field';
import { useEditor } from './editor-context';
import { GroupNames } from './group-naming';
import { ExceptGroups, GroupSetField } from './group-set-field';
import { PersonPreview } from './preview/person-preview';
import { OnceSurveyed, SurveyGate } from './survey-state';

/** Which groups are kept in step, and which existing ones are adopted. */
export function GroupProvisioningTab() {
  const { draft, change } = useEditor();
  const { selection, createMissing } = draft.groups;
  const set = (field: string, part: Partial<GroupProvisioning>) =>
    change(field, (old) => ({ ...old, groups: { ...old.groups, ...part } }));
  return (
    <div className="tab-form">
      <h2>Group Provisioning</h2>
      <p className="lead">Which Keycloak groups become Atlassian groups with the same name and members?</p>
      <Choice
        legend="Groups"
        value={selection.kind}
        onChange={(kind) =>
          set('groups.selection', {
            selection: kind === 'all' ? { kind } : { kind, include: { groupIds: [], rules: [] } },
          })
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
      <SurveyGate>
        {selection.kind === 'chosen' && (
          <GroupSetField
            label="groups to sync"
            field="groups.selection.include"
            groups={selection.include}
            onChange={(include) => set('groups.selection.include', { selection: { kind: 'chosen', include } })}
          />
        )}
        <ExceptGroups
          summary="Except some groups"
          label="groups left out"
          field="groups.exclude"
          groups={draft.groups.exclude}
          onChange={(exclude) => set('groups.exclude', { exclude })}
        />
      </SurveyGate>
      <Switch
        label="Create missing groups"
        description="Create an Atlassian group where none has the name. Off: such groups wait until they exist and are adopted."
        checked={createMissing}
        onChange={(on) => set('groups.createMissing', { createMissing: on })}
      />
      <Switch
        label="With members of sub-groups"
        description="Members of a sub-group are also members of every group above it. Off: of their own groups only."
        checked={draft.groups.subGroups === 'parents'}
        onChange={(on) => set('groups.subGroups', { subGroups: on ? 'parents' : 'direct' })}
      />
      <GroupNames />
      <OnceSurveyed>
        <section className="form-part">
          <h3>Atlassian groups with rules of their own</h3>
          <DirectoryGroupsField
            summary="Always assign groups"
            description="Everybody with an account in scope becomes a member of these Atlassian groups, whatever their groups in Keycloak."
            label="groups that are always assigned"
            field="groups.alwaysAssign"
            writes
            chosen={draft.groups.alwaysAssign}
            onChange={(alwaysAssign) => set('groups.alwaysAssign', { alwaysAssign })}
          />
          <DirectoryGroupsField
            summary="Never remove groups"
            description="Nobody is ever taken out of these Atlassian groups, whatever happens in Keycloak."
            label="groups that nobody is removed from"
            field="groups.neverRemove"
            writes={false}
            chosen={draft.groups.neverRemove}
            onChange={(neverRemove) => set('groups.neverRemove', { neverRemove })}
          />
        </section>
        <AdoptionList />
        <AccessGroups />
      </OnceSurveyed>
      <PersonPreview />
    </div>
  );
}
