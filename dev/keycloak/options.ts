/** How one server is to be started. `publicUrl` is the address that tokens name, with the relative path. */
export interface StartSettings {
  readonly version: string;
  readonly httpPort: number;
  readonly managementPort: number;
  readonly publicUrl: string;
  readonly relativePath: string;
  readonly javaOptions: string;
}

export const adminCredentials = { username: 'admin', password: 'admin' } as const;
export const modestMemory = '-Xms64m -Xmx768m';

export function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

/** The address of the server for the outside, as Keycloak's `issuer` begins. */
export function publicUrlOf(hostname: string, relativePath: string): string {
  return hostname.replace(/\/+$/, '') + relativePath;
}

/**
 * Arguments of `kc.sh` by version: 25 replaced `--hostname-url` by `--hostname` with a whole URL (its "hostname v2";
 * before, the token endpoint followed the address of the request unless told not to) and gave health and metrics a port of their own.
 */
export function startArguments(settings: StartSettings): string[] {
  const major = majorOf(settings.version);
  return [
    'start-dev',
    '--http-host=127.0.0.1',
    `--http-port=${settings.httpPort}`,
    ...(major >= 25 ? [`--http-management-port=${settings.managementPort}`] : []),
    ...(major >= 25
      ? [`--hostname=${settings.publicUrl}`]
      : [`--hostname-url=${settings.publicUrl}`, '--hostname-strict-backchannel=true']),
    ...(settings.relativePath === '' ? [] : [`--http-relative-path=${settings.relativePath}`]),
  ];
}

/** Environment of `kc.sh`: 26 renamed the variables of the first administrator. */
export function startEnvironment(settings: StartSettings): Record<string, string> {
  const { username, password } = adminCredentials;
  return {
    JAVA_OPTS_APPEND: settings.javaOptions,
    ...(majorOf(settings.version) >= 26
      ? { KC_BOOTSTRAP_ADMIN_USERNAME: username, KC_BOOTSTRAP_ADMIN_PASSWORD: password }
      : { KEYCLOAK_ADMIN: username, KEYCLOAK_ADMIN_PASSWORD: password }),
  };
}
