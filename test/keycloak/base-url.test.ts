import { computeAdminUrl, computeBaseUrls } from '../../src/keycloak/base-url';

describe('which base addresses are tried', () => {
  const root = ['https://kc.example.com', 'https://kc.example.com/auth'];
  const auth = ['https://kc.example.com/auth', 'https://kc.example.com'];
  it.each([
    ['https://kc.example.com', root],
    ['https://kc.example.com/', root],
    ['  https://KC.example.com:443//  ', root],
    ['kc.example.com', root],
    ['https://kc.example.com/auth', auth],
    ['https://kc.example.com/auth/', auth],
    ['https://kc.example.com/admin/master/console/#/acme/users', root],
    ['https://kc.example.com/auth/admin/master/console/', auth],
    ['https://kc.example.com/realms/acme/account?x=1', root],
    ['https://kc.example.com/auth/realms/acme', auth],
    ['https://kc.example.com:8443', ['https://kc.example.com:8443', 'https://kc.example.com:8443/auth']],
    ['https://www.example.com//sso/kc', ['https://www.example.com/sso/kc', 'https://www.example.com/sso/kc/auth']],
    ['http://kc.example.com', ['http://kc.example.com', 'http://kc.example.com/auth']],
    ['https://me:secret@kc.example.com', ['https://user@kc.example.com', 'https://user@kc.example.com/auth']],
    ['', []],
    ['not an address', []],
    ['ftp://kc.example.com', []],
  ])('"%s"', (typed, expected) => {
    expect(computeBaseUrls(typed)).toEqual(expected);
  });

  it('begins with the one found earlier, unless it belongs to another address', () => {
    expect([
      computeBaseUrls('https://kc.example.com', 'https://kc.example.com/auth'),
      computeBaseUrls('https://kc.example.com', 'https://other.example.com/auth'),
    ]).toEqual([auth, root]);
  });
});

describe('where the admin API is asked', () => {
  const settings = { url: 'https://kc.example.com', realm: 'acme', clientId: 'sync' };
  it.each([
    [undefined, 'https://kc.example.com/auth', 'https://kc.example.com/auth'],
    ['https://admin.example.com', 'https://kc.example.com', 'https://admin.example.com'],
    ['https://admin.example.com/', 'https://kc.example.com/auth', 'https://admin.example.com/auth'],
    [
      'https://admin.example.com/kc/admin/master/console',
      'https://kc.example.com/auth',
      'https://admin.example.com/kc',
    ],
  ])('admin URL %s beside base address %s', (adminUrl, baseUrl, expected) => {
    expect(computeAdminUrl({ ...settings, ...(adminUrl === undefined ? {} : { adminUrl }) }, baseUrl)).toBe(expected);
  });
});
