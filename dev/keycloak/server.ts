import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdminClient, type AdminClient } from './admin';
import { copyTree } from './copy-tree';
import { findKeycloak, sharedFolders, testedVersion } from './install';
import { modestMemory, publicUrlOf } from './options';
import { findFreePorts } from './ports';
import { runKeycloak, untilReady } from './process';

export interface KeycloakOptions {
  readonly version?: string;
  /** Scheme and host under which the server believes to be reached; its tokens name it. */
  readonly hostname?: string;
  /** Where the server lives below its host, as old or migrated installations do. */
  readonly relativePath?: '/auth';
  readonly javaOptions?: string;
  readonly report?: (line: string) => void;
}

/** A running server. `url` is where it is reached, `publicUrl` what its tokens name; both hold the relative path. */
export interface KeycloakServer {
  readonly version: string;
  readonly url: string;
  readonly publicUrl: string;
  readonly pid: number;
  readonly admin: AdminClient;
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server of its own from a copy of the cached one, on ports that the system chooses, and waits until it
 * answers. `stop` ends it and removes its folder; both go as well when this process dies.
 * Throws KeycloakUnavailable (with the server's last log lines where there are any).
 */
export async function startKeycloak(options: KeycloakOptions = {}): Promise<KeycloakServer> {
  const { version = testedVersion, hostname = 'https://keycloak.example.test', javaOptions = modestMemory } = options;
  const relativePath = options.relativePath ?? '';
  const home = await findKeycloak(version, { relativePath, ...(options.report && { report: options.report }) });
  const folder = await mkdtemp(join(tmpdir(), 'user-group-sync-keycloak-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await copyTree(home.folder, folder, sharedFolders);
    const [httpPort = 0, managementPort = 0] = await findFreePorts(2);
    const publicUrl = publicUrlOf(hostname, relativePath);
    const url = `http://127.0.0.1:${httpPort}${relativePath}`;
    const server = await runKeycloak(folder, {
      version,
      httpPort,
      managementPort,
      publicUrl,
      relativePath,
      javaOptions,
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      await remove();
    };
    try {
      await untilReady(server, url);
    } catch (error) {
      await stop();
      throw error;
    }
    return { version, url, publicUrl, pid: server.pid, admin: createAdminClient(url), logs: server.logs, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
