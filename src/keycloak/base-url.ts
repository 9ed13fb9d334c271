import type { KeycloakSettings } from '../domain/connector';

/**
 * Base addresses to try, best first: what was typed without its tail (`/admin/…`, `/realms/…`), as typed and then with
 * or without `/auth`. One found earlier comes first while it is on the same host. Empty when the text is no address.
 */
export function computeBaseUrls(typed: string, known?: string): readonly string[] {
  const base = trimAddress(typed);
  if (base === undefined) return [];
  const bare = base.replace(/\/auth$/, '');
  const derived = base === bare ? [bare, `${bare}/auth`] : [base, bare];
  const usable = known !== undefined && derived.includes(known) ? [known] : [];
  return [...new Set([...usable, ...derived])];
}

/** Where the admin API is asked: the admin URL if there is one, under the same `/auth` as the base address, else the base address. */
export function computeAdminUrl(settings: KeycloakSettings, baseUrl: string): string {
  const admin = settings.adminUrl === undefined ? undefined : trimAddress(settings.adminUrl);
  if (admin === undefined) return baseUrl;
  return baseUrl.endsWith('/auth') && new URL(admin).pathname === '/' ? `${admin}/auth` : admin;
}

/** The origin and path of a typed address; Keycloak answers 400 to `//`, so double slashes are dropped. */
function trimAddress(typed: string): string | undefined {
  const text = typed.trim();
  const absolute = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(absolute)) return undefined;
  const { origin, protocol, pathname, username } = new URL(absolute);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  // A name before the host is kept, so that the address check refuses it instead of the app dropping it silently.
  const start = username === '' ? origin : origin.replace('://', '://user@');
  const path = pathname.replace(/\/{2,}/g, '/').replace(/\/(?:admin|realms)(?:\/.*)?$/, '');
  return `${start}${path.replace(/\/$/, '')}`;
}
