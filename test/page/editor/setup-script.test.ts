import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeSetupScript, roleClientOf } from '../../../static/admin/src/editor/setup-script';

/** Runs the script with a command line tool that only writes down its arguments. */
function runScript(script: string): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'setup-script-'));
  try {
    writeFileSync(
      join(folder, 'kcadm.sh'),
      '#!/bin/sh\nfor word in "$@"; do printf "%s\\037" "$word" >> calls; done\nprintf "\\n" >> calls\n[ "$1" = create ] && echo the-id || true\n',
    );
    chmodSync(join(folder, 'kcadm.sh'), 0o755);
    writeFileSync(join(folder, 'setup.sh'), script);
    execFileSync('sh', ['setup.sh'], { cwd: folder });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
    return calls.map((call) => call.split('\u001f').slice(0, -1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the script that makes the client', () => {
  it('makes a client with a service account, gives it view-users alone, and shows its secret', () => {
    const script = computeSetupScript({ url: 'https://kc.example.com/auth/', realm: 'acme', clientId: 'Sync' });
    expect(runScript(script)).toEqual([
      ['config', 'credentials', '--server', 'https://kc.example.com/auth', '--realm', 'master', '--user', 'admin'],
      [
        ...['create', 'clients', '-r', 'acme', '-i', '-s', 'clientId=Sync', '-s', 'protocol=openid-connect'],
        ...['-s', 'publicClient=false', '-s', 'serviceAccountsEnabled=true'],
        ...['-s', 'standardFlowEnabled=false', '-s', 'directAccessGrantsEnabled=false'],
      ],
      [
        ...['add-roles', '-r', 'acme', '--uusername', 'service-account-sync'],
        ...['--cclientid', 'realm-management', '--rolename', 'view-users'],
      ],
      ['get', 'clients/the-id/client-secret', '-r', 'acme', '--fields', 'value'],
    ]);
  });

  it('keeps names with quotes, spaces and shell signs as they are, and runs nothing in them', () => {
    const realm = `it's $(touch broken) "x"; exit 3`;
    const [, create] = runScript(computeSetupScript({ url: 'https://kc.example.com', realm, clientId: 'a`b' }));
    expect(create?.slice(0, 7)).toEqual(['create', 'clients', '-r', realm, '-i', '-s', 'clientId=a`b']);
  });

  it('works before anything was typed', () => {
    expect(runScript(computeSetupScript({ url: '', realm: '', clientId: '' }))).toHaveLength(4);
  });

  it.each([
    [{ realm: 'acme' }, 'realm-management'],
    [{ realm: 'acme', loginRealm: 'acme' }, 'realm-management'],
    [{ realm: 'acme', loginRealm: 'master' }, 'acme-realm'],
    [{ realm: 'master' }, 'master-realm'],
  ])('roles for %j lie in %s', (keycloak, client) => {
    expect(roleClientOf(keycloak)).toBe(client);
  });
});
