import { chosenGroups, groupScope } from '../../domain/model';
import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { sourceGroupId } from '../../../src/domain/identity';
import { checkAddress, checkDraft } from '../../../static/admin/src/editor/check-draft';
import { dropErrors, errorAt, tabOfField } from '../../../static/admin/src/editor/settings-fields';

const complete: ConnectorSettings = {
  ...defaultSettings,
  name: 'Acme',
  keycloak: { url: 'https://keycloak.example.com/auth', realm: 'acme', clientId: 'user-group-sync' },
};

describe('a draft before the app is asked', () => {
  it('has nothing to complain about when it is complete', () => {
    expect(checkDraft(complete, true)).toEqual({});
  });

  it('names every field that a new connector lacks', () => {
    expect(Object.keys(checkDraft(defaultSettings, false)).toSorted()).toEqual(
      ['clientSecret', 'keycloak.clientId', 'keycloak.realm', 'keycloak.url', 'name'].toSorted(),
    );
  });

  it('refuses a choice of groups without a group, which would mean nobody', () => {
    expect(
      checkDraft(
        {
          ...complete,
          scope: groupScope([], true),
          groups: { ...complete.groups, selection: chosenGroups([]) },
        },
        true,
      ),
    ).toEqual({
      'scope.include': 'Choose at least one group, or choose the whole realm.',
      'groups.selection.include': 'Choose at least one group, or choose all groups of the user.',
    });
  });

  it('names what the mapping and the names of groups lack', () => {
    const { users, groups } = complete;
    const transformations = [{ kind: 'replace', search: '', replacement: '' }] as const;
    const draft = {
      ...complete,
      users: { ...users, mapping: [] },
      groups: { ...groups, naming: { ...groups.naming, transformations } },
    };
    expect(Object.keys(checkDraft(draft, true))).toEqual(['users.mapping', 'groups.naming.transformations.0.search']);
  });

  it('accepts chosen groups', () => {
    const scope = groupScope([sourceGroupId('g')], false);
    expect(checkDraft({ ...complete, scope }, true)).toEqual({});
  });

  it.each([
    ['', 'Enter the address of your Keycloak server.'],
    ['keycloak.example.com', 'This is no address. It should look like https://keycloak.example.com.'],
    ['http://keycloak.example.com', 'The address must begin with https://.'],
    ['  https://keycloak.example.com:8443/auth ', undefined],
  ])('the address "%s" gives %j', (text, message) => {
    expect(checkAddress(text)).toBe(message);
  });
});

describe('fields and their tabs', () => {
  it.each([
    ['name', 'keycloak'],
    ['clientSecret', 'keycloak'],
    ['keycloak.url', 'keycloak'],
    ['scope.include', 'required-groups'],
    ['users.emailDomains', 'user-provisioning'],
    ['users.mapping.2.transformations.0.pattern', 'user-provisioning'],
    ['users.relinkAttribute', 'user-provisioning'],
    ['groups.selection', 'group-provisioning'],
    ['groups.naming.transformations.1', 'group-provisioning'],
    ['groups.alwaysAssign.0', 'group-provisioning'],
    ['schedule.cron', 'sync-settings'],
    ['cleanup.behaviour', 'sync-settings'],
    ['nonsense', undefined],
  ])('%s is on %s', (field, tab) => {
    expect(tabOfField(field)).toBe(tab);
  });

  it('knows the tab of every setting that a connector has', () => {
    const settings = Object.keys(defaultSettings).filter((name) => name !== 'version' && name !== 'enabled');
    expect(settings.filter((name) => tabOfField(name) === undefined)).toEqual([]);
  });

  it('an error of an item is one of its list, and of no other setting', () => {
    const errors = { 'users.emailDomains.2': 'no domain' };
    expect(errorAt(errors, 'users.emailDomains')).toBe('no domain');
    expect(errorAt(errors, 'users.emailDomains.2')).toBe('no domain');
    expect(errorAt(errors, 'users.email')).toBeUndefined();
  });

  it('a changed setting loses its errors and those of its parts, and no others', () => {
    const errors = { 'scope.include': 'a', scope: 'b', 'schedule.cron': 'c' };
    expect(dropErrors(errors, 'scope')).toEqual({ 'schedule.cron': 'c' });
    expect(dropErrors(errors, 'sched')).toBe(errors);
  });
});
