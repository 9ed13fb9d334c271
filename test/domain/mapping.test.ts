import { mapUser } from '../../src/domain/mapping';
import type { SourceUser } from '../../src/domain/snapshot';
import { user, without } from './model';

describe('the default mapping', () => {
  it.each<[string, SourceUser, string]>([
    ['first and last name', user('anna'), 'Anna Example'],
    ['the first name alone', without(user('anna'), 'lastName'), 'Anna'],
    ['the last name alone', user('anna', { firstName: ' ' }), 'Example'],
    ['names without their extra spaces', user('anna', { firstName: ' Anna  Maria ', lastName: 'E ' }), 'Anna Maria E'],
    ['the user name where there is no name', without(user('anna'), 'firstName', 'lastName'), 'anna'],
    [
      'the part before the @ of a user name that is an e-mail',
      without(user('anna', { username: 'a.b@example.com' }), 'firstName', 'lastName'),
      'a.b',
    ],
    [
      'the part before the @ of the e-mail at last',
      without(user('anna', { username: '' }), 'firstName', 'lastName'),
      'anna',
    ],
  ])('shows %s', (_, person, displayName) => {
    expect(mapUser(person)).toEqual({ kind: 'mapped', email: 'anna@example.com', displayName, active: true });
  });

  it('takes the e-mail trimmed and in lower case, and active from enabled', () => {
    expect(mapUser(user('anna', { email: ' Anna@EXAMPLE.com ', enabled: false }))).toEqual({
      kind: 'mapped',
      email: 'anna@example.com',
      displayName: 'Anna Example',
      active: false,
    });
  });

  it.each<[string, SourceUser, string]>([
    ['without an e-mail', without(user('anna'), 'email'), 'Has no e-mail address in Keycloak.'],
    ['with an empty e-mail', user('anna', { email: ' ' }), 'Has no e-mail address in Keycloak.'],
    ['with what is no e-mail', user('anna', { email: 'anna' }), 'The e-mail address in Keycloak is not a usable one.'],
    ['with two @', user('anna', { email: 'a@b@c' }), 'The e-mail address in Keycloak is not a usable one.'],
  ])('gives nothing for a person %s', (_, person, reason) => {
    expect(mapUser(person)).toEqual({ kind: 'unmappable', reason });
  });
});
