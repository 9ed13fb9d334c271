import { join } from 'node:path';
import { copyByMaven, download, downloadTo, hashOf } from './artifact';
import { KeycloakUnavailable } from './unavailable';

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
  await copyByMaven(`org.keycloak:keycloak-quarkus-dist:${version}:zip`, folder);
  const zip = join(folder, `keycloak-quarkus-dist-${version}.zip`);
  const known = await checkKnown(version, zip);
  return { zip, source: 'Maven', verified: known ? 'sha256 known here' : 'checksum published by Maven Central' };
}

async function fetchByHttp(name: string, url: string, version: string, folder: string): Promise<Release> {
  const zip = join(folder, `keycloak-${version}.zip`);
  await downloadTo(url, zip);
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
