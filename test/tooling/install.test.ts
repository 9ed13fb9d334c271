import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from '../../dev/tooling/chromium';
import { projectRoot } from '../../dev/tooling/project';
import { whyStale } from '../../dev/install.cjs';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly link?: boolean;
}

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'install-'));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const lock = (packages: Readonly<Record<string, Entry>>): string => JSON.stringify({ packages });

function makeProject(
  wanted: Readonly<Record<string, Entry>>,
  installed: Readonly<Record<string, Entry>> | undefined,
): string {
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), lock({ '': {}, ...wanted }));
  if (installed !== undefined) {
    fs.writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), lock(installed));
  }
  return folder;
}

const one = { version: '1.0.0', integrity: 'sha512-one' };
const two = { version: '2.0.0', integrity: 'sha512-two' };

describe('the installer', () => {
  it.each([
    ['everything is there', { 'node_modules/a': one }, { 'node_modules/a': one }, undefined],
    [
      'the installation was never finished',
      { 'node_modules/a': one },
      undefined,
      'node_modules is missing or was not finished',
    ],
    ['a package is missing', { 'node_modules/a': one }, {}, 'node_modules/a is not as the lock file says'],
    [
      'a package is older',
      { 'node_modules/a': two },
      { 'node_modules/a': one },
      'node_modules/a is not as the lock file says',
    ],
    [
      'a package of the same version holds something else',
      { 'node_modules/a': { ...one, integrity: 'sha512-other' } },
      { 'node_modules/a': one },
      'node_modules/a is not as the lock file says',
    ],
    [
      'an optional package for other systems is left out',
      { 'node_modules/a': { ...one, optional: true } },
      {},
      undefined,
    ],
    [
      'an optional package is older',
      { 'node_modules/a': { ...two, optional: true } },
      { 'node_modules/a': one },
      'node_modules/a is not as the lock file says',
    ],
    ['a package is a link into the repository', { 'node_modules/keytar': { link: true } }, {}, undefined],
  ])('sees when %s', (_name, wanted, installed, expected) => {
    expect(whyStale(makeProject(wanted, installed))).toBe(expected);
  });

  // npm puts the project's own programs on the path; a person's shell has the system's Node alone.
  const systemPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .join(path.delimiter);
  const options = { cwd: projectRoot, encoding: 'utf8', env: { ...process.env, PATH: systemPath } } as const;

  it('says nothing when nothing is missing, and runs the command on the Node of the manifest', () => {
    const version = 'process.versions.node.split(".")[0]';
    expect(execFileSync('node', ['dev/install.cjs', 'node', '-p', version], options)).toBe('24\n');
  });

  it('ends as its command ends', () => {
    const run = (): string => execFileSync('node', ['dev/install.cjs', 'node', '-e', 'process.exit(7)'], options);
    // Jest's matchers have the type any.
    expect(run).toThrow(expect.objectContaining({ status: 7 }) as Error);
  });

  it('passes SIGTERM on and waits until its command has ended', async () => {
    const program = "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => 0, 1000);";
    const child = spawn('node', ['dev/install.cjs', 'node', '-e', program], options);
    child.stdout.once('data', () => child.kill('SIGTERM'));
    // `once` tells nothing about the event's arguments; Node documents these.
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(5);
  });
});

describe('the search for Chromium', () => {
  const program = (name: string, mode: number): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, '#!/bin/sh\n', { mode });
    return file;
  };

  it('takes CHROMIUM_PATH before anything on the path', () => {
    program('chromium', 0o755);
    const chosen = program('mine', 0o755);
    expect(findChromium({ CHROMIUM_PATH: chosen, PATH: folder })).toBe(chosen);
  });

  it('takes the first that can be run', () => {
    program('chromium', 0o644);
    const usable = program('google-chrome', 0o755);
    expect(findChromium({ PATH: folder })).toBe(usable);
  });

  it('refuses a CHROMIUM_PATH that names no program', () => {
    expect(() => findChromium({ CHROMIUM_PATH: path.join(folder, 'nowhere'), PATH: folder })).toThrow(
      'CHROMIUM_PATH names no program',
    );
  });
});
