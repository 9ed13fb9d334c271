import type { Route } from '../../static/admin/src/routes';
import { formatRoute, parseRoute } from '../../static/admin/src/routes';

const routes: readonly (readonly [string, Route])[] = [
  ['/connectors', { screen: 'connectors' }],
  ['/connectors/new/keycloak', { screen: 'editor', tab: 'keycloak' }],
  ['/connectors/c-1/sync-settings', { screen: 'editor', connectorId: 'c-1', tab: 'sync-settings' }],
  ['/connectors/a%2Fb%20c/required-groups', { screen: 'editor', connectorId: 'a/b c', tab: 'required-groups' }],
  ['/directory', { screen: 'directory' }],
  ['/runs/run-7', { screen: 'run', runId: 'run-7' }],
  ['/explain/c-1', { screen: 'explain', connectorId: 'c-1' }],
  ['/explain/c-1/f%3Aldap%3Aanna%2Fb', { screen: 'explain', connectorId: 'c-1', user: 'f:ldap:anna/b' }],
  ['/settings-history/c-1', { screen: 'settings-history', connectorId: 'c-1' }],
  ['/history', { screen: 'history' }],
  ['/history/c-1', { screen: 'history', connectorId: 'c-1' }],
];

describe('paths of the page', () => {
  it.each(routes)('%s is read and written the same way', (path, route) => {
    expect(parseRoute(path)).toEqual(route);
    expect(formatRoute(route)).toBe(path);
  });

  it.each([
    ['nothing', ''],
    ['the root', '/'],
    ['an unknown area', '/nowhere/at/all'],
    ['a run without an id', '/runs/'],
    ['a settings history without a connector', '/settings-history/'],
    ['a broken escape', '/%E0%A4%A'],
  ])('%s leads to the landing page', (_, path) => {
    expect(parseRoute(path)).toEqual({ screen: 'connectors' });
  });

  it('an unknown tab opens the first one', () => {
    expect(parseRoute('/connectors/c-1/secrets')).toEqual({ screen: 'editor', connectorId: 'c-1', tab: 'keycloak' });
  });

  it('leaves a query and a fragment aside', () => {
    expect(parseRoute('/runs/run-7?from=mail#top')).toEqual({ screen: 'run', runId: 'run-7' });
  });
});
