import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { copyTree } from './copy-tree';
import { findJava } from './java';
import { modestMemory } from './options';
import { findFreePorts } from './ports';
import { runKeycloak, untilReady } from './process';
import { fetchRelease } from './release';
import { KeycloakUnavailable } from './unavailable';
import { unzip } from './unzip';

export const testedVersion = '26.7.3';
const markerName = 'user-group-sync.json';
const abandonedAfter = 24 * 60 * 60_000;

/** The libraries, which a server never writes to; copies of a home may share them. */
export const sharedFolders = [join('lib', 'lib')] as const;

/** A built server with an initialised, empty master realm. Never run it in place: copy it. */
export interface KeycloakHome {
  readonly version: string;
  readonly folder: string;
  readonly relativePath: string;
  readonly source: string;
  readonly verified: string;
}

export interface FindOptions {
  /** '' or a path such as '/auth'; a server is built for one path. */
  readonly relativePath?: string;
  readonly report?: (line: string) => void;
}

type Origin = Pick<KeycloakHome, 'source' | 'verified'>;
type Fill = (folder: string) => Promise<Origin>;

/** Where built servers are kept, outside of the project: USER_GROUP_SYNC_CACHE, else the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment.USER_GROUP_SYNC_CACHE;
  if (own) return resolve(own);
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'user-group-sync');
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function readHome(folder: string, version: string, relativePath: string): Promise<KeycloakHome | undefined> {
  const text = await readFile(join(folder, markerName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const marker: unknown = JSON.parse(text);
  if (typeof marker !== 'object' || marker === null || !('source' in marker) || !('verified' in marker))
    return undefined;
  return { version, folder, relativePath, source: String(marker.source), verified: String(marker.verified) };
}

/** The version that a server folder names in its version.txt, for example "Keycloak - Version 26.7.3". */
async function versionOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'version.txt'), 'utf8').catch(() => '');
  const [, version] = /Version (\S+)/.exec(text) ?? [];
  if (version === undefined)
    throw new KeycloakUnavailable('version', `KEYCLOAK_HOME (${folder}) is no Keycloak server.`);
  return version;
}

/** Starts and stops the server once: this builds it and writes the tables of an empty master realm. */
async function initialise(folder: string, version: string, relativePath: string): Promise<void> {
  const [httpPort = 0, managementPort = 0] = await findFreePorts(2);
  const publicUrl = `http://127.0.0.1:${httpPort}${relativePath}`;
  const settings = { version, httpPort, managementPort, publicUrl, relativePath, javaOptions: modestMemory };
  const server = await runKeycloak(folder, settings);
  try {
    await untilReady(server, publicUrl);
  } finally {
    await server.stop();
  }
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('.building-')) continue;
    const path = join(cache, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > abandonedAfter) await rm(path, { recursive: true, force: true });
  }
}

/**
 * Fills a folder beside the final one and renames it there: another process sees a whole server or none. When two do
 * the same work at once, the first to finish wins and the other uses its result.
 */
async function makeHome(folder: string, version: string, relativePath: string, fill: Fill): Promise<KeycloakHome> {
  const cache = join(folder, '..');
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const building = await mkdtemp(join(cache, '.building-'));
  try {
    const server = join(building, 'server');
    const origin = await fill(server);
    await initialise(server, version, relativePath);
    await writeFile(join(server, markerName), JSON.stringify(origin, undefined, 2));
    await rename(server, folder).catch(async (error: unknown) => {
      if (!(await isFolder(folder))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  const home = await readHome(folder, version, relativePath);
  if (home === undefined) throw new KeycloakUnavailable('start', `${folder} holds no finished server; remove it.`);
  return home;
}

function fillFromRelease(version: string, report: (line: string) => void): Fill {
  return async (folder) => {
    const downloads = `${folder}-download`;
    await mkdir(downloads, { recursive: true });
    const { zip, source, verified } = await fetchRelease(version, downloads, report);
    report(`Unpacking Keycloak ${version} (${source}; verified: ${verified}) ...`);
    const unpacked = `${folder}-unpacked`;
    await unzip(zip, unpacked);
    await rm(downloads, { recursive: true });
    await rename(join(unpacked, `keycloak-${version}`), folder);
    report(`Building Keycloak ${version} and its database, once: this can take some minutes ...`);
    return { source, verified };
  };
}

function fillFromFolder(from: string, origin: Origin, report: (line: string) => void): Fill {
  return async (folder) => {
    report(`Building a Keycloak server from ${from}, once: this can take some minutes ...`);
    await copyTree(from, folder, []);
    return origin;
  };
}

/**
 * A server of this version, ready to be copied and started: from KEYCLOAK_HOME, the cache, or a download (see
 * fetchRelease). The first call builds the server and takes a minute or more; later calls return at once. Safe to call
 * from several processes. Throws KeycloakUnavailable with a sentence for the user when there is no Java or no server.
 */
export async function findKeycloak(version = testedVersion, options: FindOptions = {}): Promise<KeycloakHome> {
  const { relativePath = '', report = (line: string) => console.log(line) } = options;
  await findJava();
  const suffix = relativePath.replaceAll('/', '-');
  const given = process.env.KEYCLOAK_HOME;
  if (given) {
    const from = resolve(given);
    const found = await versionOf(from);
    if (found !== version) {
      throw new KeycloakUnavailable('version', `KEYCLOAK_HOME (${from}) is Keycloak ${found}; ${version} is wanted.`);
    }
    const place = createHash('sha256').update(from).digest('hex').slice(0, 8);
    const folder = join(cacheFolder(), `keycloak-${version}${suffix}-home-${place}`);
    const origin = { source: 'KEYCLOAK_HOME', verified: 'nothing (a folder of yours)' };
    return (
      (await readHome(folder, version, relativePath)) ??
      (await makeHome(folder, version, relativePath, fillFromFolder(from, origin, report)))
    );
  }
  const folder = join(cacheFolder(), `keycloak-${version}${suffix}`);
  const cached = await readHome(folder, version, relativePath);
  if (cached !== undefined) return cached;
  if (relativePath === '') return makeHome(folder, version, relativePath, fillFromRelease(version, report));
  const plain = await findKeycloak(version, { report });
  return makeHome(folder, version, relativePath, fillFromFolder(plain.folder, plain, report));
}
