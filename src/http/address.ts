/** Names that never belong to a server on the internet (RFC 6761, RFC 8375, ICANN's `internal`) or that only a local network knows. */
const localEndings = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'invalid', 'onion'];

export type Address =
  { readonly kind: 'public'; readonly url: URL } | { readonly kind: 'refused'; readonly reason: string };

/**
 * Whether the app may talk to an address: https, a public host name, no user name or password in it.
 * IP addresses in any notation, single-label names and names of local networks are refused; ports are free.
 */
export function checkAddress(text: string): Address {
  if (!URL.canParse(text)) return refuse('it is not an address');
  const url = new URL(text);
  if (url.protocol !== 'https:') return refuse('it does not begin with https://');
  if (url.username !== '' || url.password !== '') return refuse('it holds a user name or password');
  const host = url.hostname.replace(/\.$/, '');
  // `URL` has turned every notation of an IPv4 address (0x7f000001, 127.1) into four numbers.
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) return refuse('it names an IP address instead of a host');
  if (!host.includes('.') || localEndings.some((ending) => host.endsWith(`.${ending}`))) {
    return refuse('its host is not reachable from the internet');
  }
  return { kind: 'public', url };
}

function refuse(reason: string): Address {
  return { kind: 'refused', reason };
}
