/** The five tabs of the connector editor, in their order. */
export const editorTabs = [
  'keycloak',
  'required-groups',
  'user-provisioning',
  'group-provisioning',
  'sync-settings',
] as const;

export type EditorTab = (typeof editorTabs)[number];

export type Route =
  | { readonly screen: 'connectors' }
  | { readonly screen: 'editor'; readonly connectorId?: string; readonly tab: EditorTab }
  | { readonly screen: 'directory' }
  | { readonly screen: 'run'; readonly runId: string }
  | { readonly screen: 'history'; readonly connectorId?: string }
  | { readonly screen: 'settings-history'; readonly connectorId: string }
  /** `user`: a Keycloak id that is asked for at once. */
  | { readonly screen: 'explain'; readonly connectorId: string; readonly user?: string };

/** Reads a path of the page; whatever it does not know is the landing page. */
export function parseRoute(path: string): Route {
  const [, area, first, second] = path
    .replace(/[?#].*$/, '')
    .split('/')
    .map(decode);
  if (area === 'connectors' && first !== undefined && first !== '') {
    const tab = editorTabs.find((name) => name === second) ?? 'keycloak';
    return first === 'new' ? { screen: 'editor', tab } : { screen: 'editor', connectorId: first, tab };
  }
  if (area === 'directory') return { screen: 'directory' };
  if (area === 'runs' && first !== undefined && first !== '') return { screen: 'run', runId: first };
  if (area === 'explain' && first !== undefined && first !== '') {
    const user = second === undefined || second === '' ? {} : { user: second };
    return { screen: 'explain', connectorId: first, ...user };
  }
  if (area === 'settings-history' && first !== undefined && first !== '') {
    return { screen: 'settings-history', connectorId: first };
  }
  if (area === 'history') {
    return first === undefined || first === '' ? { screen: 'history' } : { screen: 'history', connectorId: first };
  }
  return { screen: 'connectors' };
}

/** The path of a route; `parseRoute` reads it back. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'connectors':
      return '/connectors';
    case 'editor':
      return `/connectors/${encodeURIComponent(route.connectorId ?? 'new')}/${route.tab}`;
    case 'directory':
      return '/directory';
    case 'run':
      return `/runs/${encodeURIComponent(route.runId)}`;
    case 'explain': {
      const path = `/explain/${encodeURIComponent(route.connectorId)}`;
      return route.user === undefined ? path : `${path}/${encodeURIComponent(route.user)}`;
    }
    case 'settings-history':
      return `/settings-history/${encodeURIComponent(route.connectorId)}`;
    case 'history':
      return route.connectorId === undefined ? '/history' : `/history/${encodeURIComponent(route.connectorId)}`;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
