import { computeConsent, computeOrigins } from '../../../static/admin/src/editor/egress-origins';

describe('addresses to approve', () => {
  it.each([
    ['without the default port', { url: 'https://kc.example.com:443/auth/' }, ['https://kc.example.com']],
    ['with any other port', { url: 'https://kc.example.com:8443' }, ['https://kc.example.com:8443']],
    ['in lower case', { url: ' https://KC.Example.com ' }, ['https://kc.example.com']],
    [
      'the admin address too',
      { url: 'https://kc.example.com', adminUrl: 'https://admin.example.com/auth' },
      ['https://kc.example.com', 'https://admin.example.com'],
    ],
    [
      'one address once',
      { url: 'https://kc.example.com/auth', adminUrl: 'https://kc.example.com/admin' },
      ['https://kc.example.com'],
    ],
    ['nothing of what is no address', { url: 'kc.example.com', adminUrl: 'mailto:a@b.c' }, []],
  ])('%s', (_, keycloak, origins) => {
    expect(computeOrigins(keycloak)).toEqual(origins);
  });

  it('asks for nothing when everything is approved', () => {
    expect(computeConsent(['https://a.example'], ['https://b.example', 'https://a.example'])).toBeUndefined();
  });

  it('asks for what is new and keeps what other connectors need', () => {
    expect(computeConsent(['https://a.example'], ['https://b.example'])).toEqual({
      add: ['https://a.example'],
      all: ['https://b.example', 'https://a.example'],
    });
  });
});
