import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { KeycloakUnavailable } from './unavailable';

const run = promisify(execFile);
const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.5.0:copy';
const downloadPatience = 20 * 60_000;

/** Checksums of releases that this project names itself; others are held against what is published beside the file. */
const knownSha256: Readonly<Partial<Record<string, string>>> = {
  '26.7.3': '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f',
};

/** A downloaded distribution, where it came from and what its content was held against. */
export interface Release {
  readonly zip: string;
  readonly source: string;
  readonly verified: string;
}

interface Place {
  readonly name: string;
  readonly fetch: (version: string, folder: string) => Promise<Release>;
}

async function hashOf(file: string, algorithm: 'sha1' | 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function checkKnown(version: string, zip: string): Promise<boolean> {
  const expected = knownSha256[version];
  if (expected === undefined) return false;
  const actual = await hashOf(zip, 'sha256');
  if (actual === expected) return true;
  throw new KeycloakUnavailable(
    'checksum',
    `The downloaded Keycloak ${version} has sha256 ${actual}, not ${expected}.`,
  );
}

async function fetchByMaven(version: string, folder: string): Promise<Release> {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  // -C fails on a download whose checksum differs from the published one.
  const options = ['-B', '-q', '-C', copyGoal, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  await run('mvn', options, { cwd: folder, env: process.env, timeout: downloadPatience });
  const zip = join(folder, `keycloak-quarkus-dist-${version}.zip`);
  const known = await checkKnown(version, zip);
  return { zip, source: 'Maven', verified: known ? 'sha256 known here' : 'checksum published by Maven Central' };
}

async function download(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadPatience) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

async function fetchByHttp(name: string, url: string, version: string, folder: string): Promise<Release> {
  const zip = join(folder, `keycloak-${version}.zip`);
  await writeFile(zip, Buffer.from(await (await download(url)).arrayBuffer()));
  if (await checkKnown(version, zip)) return { zip, source: name, verified: 'sha256 known here' };
  const [published = ''] = (await (await download(`${url}.sha1`)).text()).trim().split(/\s+/);
  const actual = await hashOf(zip, 'sha1');
  if (actual !== published) {
    throw new KeycloakUnavailable('checksum', `${url} has sha1 ${actual}, but ${published} is published beside it.`);
  }
  return { zip, source: name, verified: 'sha1 published beside the file' };
}

/** Where releases are published, without a slash at the end. */
export interface Addresses {
  readonly central: string;
  readonly releases: string;
}

const publicAddresses: Addresses = {
  central: 'https://repo.maven.apache.org/maven2/org/keycloak/keycloak-quarkus-dist',
  releases: 'https://github.com/keycloak/keycloak/releases/download',
};

function placesOf({ central, releases }: Addresses): Place[] {
  const page = "Keycloak's release page";
  return [
    { name: 'Maven', fetch: fetchByMaven },
    {
      name: 'Maven Central',
      fetch: (version, folder) =>
        fetchByHttp('Maven Central', `${central}/${version}/keycloak-quarkus-dist-${version}.zip`, version, folder),
    },
    {
      name: page,
      fetch: (version, folder) => fetchByHttp(page, `${releases}/${version}/keycloak-${version}.zip`, version, folder),
    },
  ];
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').find((line) => line.includes('ERROR')) ?? message.split('\n')[0] ?? '';
}

/**
 * Downloads a release into `folder` from the first place that serves it: Maven, Maven Central, Keycloak's release page.
 * Throws KeycloakUnavailable when none does, and at once when a content is not what its checksum says.
 */
export async function fetchRelease(
  version: string,
  folder: string,
  report: (line: string) => void,
  addresses = publicAddresses,
): Promise<Release> {
  const failures: string[] = [];
  for (const place of placesOf(addresses)) {
    report(`Fetching Keycloak ${version} from ${place.name} (about 180 MB) ...`);
    try {
      return await place.fetch(version, folder);
    } catch (error) {
      if (error instanceof KeycloakUnavailable) throw error;
      failures.push(`${place.name}: ${firstLine(error)}`);
    }
  }
  throw new KeycloakUnavailable('download', `Keycloak ${version} cannot be downloaded.\n${failures.join('\n')}`);
}
