import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../app-calls';
import { dataKey } from '../page-data';
import { LoadFailed, Skeleton } from '../parts/loading';
import type { EditorTab } from '../routes';
import { EditorForm } from './editor-form';
import './editor.css';

interface EditorScreenProps {
  readonly connectorId: string | undefined;
  readonly tab: EditorTab;
}

/** Creates or edits a connector, in five tabs. */
export default function EditorScreen({ connectorId, tab }: EditorScreenProps) {
  // A connector that was created here keeps its form: the test of its connection is still running.
  const [created, setCreated] = useState<string>();
  if (connectorId === undefined || connectorId === created) return <NewConnector tab={tab} onCreated={setCreated} />;
  return <SavedConnector key={connectorId} connectorId={connectorId} tab={tab} />;
}

function NewConnector({ tab, onCreated }: { tab: EditorTab; onCreated: (connectorId: string) => void }) {
  const defaults = useQuery({
    queryKey: dataKey('getDefaults'),
    queryFn: () => call('getDefaults'),
    staleTime: Infinity,
  });
  if (defaults.isPending) return <Skeleton rows={6} what="the defaults" />;
  if (defaults.isError) {
    return <LoadFailed what="the defaults" error={defaults.error} onRetry={() => void defaults.refetch()} />;
  }
  return <EditorForm settings={defaults.data} saved={undefined} tab={tab} onCreated={onCreated} />;
}

function SavedConnector({ connectorId, tab }: { connectorId: string; tab: EditorTab }) {
  const connector = useQuery({
    queryKey: dataKey('getConnector', connectorId),
    queryFn: () => call('getConnector', { connectorId }),
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (connector.isPending) return <Skeleton rows={6} what="the connector" />;
  if (connector.isError) {
    return <LoadFailed what="the connector" error={connector.error} onRetry={() => void connector.refetch()} />;
  }
  return <EditorForm settings={connector.data.settings} saved={connector.data} tab={tab} onCreated={() => undefined} />;
}
