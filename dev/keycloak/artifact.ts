import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.5.0:copy';
const downloadPatience = 20 * 60_000;

/** Copies `group:name:version:type` into the folder by Maven, which fails on a checksum that differs from the published one. */
export async function copyByMaven(artifact: string, folder: string): Promise<void> {
  const options = ['-B', '-q', '-C', copyGoal, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  await run('mvn', options, { cwd: folder, env: process.env, timeout: downloadPatience });
}

export async function download(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadPatience) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

export async function downloadTo(url: string, file: string): Promise<void> {
  await writeFile(file, Buffer.from(await (await download(url)).arrayBuffer()));
}

export async function hashOf(file: string, algorithm: 'sha1' | 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
