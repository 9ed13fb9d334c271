import type { KeycloakSettings } from '../../src/domain/connector';
import { Secret } from '../../src/domain/secret';
import { createHttpClient } from '../../src/http/client';
import type { FetchLike } from '../../src/http/http';
import type { KeycloakAccess } from '../../src/keycloak/access';

export interface AccessWishes extends Partial<Omit<KeycloakAccess, 'settings' | 'secret' | 'http' | 'budget'>> {
  readonly settings?: Partial<KeycloakSettings>;
  readonly secret?: string;
  /** Calls of the invocation; plenty unless told. */
  readonly calls?: number;
}

/** One invocation that reads through `fetch`, on a clock that only waits move. */
export function openAccess(origin: string, fetch: FetchLike, wishes: AccessWishes = {}) {
  const { settings, secret, calls, ...rest } = wishes;
  let clock = 1_000_000;
  let left = calls ?? 10_000;
  const spend = (): void => {
    if (left <= 0) throw new RangeError('no calls left');
    left -= 1;
  };
  const sleep = async (ms: number): Promise<void> => {
    clock += ms;
  };
  const now = rest.now ?? (() => clock);
  const http = createHttpClient({ fetch, counter: { spend }, sleep, random: () => 0.5, now });
  const access: KeycloakAccess = {
    settings: { url: origin, realm: 'acme', clientId: 'sync', ...settings },
    secret: new Secret(secret ?? 'pa:ss %+&'),
    http,
    budget: { callsLeft: () => left, timeLeft: () => 900_000, spend },
    sleep,
    pageSize: 10,
    ...rest,
    now,
  };
  return access;
}
