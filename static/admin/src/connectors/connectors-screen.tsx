import AddIcon from '@atlaskit/icon/core/add';
import { lazy, Suspense, useState } from 'react';
import type { ConnectorSummary } from '../../../../src/api';
import { useNavigation, PageLink } from '../navigation';
import { useConnectors, useDirectory } from '../page-data';
import { Action } from '../parts/action';
import { LoadFailed, Skeleton } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { useMissingRight } from '../use-right';
import { AccessNote } from './access-note';
import { ConnectorTable } from './connector-table';
import { DirectoryCard } from './directory-card';
import './connectors.css';

// What is seldom needed comes when it is asked for: the list shows sooner without it.
const FirstSteps = lazy(async () => ({ default: (await import('./first-steps')).FirstSteps }));
const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog')).DeleteDialog }));
const CopyDialog = lazy(async () => ({ default: (await import('../settings/copy-dialog')).CopyDialog }));
const ImportDialog = lazy(async () => ({ default: (await import('../settings/import-dialog')).ImportDialog }));
const ImportLinksDialog = lazy(async () => ({
  default: (await import('../links/import-links-dialog')).ImportLinksDialog,
}));
const SyncDialog = lazy(async () => ({ default: (await import('./sync-dialog')).SyncDialog }));

type Asked = { readonly what: 'copy' | 'import links' | 'delete' | 'sync'; readonly connector: ConnectorSummary };

/** The landing page: every connector with its last run, its next run and what can be done. */
export default function ConnectorsScreen() {
  const { go } = useNavigation();
  const connectors = useConnectors();
  const directory = useDirectory();
  const refused = useMissingRight();
  const [asked, setAsked] = useState<Asked>();
  const [importing, setImporting] = useState(false);
  const empty = connectors.data?.length === 0;

  return (
    <>
      <PageHeader
        title="User & Group Sync"
        description="Keeps this organization’s users, groups and memberships in step with your Keycloak realms."
        actions={
          <>
            <PageLink to={{ screen: 'history' }} className="button-link">
              History
            </PageLink>
            <Action disabledBecause={refused} onClick={() => setImporting(true)}>
              Import settings
            </Action>
            {!empty && (
              <Action
                appearance="primary"
                icon={AddIcon}
                disabledBecause={refused}
                onClick={() => go({ screen: 'editor', tab: 'keycloak' })}
              >
                Create connector
              </Action>
            )}
          </>
        }
      />
      <AccessNote />
      {connectors.isPending || directory.isPending ? (
        <Skeleton rows={4} what="connectors" />
      ) : connectors.isError ? (
        <LoadFailed what="the connectors" error={connectors.error} onRetry={() => void connectors.refetch()} />
      ) : directory.isError ? (
        <LoadFailed what="the Atlassian directory" error={directory.error} onRetry={() => void directory.refetch()} />
      ) : connectors.data.length === 0 ? (
        <Suspense fallback={<Skeleton rows={4} what="the first steps" />}>
          <FirstSteps directory={directory.data} />
        </Suspense>
      ) : (
        <>
          <DirectoryCard directory={directory.data} />
          <ConnectorTable
            connectors={connectors.data}
            onSync={(connector) => setAsked({ what: 'sync', connector })}
            onCopy={(connector) => setAsked({ what: 'copy', connector })}
            onImportLinks={(connector) => setAsked({ what: 'import links', connector })}
            onDelete={(connector) => setAsked({ what: 'delete', connector })}
          />
        </>
      )}
      <Suspense>
        {importing && <ImportDialog onClose={() => setImporting(false)} />}
        {asked?.what === 'sync' && <SyncDialog connector={asked.connector} onClose={() => setAsked(undefined)} />}
        {asked?.what === 'copy' && <CopyDialog connector={asked.connector} onClose={() => setAsked(undefined)} />}
        {asked?.what === 'import links' && (
          <ImportLinksDialog connector={asked.connector} onClose={() => setAsked(undefined)} />
        )}
        {asked?.what === 'delete' && <DeleteDialog connector={asked.connector} onClose={() => setAsked(undefined)} />}
      </Suspense>
    </>
  );
}
