import { SettingsError } from './errors';

export interface KeycloakAddress {
  /** Scheme, host and port: what egress is asked for. */
  readonly origin: string;
  /** Base addresses to try, the likeliest first; without a slash at the end. */
  readonly candidates: readonly string[];
}

/**
 * Reads the address of a Keycloak server as people paste it: with or without `/auth`, from the admin console or of a realm.
 * Only https and public host names. Throws `SettingsError` for the field given.
 */
export function parseKeycloakUrl(text: string, field = 'keycloak.url'): KeycloakAddress {
  const refuse = (message: string): never => {
    throw new SettingsError(field, message);
  };
  const typed = text.trim();
  if (typed === '') refuse('Enter the address of Keycloak, for example https://keycloak.example.com.');
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null) return refuse('This is no address; enter one such as https://keycloak.example.com.');
  if (url.protocol !== 'https:') refuse('Only https addresses can be used: Atlassian calls no others.');
  if (url.username !== '' || url.password !== '') refuse('Leave user name and password out of the address.');
  const problem = describeHost(url.hostname);
  if (problem !== undefined) refuse(problem);
  const path = stripPath(url.pathname);
  const without = `${url.origin}${path.replace(/\/auth$/, '')}`;
  const withAuth = `${without}/auth`;
  return { origin: url.origin, candidates: path.endsWith('/auth') ? [withAuth, without] : [without, withAuth] };
}

function stripPath(path: string): string {
  const base = path.replace(/\/{2,}/g, '/').replace(/\/(admin|realms|resources|js)(\/.*)?$/, '');
  // The first of several such parts counts: /auth/admin/master/console.
  const first = /^(.*?)\/(?:admin|realms)(?:\/|$)/.exec(base);
  return (first?.[1] ?? base).replace(/\/+$/, '');
}

const privateEndings = ['localhost', 'local', 'internal', 'home.arpa', 'intranet', 'lan'];

function describeHost(hostname: string): string | undefined {
  const host = hostname.replace(/\.+$/, '').toLowerCase();
  const notPublic = 'The app runs at Atlassian and reaches public host names only; this one is not public.';
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1)) ? notPublic : undefined;
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (v4 !== null) return isPrivateV4(Number(v4[1]), Number(v4[2])) ? notPublic : undefined;
  if (!host.includes('.')) return notPublic;
  return privateEndings.some((ending) => host.endsWith(`.${ending}`)) ? notPublic : undefined;
}

/** Loopback, private, shared, link-local, documentation-free reserved and multicast ranges (RFC 6890). */
function isPrivateV4(a: number, b: number): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  );
}

/** Only global unicast (2000::/3) is public; in it, 6to4 and Teredo carry addresses of the other family. */
function isPrivateV6(host: string): boolean {
  return !/^[23][0-9a-f]{3}:/.test(host) || /^(2002|2001:0?):/.test(host) || host.startsWith('2001::');
}
