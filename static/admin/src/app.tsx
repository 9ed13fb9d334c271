import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { useNavigation } from './navigation';
import { Loading } from './parts/loading';
import { ScreenBoundary } from './parts/screen-boundary';

// One chunk a screen, each with the name of its file.
const ConnectorsScreen = lazy(() => import('./connectors/connectors-screen'));
const EditorScreen = lazy(() => import('./editor/editor-screen'));
const DirectoryScreen = lazy(() => import('./directory/directory-screen'));
const RunScreen = lazy(() => import('./run/run-screen'));
const ExplainScreen = lazy(() => import('./explain/explain-screen'));
const HistoryScreen = lazy(() => import('./history/history-screen'));
const SettingsHistoryScreen = lazy(() => import('./settings/settings-history-screen'));

export function App() {
  const { route } = useNavigation();
  return (
    <main className="page">
      <ScreenBoundary key={route.screen}>
        <Suspense fallback={<Loading what="the page" />}>
          <Screen />
        </Suspense>
      </ScreenBoundary>
    </main>
  );
}

function Screen(): ReactNode {
  const { route } = useNavigation();
  switch (route.screen) {
    case 'connectors':
      return <ConnectorsScreen />;
    case 'editor':
      return <EditorScreen connectorId={route.connectorId} tab={route.tab} />;
    case 'directory':
      return <DirectoryScreen />;
    case 'run':
      return <RunScreen key={route.runId} runId={route.runId} />;
    case 'explain':
      return <ExplainScreen key={route.connectorId} connectorId={route.connectorId} user={route.user} />;
    case 'settings-history':
      return <SettingsHistoryScreen key={route.connectorId} connectorId={route.connectorId} />;
    case 'history':
      return <HistoryScreen connectorId={route.connectorId} />;
  }
}
