import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheFolder, findKeycloak } from '../../../dev/keycloak/install';
import { findJava, parseJavaVersion } from '../../../dev/keycloak/java';
import { fetchRelease } from '../../../dev/keycloak/release';
import { KeycloakUnavailable } from '../../../dev/keycloak/unavailable';
import { fakeVersion, makeFakeHome, makeFakeJava, makeFolder } from './fake-server';

const quiet = { report: () => undefined };
const before = { ...process.env };

beforeEach(async () => {
  process.env.JAVA = await makeFakeJava('17.0.15');
  process.env.USER_GROUP_SYNC_CACHE = await makeFolder('keycloak-cache');
});

afterEach(() => {
  process.env = { ...before };
});

describe('the Java that a server runs on', () => {
  it.each([
    ['a current release', 'openjdk version "17.0.15" 2025-04-15', 17],
    ['an early release', 'openjdk version "25-ea" 2025-09-16', 25],
    ['the old way to count', 'java version "1.8.0_402"', 8],
    ['something else', 'command not found', undefined],
  ])('is understood: %s', (_, output, expected) => {
    expect(parseJavaVersion(output)).toBe(expected);
  });

  it('is refused with a sentence when it is missing', async () => {
    await expect(findJava({ JAVA: '/nowhere/java' })).rejects.toMatchObject({
      name: 'KeycloakUnavailable',
      reason: 'java',
      message: 'No Java found (/nowhere/java): a Keycloak server needs Java 17 or newer.',
    });
  });

  it('is refused with a sentence when it is too old', async () => {
    const java = await makeFakeJava('11.0.2');
    await expect(findJava({ JAVA: java })).rejects.toThrow(
      `${java} is Java 11: a Keycloak server needs Java 17 or newer.`,
    );
  });
});

describe('the cache folder', () => {
  it.each([
    ['the one that is named', { USER_GROUP_SYNC_CACHE: '/a/b', XDG_CACHE_HOME: '/c' }, '/a/b'],
    ["the user's cache folder", { XDG_CACHE_HOME: '/c' }, '/c/user-group-sync'],
  ])('is %s', (_, environment, expected) => {
    expect(cacheFolder(environment)).toBe(expected);
  });
});

describe('findKeycloak', () => {
  it('builds a server from KEYCLOAK_HOME once, starts it once, and leaves KEYCLOAK_HOME as it was', async () => {
    const given = await makeFakeHome();
    process.env.KEYCLOAK_HOME = given;
    const first = await findKeycloak(fakeVersion, quiet);
    const second = await findKeycloak(fakeVersion, quiet);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ version: fakeVersion, relativePath: '', source: 'KEYCLOAK_HOME' });
    const starts = await readFile(join(first.folder, 'starts.txt'), 'utf8');
    expect(starts.trim().split('\n')).toHaveLength(1);
    expect(await readdir(given)).not.toContain('starts.txt');
  });

  it('gives two callers at once the same whole server and leaves nothing half-made behind', async () => {
    process.env.KEYCLOAK_HOME = await makeFakeHome();
    const [one, other] = await Promise.all([findKeycloak(fakeVersion, quiet), findKeycloak(fakeVersion, quiet)]);
    expect(one).toEqual(other);
    const names = await readdir(cacheFolder());
    expect(names).toEqual([one.folder.split('/').at(-1)]);
  });

  it('keeps a server of its own for each relative path', async () => {
    process.env.KEYCLOAK_HOME = await makeFakeHome();
    const plain = await findKeycloak(fakeVersion, quiet);
    const below = await findKeycloak(fakeVersion, { ...quiet, relativePath: '/auth' });
    expect(below.folder).not.toBe(plain.folder);
    expect(await readFile(join(below.folder, 'starts.txt'), 'utf8')).toContain('--http-relative-path=/auth');
  });

  it.each([
    ['another version', '22.0.5', /is Keycloak 26\.7\.3; 22\.0\.5 is wanted/],
    ['no server', undefined, /is no Keycloak server/],
  ])('refuses a KEYCLOAK_HOME that is %s', async (_, version, message) => {
    process.env.KEYCLOAK_HOME = version === undefined ? tmpdir() : await makeFakeHome();
    await expect(findKeycloak(version, quiet)).rejects.toMatchObject({
      reason: 'version',
      message: expect.stringMatching(message) as string, // Jest types its matchers as any
    });
  });

  it('keeps nothing when the server does not start', async () => {
    process.env.KEYCLOAK_HOME = await makeFakeHome('#!/bin/sh\nexit 1\n');
    await expect(findKeycloak(fakeVersion, quiet)).rejects.toBeInstanceOf(KeycloakUnavailable);
    expect(await readdir(cacheFolder())).toEqual([]);
  });
});

describe('a downloaded release', () => {
  it('is refused when its content is not the known one, without a try elsewhere', async () => {
    const folder = await makeFolder('download');
    const tools = await makeFolder('tools');
    const file = join(folder, `keycloak-quarkus-dist-${fakeVersion}.zip`);
    await writeFile(join(tools, 'mvn'), `#!/bin/sh\nprintf 'something else' > '${file}'\n`);
    await chmod(join(tools, 'mvn'), 0o755);
    process.env.PATH = `${tools}${delimiter}${process.env.PATH ?? ''}`;
    const lines: string[] = [];
    await expect(fetchRelease(fakeVersion, folder, (line) => lines.push(line))).rejects.toMatchObject({
      reason: 'checksum',
    });
    expect((await stat(file)).size).toBe('something else'.length);
    expect(lines).toEqual(['Fetching Keycloak 26.7.3 from Maven (about 180 MB) ...']);
  });

  describe('without Maven', () => {
    const content = 'the distribution';
    const sha1 = createHash('sha1').update(content).digest('hex');
    let server: Server | undefined;

    /** Serves these files and nothing else. */
    async function publish(files: Readonly<Record<string, string>>): Promise<{ central: string; releases: string }> {
      process.env.PATH = '/nowhere';
      server = createServer((request, response) => {
        const text = files[request.url ?? ''];
        response.writeHead(text === undefined ? 404 : 200).end(text);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      return { central: `http://127.0.0.1:${port}/central`, releases: `http://127.0.0.1:${port}/releases` };
    }

    afterEach(() => server?.close());

    it.each([
      ['Maven Central', '/central/22.0.5/keycloak-quarkus-dist-22.0.5.zip'],
      ["Keycloak's release page", '/releases/22.0.5/keycloak-22.0.5.zip'],
    ])('comes from %s, held against the checksum published there', async (source, path) => {
      const addresses = await publish({ [path]: content, [`${path}.sha1`]: `${sha1}  keycloak.zip\n` });
      const release = await fetchRelease('22.0.5', await makeFolder('download'), () => undefined, addresses);
      expect(release).toMatchObject({ source, verified: 'sha1 published beside the file' });
      expect(await readFile(release.zip, 'utf8')).toBe(content);
    });

    it('is refused when it is not what the published checksum says', async () => {
      const path = '/central/22.0.5/keycloak-quarkus-dist-22.0.5.zip';
      const addresses = await publish({ [path]: content, [`${path}.sha1`]: '0'.repeat(40) });
      const fetching = fetchRelease('22.0.5', await makeFolder('download'), () => undefined, addresses);
      await expect(fetching).rejects.toMatchObject({ reason: 'checksum' });
    });

    it('is told to be nowhere with a line for each place', async () => {
      const fetching = fetchRelease('22.0.5', await makeFolder('download'), () => undefined, await publish({}));
      await expect(fetching).rejects.toThrow(
        /^Keycloak 22\.0\.5 cannot be downloaded\.\nMaven: .*ENOENT.*\nMaven Central: .*404\nKeycloak's release page: .*404$/,
      );
    });
  });
});
