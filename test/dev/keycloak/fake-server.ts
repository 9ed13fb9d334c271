import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const fakeVersion = '26.7.3';

// Answers as a server that is ready, after it has noted its arguments and that it was started.
const answering = `#!/usr/bin/env node
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const port = process.argv.find((text) => text.startsWith('--http-port=')).slice('--http-port='.length);
appendFileSync(join(__dirname, '..', 'starts.txt'), process.argv.slice(2).join(' ') + '\\n');
console.log('fake server in ' + join(__dirname, '..'));
createServer((request, response) => response.end('{}')).listen(Number(port), '127.0.0.1');
`;

export const failingScript = `#!/bin/sh
echo "first line"
echo "Error: the port is taken" >&2
exit 1
`;

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A temporary folder that goes when the tests of a file are done. */
export async function makeFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  folders.push(folder);
  return folder;
}

/** A folder that looks like an unpacked server and starts in no time. */
export async function makeFakeHome(script = answering): Promise<string> {
  const folder = await makeFolder('fake-keycloak');
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'lib', 'lib', 'main'), { recursive: true });
  await writeFile(join(folder, 'lib', 'lib', 'main', 'server.jar'), 'jar');
  await writeFile(join(folder, 'version.txt'), `Keycloak - Version ${fakeVersion}\n`);
  await writeFile(join(folder, 'bin', 'kc.sh'), script);
  await chmod(join(folder, 'bin', 'kc.sh'), 0o755);
  return folder;
}

/** A `java` that only tells a version. */
export async function makeFakeJava(version: string): Promise<string> {
  const folder = await makeFolder('fake-java');
  const java = join(folder, 'java');
  await writeFile(java, `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`);
  await chmod(java, 0o755);
  return java;
}
