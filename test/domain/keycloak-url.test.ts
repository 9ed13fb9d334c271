import { SettingsError } from '../../src/domain/errors';
import { parseKeycloakUrl } from '../../src/domain/keycloak-url';

const host = 'https://keycloak.example.test';

describe('the address of Keycloak', () => {
  it.each([
    ['as the host', host, ['', '/auth']],
    ['with a slash', `${host}/`, ['', '/auth']],
    ['without a scheme', 'keycloak.example.test', ['', '/auth']],
    ['with spaces around', `  ${host} `, ['', '/auth']],
    ['with /auth', `${host}/auth`, ['/auth', '']],
    ['with /auth/', `${host}/auth/`, ['/auth', '']],
    ['of the admin console', `${host}/admin/master/console/#/main/users`, ['', '/auth']],
    ['of the old admin console', `${host}/auth/admin/master/console/`, ['/auth', '']],
    ['of a realm', `${host}/realms/main/account?x=1`, ['', '/auth']],
    ['of a realm called admin', `${host}/realms/admin`, ['', '/auth']],
    ['of the discovery document', `${host}/auth/realms/main/.well-known/openid-configuration`, ['/auth', '']],
    ['under a path', `${host}/sso/keycloak`, ['/sso/keycloak', '/sso/keycloak/auth']],
    [
      'under a path that only begins like one of its own',
      `${host}/administration`,
      ['/administration', '/administration/auth'],
    ],
    ['with doubled slashes', `${host}//auth//admin`, ['/auth', '']],
  ])('may be pasted %s', (_, text, paths) => {
    expect(parseKeycloakUrl(text)).toEqual({ origin: host, candidates: paths.map((path) => `${host}${path}`) });
  });

  it('keeps its port', () => {
    expect(parseKeycloakUrl(`${host}:8443/auth`).origin).toBe(`${host}:8443`);
  });

  it.each([
    ['nothing', ' ', 'Enter the address'],
    ['no address', 'https://', 'no address'],
    ['http', 'http://keycloak.example.test', 'Only https'],
    ['another scheme', 'ftp://keycloak.example.test', 'Only https'],
    ['a user name', 'https://admin@keycloak.example.test', 'user name and password'],
    ['a password', 'https://admin:secret@keycloak.example.test', 'user name and password'],
    ['localhost', 'https://localhost:8080', 'not public'],
    ['localhost with a dot', 'https://localhost.', 'not public'],
    ['a name below localhost', 'https://keycloak.localhost', 'not public'],
    ['a name without a dot', 'https://keycloak', 'not public'],
    ['a .local name', 'https://keycloak.local', 'not public'],
    ['an .internal name', 'https://keycloak.corp.INTERNAL.', 'not public'],
    ['loopback', 'https://127.0.0.1', 'not public'],
    ['loopback in hexadecimal', 'https://0x7f000001', 'not public'],
    ['loopback in one number', 'https://2130706433', 'not public'],
    ['10.0.0.0/8', 'https://10.1.2.3', 'not public'],
    ['172.16.0.0/12', 'https://172.31.255.255', 'not public'],
    ['192.168.0.0/16', 'https://192.168.1.1', 'not public'],
    ['link-local, where clouds keep their metadata', 'https://169.254.169.254', 'not public'],
    ['shared address space', 'https://100.64.0.1', 'not public'],
    ['the zero address', 'https://0.0.0.0', 'not public'],
    ['multicast', 'https://224.0.0.1', 'not public'],
    ['IPv6 loopback', 'https://[::1]', 'not public'],
    ['unique local IPv6', 'https://[fd00::1]', 'not public'],
    ['link-local IPv6', 'https://[fe80::1]', 'not public'],
    ['loopback mapped into IPv6', 'https://[::ffff:127.0.0.1]', 'not public'],
    ['6to4', 'https://[2002:7f00:1::]', 'not public'],
  ])('must not be %s', (_, text, message) => {
    let error: unknown;
    try {
      parseKeycloakUrl(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SettingsError);
    expect(error).toMatchObject({ field: 'keycloak.url', message: expect.stringContaining(message) as string });
  });

  it.each(['https://8.8.8.8', 'https://172.32.0.1', 'https://[2a00:1450:4001::1]'])(
    'may be the public address %s',
    (text) => {
      expect(parseKeycloakUrl(text).origin).toBe(text);
    },
  );

  it('names the field that was asked for, and repeats no password', () => {
    const parse = () => parseKeycloakUrl('https://admin:hunter2@keycloak.example.test', 'keycloak.adminUrl');
    expect(parse).toThrow(expect.objectContaining({ field: 'keycloak.adminUrl' }) as Error);
    expect(parse).not.toThrow('hunter2');
  });
});
