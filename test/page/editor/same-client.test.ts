import { identifyClient } from '../../../src/domain/client-identity';
import { isSameClient } from '../../../static/admin/src/editor/same-client';

const saved = { url: 'https://keycloak.example.com', realm: 'acme', clientId: 'user-group-sync' };

describe('a stored client secret and an edited connector', () => {
  it.each([
    ['nothing else than before', saved, true],
    ['another path of the same server', { ...saved, url: 'https://keycloak.example.com/auth' }, true],
    ['a blank behind a name', { ...saved, realm: 'acme ' }, true],
    ['the same realm as login realm', { ...saved, loginRealm: 'acme' }, true],
    ['another admin address', { ...saved, adminUrl: 'https://admin.example.com' }, true],
    ['another server', { ...saved, url: 'https://other.example.com' }, false],
    ['another realm', { ...saved, realm: 'other' }, false],
    ['another login realm', { ...saved, loginRealm: 'master' }, false],
    ['another client', { ...saved, clientId: 'other' }, false],
  ])('with %s: it serves on as the app itself judges', (_, draft, same) => {
    expect(isSameClient(saved, draft)).toBe(same);
    const { realm, ...rest } = draft;
    // The app trims when it saves.
    expect(identifyClient({ ...rest, realm: realm.trim() }) === identifyClient(saved)).toBe(same);
  });

  it('is asked for while the address is not finished', () => {
    expect(isSameClient(saved, { ...saved, url: 'https://' })).toBe(false);
  });
});
