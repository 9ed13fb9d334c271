import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJava, javaCommand } from './java';
import { baseDn } from './ldap-entries';
import { findLdapJar } from './ldap-jar';
import { signalGroup, watch } from './process';

const run = promisify(execFile);
// Short lives: compiled quickly serves them better than compiled well.
const javaOptions = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] as const;
const serverTool = 'com.unboundid.ldap.listener.InMemoryDirectoryServerTool';
const modifyTool = 'com.unboundid.ldap.sdk.unboundidds.tools.LDAPModify';

export const bindDn = 'cn=reader';
export const bindPassword = 'ldap-password';

/** A running LDAP server (a real one, of its own process) that holds its entries in memory. */
export interface LdapServer {
  readonly port: number;
  /** Carries out change records (RFC 2849); throws with the server's words when one is refused. */
  readonly change: (...records: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a server with these entries (LDIF) on a port that it chooses itself, in about half a second. It ends with this process. */
export async function startLdapServer(entries: string): Promise<LdapServer> {
  await findJava();
  const jar = await findLdapJar();
  const folder = await mkdtemp(join(tmpdir(), 'user-group-sync-ldap-'));
  const file = join(folder, 'entries.ldif');
  await writeFile(file, entries);
  const java = javaCommand();
  const begin = [...javaOptions, '-cp', jar];
  const child = spawn(java, [...begin, serverTool, '-b', baseDn, '-l', file, '-D', bindDn, '-w', bindPassword], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = once(child, 'exit');
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const unwatch = watch(pid, folder);
  const stop = async (): Promise<void> => {
    signalGroup(pid, 'SIGKILL');
    await exited;
    unwatch();
    await rm(folder, { recursive: true, force: true });
  };
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, found] = /client connections on port (\d+)/.exec(said) ?? [];
        if (found !== undefined) resolve(Number(found));
      });
    }
    child.once('exit', () => reject(new Error(`The LDAP server ended:\n${said}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let changes = 0;
  return {
    port,
    stop,
    async change(...records) {
      changes += 1;
      const path = join(folder, `change-${changes}.ldif`);
      await writeFile(path, records.join('\n'));
      const where = ['-h', '127.0.0.1', '-p', String(port), '-D', bindDn, '-w', bindPassword];
      await run(java, [...begin, modifyTool, ...where, '-f', path]);
    },
  };
}
