import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises';
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
});
