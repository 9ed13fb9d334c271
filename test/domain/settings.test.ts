import { chosenGroups, groupScope } from './model';
import { defaultSettings, type ConnectorSettings } from '../../src/domain/connector';
import { SettingsError } from '../../src/domain/errors';
import { rulesFingerprint } from '../../src/domain/rules-fingerprint';
import { parseSettings } from '../../src/domain/settings/parse';
import { keycloakGroupId, settings } from './model';

/** The settings with one field, named by its path, set to something. */
function withField(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(settings());
  const keys = path.split('.');
  let at: unknown = copy;
  for (const key of keys.slice(0, -1)) at = Reflect.get(Object(at) as object, key);
  Reflect.set(Object(at) as object, keys.at(-1) ?? '', value);
  return copy;
}

function fail(input: unknown): unknown {
  try {
    parseSettings(input);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('settings', () => {
  it('pass as they are when everything is right', () => {
    const full: ConnectorSettings = {
      ...settings({ limits: 'normal' }),
      keycloak: {
        url: 'https://keycloak.example.com/auth',
        adminUrl: 'https://admin.example.com',
        realm: 'main',
        loginRealm: 'master',
        clientId: 'sync',
      },
      scope: groupScope([keycloakGroupId('staff')], true),
      groups: { ...settings().groups, selection: chosenGroups([keycloakGroupId('devs')]), createMissing: false },
      schedule: { enabled: true, cron: '0 2 * * *', timeZone: 'Europe/Berlin' },
    };
    expect(parseSettings(full)).toEqual(full);
    expect(parseSettings(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  it('come out trimmed, domains in lower case and each once, without what nobody knows', () => {
    const typed = {
      ...settings(),
      name: ' Main ',
      extra: 'dropped',
      keycloak: {
        url: ' https://keycloak.example.com ',
        realm: ' main',
        clientId: 'sync ',
        adminUrl: ' ',
        clientSecret: 'x',
      },
      users: { ...settings().users, emailDomains: [' Example.COM', '@example.com', 'sub.example.org'] },
    };
    expect(parseSettings(typed)).toEqual({
      ...settings(),
      users: { ...settings().users, emailDomains: ['example.com', 'sub.example.org'] },
    });
  });

  it.each<[string, unknown, string]>([
    ['version', 3, 'another version'],
    ['name', '', 'The name is missing.'],
    ['name', undefined, 'name'],
    ['name', 'x'.repeat(101), 'longer than 100'],
    ['keycloak.url', 'http://keycloak.example.com', 'Only https'],
    ['keycloak.url', '', 'The Keycloak URL is missing.'],
    ['keycloak.adminUrl', 'https://localhost', 'not public'],
    ['keycloak.realm', ' ', 'The realm is missing.'],
    ['keycloak.clientId', 7, 'The client id is missing.'],
    ['keycloak.loginRealm', 'x'.repeat(256), 'longer than 255'],
    ['scope', undefined, 'missing'],
    ['scope.kind', 'everybody', 'Choose the whole realm or groups.'],
    ['scope', groupScope([], true), 'Choose at least one group.'],
    ['users.emailDomains', 'example.com', 'must be a list'],
    ['users.emailDomains', ['example'], 'no e-mail domain'],
    ['users.emailDomains', ['*.example.com'], 'no e-mail domain'],
    ['users.notify', 'yes', 'on or off'],
    ['users.productAccess', [{ resource: '', role: 'x' }], 'The product is missing.'],
    ['groups.selection', chosenGroups([]), 'Choose at least one group.'],
    ['cleanup.behaviour', 'delete', 'deactivate, remove or keep'],
    ['cleanup.memberships', undefined, 'missing'],
    ['schedule.cron', '* * * * *', 'at most every 30 minutes'],
    ['schedule.cron', '', 'The schedule is missing.'],
    ['schedule.cron', '0 2 30 2 *', 'never starts a run'],
    ['schedule.cron', '0 0 2 * * *', 'enter five fields'],
    ['schedule.cron', '0 2 * *\u0007 *', 'control character'],
    ['schedule.cron', '0 2 * *\t*', 'control character'],
    ['schedule.timeZone', 'Mars/Olympus', 'There is no time zone'],
    ['schedule.timeZone', '', 'The time zone is missing.'],
    ['schedule.timeZone', '+05:00', 'is an offset'],
    ['schedule.timeZone', 'Europe/\nBerlin', 'control character'],
    ['limits', 'none', 'strict, normal or first load'],
    ['groups.exclude.rules', [{ of: 'name', test: 'regex', text: '(' }], 'no regular expression'],
    ['groups.exclude.rules', [{ of: 'name', test: 'regex', text: 'a(?=b)' }], 'Look-around'],
    ['groups.exclude.rules', [{ of: 'name', test: 'regex', text: '(a)\\1' }], 'Look-around and references back'],
    ['groups.exclude.rules', [{ of: 'name', test: 'exact', text: '' }], 'The text of the rule is missing.'],
    [
      'groups.exclude.rules',
      Array.from({ length: 501 }, () => ({ of: 'name', test: 'exact', text: 'x' })),
      'at most 500',
    ],
    ['groups.naming.prefix', 'a\u0000', 'control character'],
    ['groups.subGroups', 'children', 'for which groups members of a sub-group count'],
    ['groups.naming.transformations', [{ kind: 'regex', pattern: '(', replacement: '' }], 'no regular expression'],
    ['groups.naming.transformations', [{ kind: 'regex', pattern: 'a', replacement: '$1' }], 'names group $1'],
    ['groups.naming.transformations', [{ kind: 'upper-case' }], 'Choose a transformation.'],
    ['cleanup.graceDays', 366, '0 to 365 days'],
    ['cleanup.graceDays', 1.5, 'whole days'],
    ['enabled', 'no', 'on or off'],
  ])('are refused with a wrong %s (%s)', (path, value, message) => {
    const error = fail(withField(path, value));
    expect(error).toBeInstanceOf(SettingsError);
    const { field } = error as SettingsError; // asserted a line above
    expect(field.startsWith(path) || path.startsWith(field)).toBe(true);
    expect(field).not.toBe('');
    expect(error).toMatchObject({ message: expect.stringContaining(message) as string });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a list', []],
  ])('are refused when they are %s', (_, input) => {
    expect(fail(input)).toBeInstanceOf(SettingsError);
  });

  it('start with defaults that need no more than an address, a realm, a client and a name', () => {
    const typed = { ...defaultSettings, name: 'Main', keycloak: settings().keycloak };
    expect(parseSettings(typed)).toEqual(typed);
  });
});

describe('the fingerprint of the rules', () => {
  const base = settings({
    scope: groupScope([keycloakGroupId('a'), keycloakGroupId('b')], false),
  });

  it.each<[string, ConnectorSettings]>([
    ['name', { ...base, name: 'Other' }],
    ['schedule', { ...base, schedule: { enabled: true, cron: '0 3 * * *', timeZone: 'UTC' } }],
    ['limits', { ...base, limits: 'normal' }],
    ['address', { ...base, keycloak: { ...base.keycloak, url: 'https://other.example.com' } }],
    ['mailing', { ...base, users: { ...base.users, notify: true } }],
    ['order of groups', { ...base, scope: groupScope([keycloakGroupId('b'), keycloakGroupId('a')], false) }],
  ])('stays when the %s changes', (_, changed) => {
    expect(rulesFingerprint(changed)).toBe(rulesFingerprint(base));
  });

  it.each<[string, ConnectorSettings]>([
    ['scope', { ...base, scope: { kind: 'realm' } }],
    ['sub-groups', { ...base, scope: groupScope([keycloakGroupId('a'), keycloakGroupId('b')], true) }],
    ['domains', { ...base, users: { ...base.users, emailDomains: [] } }],
    ['trusted federations', { ...base, users: { ...base.users, trustedFederations: ['ldap'] } }],
    ['chosen groups', { ...base, groups: { ...base.groups, selection: chosenGroups([keycloakGroupId('a')]) } }],
    ['creating of groups', { ...base, groups: { ...base.groups, createMissing: false } }],
    ['cleanup', { ...base, cleanup: { ...base.cleanup, behaviour: 'keep' } }],
    ['deactivating', { ...base, users: { ...base.users, deactivate: false } }],
  ])('changes with the %s', (_, changed) => {
    expect(rulesFingerprint(changed)).not.toBe(rulesFingerprint(base));
  });
});
