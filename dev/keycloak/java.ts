import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KeycloakUnavailable } from './unavailable';

const run = promisify(execFile);
const oldestJava = 17;

/** The major version in the output of `java -version`: 17 for "17.0.15", 8 for "1.8.0_402". */
export function parseJavaVersion(output: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return undefined;
  return Number(first === '1' ? second : first);
}

/** The command that Keycloak's own script will run. */
export function javaCommand(environment: NodeJS.ProcessEnv = process.env): string {
  const home = environment.JAVA_HOME;
  return environment.JAVA ?? (home ? join(home, 'bin', 'java') : 'java');
}

/** The Java that Keycloak's own script will use; throws KeycloakUnavailable when it is missing or older than 17. */
export async function findJava(environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const command = javaCommand(environment);
  const needed = `a Keycloak server needs Java ${oldestJava} or newer`;
  let output: string;
  try {
    const { stderr, stdout } = await run(command, ['-version'], { env: environment });
    output = stderr + stdout;
  } catch (cause) {
    throw new KeycloakUnavailable('java', `No Java found (${command}): ${needed}.`, { cause });
  }
  const version = parseJavaVersion(output);
  if (version === undefined || version < oldestJava) {
    throw new KeycloakUnavailable('java', `${command} is Java ${version ?? 'of unknown version'}: ${needed}.`);
  }
  return version;
}
