import { findExcessRoles } from '../../src/keycloak/token-roles';

const tokenOf = (claims: unknown): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

describe('what a token shows beyond the rights of a reader', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'view-users and what it brings',
      tokenOf({ resource_access: { 'realm-management': { roles: ['view-users', 'query-users', 'query-groups'] } } }),
      [],
    ],
    [
      'the right to change users',
      tokenOf({ resource_access: { 'realm-management': { roles: ['view-users', 'manage-users'] } } }),
      ['manage-users'],
    ],
    [
      'rights from the master realm',
      tokenOf({ resource_access: { 'acme-realm': { roles: ['manage-realm'] } } }),
      ['manage-realm'],
    ],
    ['rights over another realm', tokenOf({ resource_access: { 'other-realm': { roles: ['manage-realm'] } } }), []],
    ['an administrator of the server', tokenOf({ realm_access: { roles: ['admin', 'offline_access'] } }), ['admin']],
    ['rights over its own account', tokenOf({ resource_access: { account: { roles: ['manage-account'] } } }), []],
    [
      'a name with an umlaut',
      tokenOf({ name: 'Jörg ÿ', resource_access: { 'realm-management': { roles: ['realm-admin'] } } }),
      ['realm-admin'],
    ],
    ['a lightweight token', tokenOf({ sub: 'x' }), []],
    ['an opaque token', 'opaque', []],
    ['claims that are none', tokenOf('text'), []],
  ])('%s', (_name, token, expected) => {
    expect(findExcessRoles(token, 'acme')).toEqual(expected);
  });
});
