import { checkAddress } from '../../src/http/address';

describe('which addresses the app may talk to', () => {
  it.each([
    ['https://kc.example.com/auth', 'https://kc.example.com/auth'],
    ['https://kc.example.com:8443/', 'https://kc.example.com:8443/'],
    ['https://KC.Example.com:443', 'https://kc.example.com/'],
    ['https://keycloak.example.test/', 'https://keycloak.example.test/'],
    ['https://xn--bcher-kva.example/', 'https://xn--bcher-kva.example/'],
  ])('%s is public', (text, href) => {
    const address = checkAddress(text);
    expect(address.kind === 'public' && address.url.href).toBe(href);
  });

  it.each([
    ['', 'it is not an address'],
    ['kc.example.com', 'it is not an address'],
    ['http://kc.example.com', 'it does not begin with https://'],
    ['ftp://kc.example.com', 'it does not begin with https://'],
    ['https://user:word@kc.example.com', 'it holds a user name or password'],
    ['https://user@kc.example.com', 'it holds a user name or password'],
    ['https://127.0.0.1/', 'it names an IP address instead of a host'],
    ['https://127.1/', 'it names an IP address instead of a host'],
    ['https://0x7f000001/', 'it names an IP address instead of a host'],
    ['https://2130706433/', 'it names an IP address instead of a host'],
    ['https://8.8.8.8/', 'it names an IP address instead of a host'],
    ['https://8.8.8.8./', 'it names an IP address instead of a host'],
    ['https://[::1]/', 'it names an IP address instead of a host'],
    ['https://[::ffff:127.0.0.1]/', 'it names an IP address instead of a host'],
    ['https://localhost/', 'its host is not reachable from the internet'],
    ['https://keycloak/', 'its host is not reachable from the internet'],
    ['https://localhost./', 'its host is not reachable from the internet'],
    ['https://a.localhost/', 'its host is not reachable from the internet'],
    ['https://kc.internal/', 'its host is not reachable from the internet'],
    ['https://KC.LOCAL/', 'its host is not reachable from the internet'],
    ['https://kc.home.arpa/', 'its host is not reachable from the internet'],
  ])('"%s" is refused', (text, reason) => {
    expect(checkAddress(text)).toEqual({ kind: 'refused', reason });
  });
});
