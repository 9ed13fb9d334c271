import { setGlobalTheme } from '@atlaskit/tokens/set-global-theme';
import type { Occasion } from './backend';
import { makeBackend } from './backend';

// Runs in the browser before the page: the product's side of the bridge, with an app that lives in memory.
const wish = new URLSearchParams(window.location.search);
const data = wish.get('data');
const occasion: Occasion = {
  data: data === 'none' || data === 'little' ? data : 'much',
  me: wish.get('me') === 'product' ? 'product' : 'organization',
  ...(wish.get('fail') === null ? {} : { fail: wish.get('fail') ?? '' }),
  ...(wish.get('groups') === null ? {} : { groups: Number(wish.get('groups')) }),
  busy: wish.get('settings') === 'busy',
};
const answer = makeBackend(occasion);
const approved: string[] = [];

interface Command {
  readonly functionKey?: string;
  readonly payload?: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly egresses?: readonly { readonly configured: readonly { readonly domain: string }[] }[];
}

const commands: Readonly<Record<string, (command: Command) => unknown>> = {
  getContext: () => ({ accountId: 'account-of-the-reader', locale: 'en' }),
  invoke: async ({ functionKey = '', payload }) => {
    await new Promise((resolve) => setTimeout(resolve, Number(wish.get('delay') ?? 30)));
    const result: unknown = JSON.parse(JSON.stringify(answer(functionKey, payload)));
    return result;
  },
  enableTheming: () => setGlobalTheme({ colorMode: wish.get('theme') === 'dark' ? 'dark' : 'light' }),
  createHistory: () => createHistory(),
  showFlag: ({ title = '', description = '' }) => {
    console.info(`flag: ${title} ${description}`);
    return true;
  },
  navigate: () => undefined,
  __permission__egressGet: () => ({
    results: [{ key: 'keycloak', configured: approved.map((domain) => ({ domain, type: ['FETCH_BACKEND_SIDE'] })) }],
  }),
  __permission__egressSet: ({ egresses = [] }) => {
    if (wish.get('consent') === 'refused') throw new Error('The administrator declined.');
    approved.splice(
      0,
      approved.length,
      ...egresses.flatMap(({ configured }) => configured.map(({ domain }) => domain)),
    );
    return { results: [] };
  },
};

function createHistory() {
  if (wish.get('history') === 'refused') throw new Error('This module has no history.');
  const listeners = new Set<(location: { readonly pathname: string }) => void>();
  const read = () => ({ pathname: decodeURI(window.location.hash.slice(1)) || '/' });
  const history = {
    location: read(),
    push: (path: string) => {
      window.location.hash = path;
    },
    replace: (path: string) => window.location.replace(`#${path}`),
    listen: (listener: (location: { readonly pathname: string }) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  window.addEventListener('hashchange', () => {
    listeners.forEach((listener) => {
      listener(read());
    });
  });
  return history;
}

Object.assign(globalThis, {
  __bridge: {
    callBridge: async (command: string, payload: Command = {}) => {
      const run = commands[command];
      if (run === undefined) throw new Error(`This bridge knows no ${command}.`);
      return run(payload);
    },
  },
});
