import type { KeycloakSettings } from '../../../../src/domain/connector';
import { parseAddress } from './address';

/** Key of the group of addresses in the product's list of approved ones. */
export const egressKey = 'keycloak';

/** The origins that a connector calls, as the product compares them: without default port, with any other. */
export function computeOrigins({ url, adminUrl }: Pick<KeycloakSettings, 'url' | 'adminUrl'>): readonly string[] {
  const origins = [url, adminUrl ?? ''].flatMap((text) => parseAddress(text)?.origin ?? []);
  return [...new Set(origins)].filter((origin) => origin !== 'null');
}

/** What has to be approved so that every origin may be called; absent when all of them may be already. */
export function computeConsent(
  wanted: readonly string[],
  approved: readonly string[],
): { readonly add: readonly string[]; readonly all: readonly string[] } | undefined {
  const add = wanted.filter((origin) => !approved.includes(origin));
  // The whole group is sent: nothing says whether a shorter one would drop the addresses of other connectors.
  return add.length === 0 ? undefined : { add, all: [...approved, ...add] };
}
