import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { isOutdated, selectPreviewed } from '../../../static/admin/src/editor/preview/preview-settings';
import { makeExplanation } from '../fake-bridge/explanation';

describe('a preview', () => {
  it.each<[string, Partial<ConnectorSettings>, boolean]>([
    ['stays where nothing changes', {}, false],
    ['stays after another name', { name: 'Other' }, false],
    ['stays after another schedule', { schedule: { enabled: true, cron: '0 5 * * *', timeZone: 'UTC' } }, false],
    ['is outdated by another mapping', { users: { ...defaultSettings.users, mapping: [] } }, true],
    [
      'is outdated by another prefix of groups',
      {
        groups: { ...defaultSettings.groups, naming: { ...defaultSettings.groups.naming, prefix: 'kc-' } },
      },
      true,
    ],
    ['is outdated by another realm', { keycloak: { ...defaultSettings.keycloak, realm: 'other' } }, true],
    ['is outdated by another cleanup', { cleanup: { ...defaultSettings.cleanup, behaviour: 'keep' } }, true],
  ])('%s', (_, change, expected) => {
    expect(isOutdated(defaultSettings, { ...defaultSettings, ...change })).toBe(expected);
  });

  it('shows the steps that settings make a difference in', () => {
    const { person } = { person: undefined, ...makeExplanation('keiko') };
    expect(selectPreviewed(person?.steps ?? []).map(({ kind }) => kind)).toEqual([
      'scope',
      'match',
      'mapping',
      'groups',
      'changes',
    ]);
  });
});
