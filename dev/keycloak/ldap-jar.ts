import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyByMaven, downloadTo, hashOf } from './artifact';
import { cacheFolder } from './install';

const version = '7.0.3';
const file = `unboundid-ldapsdk-${version}.jar`;
const sha256 = '7f1b9141f2c955d3a03b3f5da2c450bd616826e921a87fc19264a3f22b35e2fb';
const central = 'https://repo.maven.apache.org/maven2/com/unboundid/unboundid-ldapsdk';

async function isSound(path: string): Promise<boolean> {
  return hashOf(path, 'sha256').then(
    (found) => found === sha256,
    () => false,
  );
}

/**
 * The LDAP server (UnboundID's in-memory directory, Apache license) as a file in the cache folder, downloaded once: by Maven,
 * else from Maven Central. Held against a checksum that stands here. Safe to call from several processes.
 */
export async function findLdapJar(): Promise<string> {
  const cache = cacheFolder();
  const jar = join(cache, file);
  if (await isSound(jar)) return jar;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, '.building-'));
  try {
    const fetched = join(folder, file);
    await copyByMaven(`com.unboundid:unboundid-ldapsdk:${version}:jar`, folder).catch(() =>
      downloadTo(`${central}/${version}/${file}`, fetched),
    );
    if (!(await isSound(fetched))) throw new Error(`The downloaded ${file} has not the checksum that it should have.`);
    await rename(fetched, jar);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return jar;
}
