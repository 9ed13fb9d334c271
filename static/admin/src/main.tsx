import { view } from '@forge/bridge';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { NavigationProvider } from './navigation';
import { createPageData } from './page-data';
import { openHistory } from './page-history';
import './page.css';

async function start(root: HTMLElement): Promise<void> {
  // Tokens first: fields drawn without them flash white in the dark. A product without theming still gets its page.
  const [history] = await Promise.all([openHistory(), view.theme.enable().catch(() => undefined)]);
  createRoot(root).render(
    <QueryClientProvider client={createPageData()}>
      <NavigationProvider history={history}>
        <App />
      </NavigationProvider>
    </QueryClientProvider>,
  );
}

const root = document.getElementById('root');
if (root !== null) void start(root);
