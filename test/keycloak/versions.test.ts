import type { KeycloakDouble } from '../../dev/keycloak/double';
import { startKeycloakDouble } from '../../dev/keycloak/double';
import { isPastLastUser } from '../../dev/keycloak/double/faults';
import type { FaultRule } from '../../dev/keycloak/double/faults';
import { doubleRealm } from '../../dev/keycloak/double/realm';
import { SourceError } from '../../src/domain/errors';
import { openKeycloak } from '../../src/keycloak/source';
import { mapFetch, mixedRealm, secret, snapshotOf } from '../integration/real-realm';
import type { AccessWishes } from './realm-access';
import { openAccess } from './realm-access';

const realm = mixedRealm('versions');
let double: KeycloakDouble | undefined;
afterEach(async () => {
  await double?.stop();
  double = undefined;
});

async function start(version: string, faults: readonly FaultRule[] = []): Promise<KeycloakDouble> {
  double = await startKeycloakDouble({ realm: doubleRealm(realm), version, faults });
  return double;
}

async function read(server: KeycloakDouble, wishes: AccessWishes = {}): Promise<unknown> {
  const { fetch } = mapFetch(server);
  const settings = { realm: 'versions', ...wishes.settings };
  try {
    const access = openAccess(server.publicUrl, fetch, { secret, ...wishes, settings });
    return await openKeycloak(access).read(undefined, async () => undefined);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.code;
  }
}

const versions = ['22.0.5', '24.0.5', '25.0.6', '26.0.8', '26.7.3'];

describe.each(versions)('the stand-in for Keycloak %s', (version) => {
  it.each([7, 21, 1_000])('gives the snapshot of the real server, in pages of %i', async (pageSize) => {
    const server = await start(version);
    expect(await read(server, { pageSize })).toEqual({ kind: 'read', snapshot: snapshotOf(realm, server.publicUrl) });
  });

  it.each([
    ['query', 'role-too-small'],
    ['none', 'role-missing'],
    ['no-scope', 'role-missing'],
    ['no-accounts', 'service-accounts-off'],
    ['nobody', 'wrong-client-or-secret'],
  ])('refuses the client "%s" as %s', async (clientId, code) => {
    expect(await read(await start(version), { settings: { clientId } })).toBe(code);
  });

  it.each<[string, FaultRule['then'], string]>([
    ['broken JSON', { kind: 'error-in-body' }, 'unreadable-answer'],
    ['half an answer', { kind: 'truncated' }, 'unreadable-answer'],
    ['a broken connection', { kind: 'cut' }, 'unreachable'],
    ['400', { kind: 'status', status: 400 }, 'server-error'],
    ['500', { kind: 'status', status: 500 }, 'server-error'],
  ])('never takes %s past the end for the end', async (_name, then, code) => {
    expect(await read(await start(version, [{ match: isPastLastUser, then }]))).toBe(code);
  });
});
