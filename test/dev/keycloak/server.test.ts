import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { startArguments, startEnvironment } from '../../../dev/keycloak/options';
import { runKeycloak, untilReady } from '../../../dev/keycloak/process';
import { startKeycloak } from '../../../dev/keycloak/server';
import { failingScript, fakeVersion, makeFakeHome, makeFakeJava, makeFolder } from './fake-server';

const settings = {
  version: fakeVersion,
  httpPort: 8180,
  managementPort: 8190,
  publicUrl: 'https://keycloak.example.test',
  relativePath: '',
  javaOptions: '-Xmx768m',
};
const before = { ...process.env };

beforeEach(async () => {
  process.env.JAVA = await makeFakeJava('17.0.15');
  process.env.USER_GROUP_SYNC_CACHE = await makeFolder('keycloak-cache');
});

afterEach(() => {
  process.env = { ...before };
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await turn();
}

function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    () => true,
  );
}

describe('the options of a server', () => {
  const common = ['start-dev', '--http-host=127.0.0.1', '--http-port=8180'];
  const hostnameUrl = ['--hostname-url=https://keycloak.example.test', '--hostname-strict-backchannel=true'];
  const management = '--http-management-port=8190';
  it.each([
    ['22.0.5', [...common, ...hostnameUrl]],
    ['24.0.5', [...common, ...hostnameUrl]],
    ['25.0.6', [...common, management, '--hostname=https://keycloak.example.test']],
    ['26.7.3', [...common, management, '--hostname=https://keycloak.example.test']],
  ])('%s names its host and its ports in the way of that version', (version, expected) => {
    expect(startArguments({ ...settings, version })).toEqual(expected);
  });

  it('name the relative path in the address and by itself', () => {
    const publicUrl = 'https://keycloak.example.test/auth';
    expect(startArguments({ ...settings, publicUrl, relativePath: '/auth' })).toEqual([
      ...common,
      management,
      '--hostname=https://keycloak.example.test/auth',
      '--http-relative-path=/auth',
    ]);
  });

  it.each([
    ['25.0.6', { KEYCLOAK_ADMIN: 'admin', KEYCLOAK_ADMIN_PASSWORD: 'admin' }],
    ['26.0.8', { KC_BOOTSTRAP_ADMIN_USERNAME: 'admin', KC_BOOTSTRAP_ADMIN_PASSWORD: 'admin' }],
  ])('%s gets its first administrator in the way of that version', (version, expected) => {
    expect(startEnvironment({ ...settings, version })).toEqual({ JAVA_OPTS_APPEND: '-Xmx768m', ...expected });
  });
});

describe('a server', () => {
  it('runs in a folder of its own with the public address, and stop leaves neither process nor folder', async () => {
    process.env.KEYCLOAK_HOME = await makeFakeHome();
    const server = await startKeycloak({ report: () => undefined });
    expect(server.publicUrl).toBe('https://keycloak.example.test');
    expect((await fetch(`${server.url}/realms/master`)).status).toBe(200);
    expect(server.logs()).toContain('fake server in');
    const [, folder = ''] = /in (\S+)/.exec(server.logs()) ?? [];
    expect(await isMissing(folder)).toBe(false);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    await expect(fetch(`${server.url}/realms/master`)).rejects.toThrow();
    expect(await isMissing(folder)).toBe(true);
  });

  it('that ends at once fails with its last log lines', async () => {
    const folder = await makeFakeHome(failingScript);
    const server = await runKeycloak(folder, settings);
    await expect(untilReady(server, 'http://127.0.0.1:9')).rejects.toThrow(/first line[^]*the port is taken/);
    await server.stop();
  });

  it('ends, and its folder goes, when the process that started it is killed', async () => {
    const folder = await makeFakeHome('#!/bin/sh\nsleep 1000 &\necho $! > child.txt\nwait\n');
    const module = JSON.stringify(join(__dirname, '../../../dev/keycloak/process.ts'));
    const script = `
      require(${module}).runKeycloak(${JSON.stringify(folder)}, ${JSON.stringify(settings)})
        .then((server) => console.log(server.pid));
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
    const server = Number((await lines.next()).value);
    let child = 0;
    await until(async () => {
      child = Number(await readFile(join(folder, 'child.txt'), 'utf8').catch(() => '0'));
      return child > 0;
    });
    expect([isAlive(server), isAlive(child)]).toEqual([true, true]);
    parent.kill('SIGKILL');
    await until(() => !isAlive(server) && !isAlive(child));
    await until(() => isMissing(folder));
  }, 30_000);
});
