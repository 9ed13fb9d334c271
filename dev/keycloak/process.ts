import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startArguments, startEnvironment, type StartSettings } from './options';
import { KeycloakUnavailable } from './unavailable';

const keptLogLength = 2_000_000;
const patience = 8 * 60_000;
const stopPatience = 20_000;

/** A server process in a group of its own, so that the script and the Java it starts end together. */
export interface KeycloakProcess {
  readonly pid: number;
  readonly logs: () => string;
  readonly isRunning: () => boolean;
  readonly stop: () => Promise<void>;
}

// The watcher reads a pipe that only this process holds: when it closes without a word, this process is gone (even by
// SIGKILL), and so the server and its folder go too.
const watcherScript = 'read -r word && exit 0; kill -s KILL -- "-$1" 2>/dev/null; sleep 1; rm -rf -- "$2"';

/** Ends the group and removes the folder when this process dies; what it returns calls that off. */
export function watch(group: number, folder: string): () => void {
  const watcher = spawn('/bin/sh', ['-c', watcherScript, 'sh', String(group), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  const { stdin } = watcher;
  stdin.on('error', () => undefined);
  if (stdin instanceof Socket) stdin.unref();
  return () => stdin.end('stopped\n');
}

export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

export function keepLogs(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-keptLogLength);
    });
  }
  return () => kept;
}

/** Runs `kc.sh` of a server folder. The folder is removed with the server when this process dies unexpectedly. */
export async function runKeycloak(folder: string, settings: StartSettings): Promise<KeycloakProcess> {
  const child = spawn(join(folder, 'bin', 'kc.sh'), startArguments(settings), {
    cwd: folder,
    env: { ...process.env, ...startEnvironment(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const logs = keepLogs(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new KeycloakUnavailable('start', 'The Keycloak server did not start.');
  const unwatch = watch(pid, folder);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;

  async function stop(): Promise<void> {
    if (isRunning()) {
      signalGroup(pid ?? 0, 'SIGTERM');
      await Promise.race([exited, pause(stopPatience, undefined, { ref: false })]);
    }
    if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    await exited;
    unwatch();
  }
  return { pid, logs, isRunning, stop };
}

export function lastLines(text: string, count = 25): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** Resolves once the server answers for its master realm; throws with its last log lines when it ends or takes too long. */
export async function untilReady(server: KeycloakProcess, url: string): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await answers(`${url}/realms/master`))) {
    if (!server.isRunning()) {
      throw new KeycloakUnavailable('start', `The Keycloak server ended:\n${lastLines(server.logs())}`);
    }
    if (Date.now() > deadline) {
      throw new KeycloakUnavailable('start', `The Keycloak server takes too long:\n${lastLines(server.logs())}`);
    }
    await pause(250);
  }
}
