import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ConnectorView, Probe } from '../../../../src/api';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import { AppError, call, messageOf } from '../app-calls';
import { SyncDialog } from '../connectors/sync-dialog';
import { showDone } from '../flags';
import { useNavigation } from '../navigation';
import { dataKey, useDirectory } from '../page-data';
import { Action } from '../parts/action';
import { PageHeader } from '../parts/page-header';
import { ProbeList } from '../parts/probe-list';
import { TabBar, TabPanel } from '../parts/tab-bar';
import { Badge, Message } from '../parts/message';
import type { EditorTab } from '../routes';
import { editorTabs } from '../routes';
import { useMissingRight } from '../use-right';
import { checkDraft } from './check-draft';
import { EditorContext } from './editor-context';
import { approveEgress } from './egress-consent';
import { GroupProvisioningTab } from './group-provisioning-tab';
import { KeycloakTab } from './keycloak-tab';
import { usePersonPreview } from './preview/use-person-preview';
import { RequiredGroupsTab } from './required-groups-tab';
import { isSameClient } from './same-client';
import { keepDraft } from './kept-drafts';
import { tabOfField } from './settings-fields';
import { SyncSettingsTab } from './sync-settings-tab';
import { useDraft } from './use-draft';
import { useFocusOnRefusal } from './use-focus-on-refusal';
import { UserProvisioningTab } from './user-provisioning-tab';
import { useSurvey } from './use-survey';

interface EditorFormProps {
  readonly settings: ConnectorSettings;
  readonly saved: ConnectorView | undefined;
  readonly tab: EditorTab;
  readonly onCreated: (connectorId: string) => void;
}

const tabs: Readonly<Record<EditorTab, { readonly title: string; readonly content: () => React.ReactNode }>> = {
  keycloak: { title: 'Keycloak', content: () => <KeycloakTab /> },
  'required-groups': { title: 'Required Groups', content: () => <RequiredGroupsTab /> },
  'user-provisioning': { title: 'User Provisioning', content: () => <UserProvisioningTab /> },
  'group-provisioning': { title: 'Group Provisioning', content: () => <GroupProvisioningTab /> },
  'sync-settings': { title: 'Sync Settings', content: () => <SyncSettingsTab /> },
};

type Step = 'save' | 'test';

/** The editor around the five tabs: saving, testing, simulating and what went wrong with each. */
export function EditorForm({ settings, saved, tab, onCreated }: EditorFormProps) {
  const { go, replace, setUnsaved } = useNavigation();
  const data = useQueryClient();
  const directory = useDirectory();
  const refused = useMissingRight();
  const edited = useDraft(settings, saved);
  const { view, draft, dirty, errors, clientSecret, confirmation } = edited;
  const otherClient = view?.hasSecret === true && !isSameClient(view.settings.keycloak, draft.keycloak);
  const hasSecret = view?.hasSecret === true && !otherClient;
  const survey = useSurvey(hasSecret ? view.id : undefined, draft);
  const preview = usePersonPreview(hasSecret ? view.id : undefined, draft);
  const [tested, setTested] = useState<{ readonly from: EditorTab; readonly probes: readonly Probe[] }>();
  const [syncing, setSyncing] = useState(false);
  const [refusals, setRefusals] = useState(0);
  // A tab that was looked at stays, so that nothing typed or found in it is lost.
  const [opened, setOpened] = useState<ReadonlySet<EditorTab>>(new Set([tab]));
  if (!opened.has(tab)) setOpened(new Set([...opened, tab]));
  const openTab = (next: EditorTab) => replace({ screen: 'editor', connectorId: view?.id, tab: next });

  const showErrors = (found: Readonly<Record<string, string>>) => {
    edited.setErrors(found);
    const [first] = Object.keys(found);
    const target = first === undefined ? undefined : tabOfField(first);
    if (target !== undefined && target !== tab) openTab(target);
    if (first !== undefined) setRefusals((count) => count + 1);
  };
  useFocusOnRefusal(refusals, tab);
  const showRefusal = (error: Error) => {
    const field = refusedField(error);
    if (field !== undefined) showErrors({ [field]: error.message });
  };

  const save = useMutation({
    mutationFn: async (step: Step) => {
      setTested(undefined);
      if (step === 'test') await approveEgress(draft.keycloak);
      const next = await call('saveConnector', {
        settings: draft,
        ...(view === undefined ? {} : { connectorId: view.id, revision: view.revision }),
        ...(clientSecret === '' ? {} : { clientSecret }),
        ...(confirmation === '' ? {} : { confirmation }),
      });
      edited.accept(next);
      void data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      if (view === undefined) {
        onCreated(next.id);
        replace({ screen: 'editor', connectorId: next.id, tab });
      }
      showDone(`Saved ${next.settings.name}`);
      if (step === 'test') setTested({ from: tab, probes: await call('testConnector', { connectorId: next.id }) });
    },
    onError: showRefusal,
  });

  const simulate = useMutation({
    mutationFn: ({ id }: ConnectorView) =>
      call('startRun', { connectorId: id, kind: 'simulate', ...(dirty ? { settings: draft } : {}) }),
    onSuccess: ({ runId }, { id, revision }) => {
      if (dirty) keepDraft(id, { revision, draft, confirmation });
      setUnsaved(false);
      go({ screen: 'run', runId });
    },
    onError: showRefusal,
  });

  const submit = (step: Step) => {
    const found = checkDraft(draft, clientSecret !== '' || hasSecret);
    showErrors(found);
    if (Object.keys(found).length === 0) save.mutate(step);
  };

  const marked = useMemo(() => new Set(Object.keys(errors).map(tabOfField)), [errors]);
  // A refusal that was mended is no longer one.
  const failure = [save.error, simulate.error].find((error) => {
    const field = error === null ? undefined : refusedField(error);
    return error !== null && (field === undefined || errors[field] !== undefined);
  });
  const name = draft.name.trim() === '' ? 'New connector' : draft.name;

  return (
    <EditorContext.Provider
      value={{
        draft,
        change: edited.change,
        errors,
        connectorId: view?.id,
        hasSecret,
        otherClient,
        clientSecret,
        setClientSecret: edited.setClientSecret,
        confirm: edited.setConfirmation,
        survey,
        preview,
      }}
    >
      <PageHeader
        title={view === undefined ? 'Create connector: Keycloak' : name}
        path={[{ text: 'User & Group Sync', to: { screen: 'connectors' } }]}
        actions={
          view !== undefined && (
            <>
              <Action busy={simulate.isPending} onClick={() => simulate.mutate(view)}>
                Simulate
              </Action>
              <Action
                disabledBecause={
                  refused ?? (dirty ? 'Save your changes first: a full sync takes saved settings.' : undefined)
                }
                onClick={() => setSyncing(true)}
              >
                Sync
              </Action>
            </>
          )
        }
      />
      {view === undefined && directory.data?.hasKey === false && (
        <Message
          tone="information"
          title="Set up the Atlassian directory first"
          actions={<Action onClick={() => go({ screen: 'directory' })}>Set up the directory</Action>}
        >
          Its API key shows who is an organization administrator, and only those may save a connector.
        </Message>
      )}
      <TabBar
        label="Settings of the connector"
        id="editor"
        selected={tab}
        tabs={editorTabs.map((key) => ({
          key,
          text: tabs[key].title,
          mark: marked.has(key) && <span className="tab-mark" role="img" aria-label="has errors" />,
        }))}
        onSelect={openTab}
      />
      {editorTabs.map(
        (key) =>
          opened.has(key) && (
            <TabPanel key={key} id="editor" tab={key} hidden={key !== tab}>
              <div className="tab-panel">{tabs[key].content()}</div>
            </TabPanel>
          ),
      )}
      {failure && (
        <Message tone="danger" title={describeFailure(failure)} announce>
          {messageOf(failure)}
        </Message>
      )}
      {/* Where the test was asked for, and where what it found is mended. */}
      {tested !== undefined && (tab === tested.from || tab === 'keycloak') && (
        <ProbeList title="Connection test" probes={tested.probes} />
      )}
      <footer className="editor-footer">
        <div className="editor-state" role="status">
          {save.isPending ? (
            save.variables === 'test' ? (
              'Saving and testing …'
            ) : (
              'Saving …'
            )
          ) : dirty ? (
            <Badge tone="warning">Not saved</Badge>
          ) : view !== undefined ? (
            <span className="subtle">All changes are saved</span>
          ) : null}
        </div>
        <div className="buttons">
          <Action
            busy={save.isPending && save.variables === 'save'}
            disabledBecause={refused}
            onClick={() => submit('save')}
          >
            Save
          </Action>
          <Action
            appearance="primary"
            busy={save.isPending && save.variables === 'test'}
            disabledBecause={refused}
            onClick={() => submit('test')}
          >
            Save and Test Connection
          </Action>
        </div>
      </footer>
      {syncing && view !== undefined && (
        <SyncDialog
          connector={{ id: view.id, name: view.settings.name, realm: view.settings.keycloak.realm }}
          onClose={() => setSyncing(false)}
        />
      )}
    </EditorContext.Provider>
  );
}

/** Which setting was refused, where it is one. */
const refusedField = (failure: Error) => (failure instanceof AppError ? failure.field : undefined);

function describeFailure(failure: Error): string {
  return refusedField(failure) === undefined ? 'That did not work' : 'A setting was refused';
}
