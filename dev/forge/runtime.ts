import type { Invocation } from './invocation';
import type { Manifest } from './manifest';

/** Identity of the one installation that the stand-in plays. */
export interface Installation {
  readonly cloudId: string;
  readonly environmentId: string;
  readonly installationId: string;
  readonly siteUrl: string;
}

export const demoInstallation: Installation = {
  cloudId: '11111111-2222-4333-8444-555555555555',
  environmentId: '66666666-7777-4888-8999-aaaaaaaaaaaa',
  installationId: 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
  siteUrl: 'https://example.atlassian.net',
};

export const appIdOf = (manifest: Manifest): string => manifest.app.id.split('/').at(-1) ?? manifest.app.id;

const silence = (): void => undefined;
const metrics = {
  counter: () => ({ incr: silence, incrBy: silence, decr: silence, decrBy: silence }),
  timing: () => ({ measure: () => ({ stop: silence }) }),
  gauge: () => ({ set: silence }),
};

export function installationContext({ cloudId, installationId }: Installation) {
  return {
    ari: { installationId, toString: () => `ari:cloud:ecosystem::installation/${installationId}` },
    contexts: [{ cloudId, toString: () => `ari:cloud:jira::site/${cloudId}` }],
  };
}

/** The object that the SDK reads as `__forge_runtime__`; without `kvs`, so that storage calls keep their plain form. */
export function describeRuntime(manifest: Manifest, installation: Installation, invocation: Invocation) {
  const { permissions } = manifest;
  const { module, clock } = invocation;
  return {
    proxy: { token: '', url: '' },
    contextAri: `ari:cloud:jira::site/${installation.cloudId}`,
    container: { appCodeDir: process.cwd() },
    appContext: {
      appId: appIdOf(manifest),
      appVersion: '1.0.0',
      environmentId: installation.environmentId,
      environmentType: 'DEVELOPMENT',
      invocationId: invocation.id,
      installationId: installation.installationId,
      functionKey: module.functionKey,
      moduleType: module.type,
      moduleKey: module.key,
      installation: installationContext(installation),
      // Whether approved addresses show here is not documented: they do not, so that nothing may rely on it.
      permissions: { scopes: permissions.scopes, external: permissions.external ?? {} },
    },
    ...(invocation.accountId === undefined ? {} : { aaid: invocation.accountId }),
    lambdaContext: {
      awsRequestId: invocation.id,
      getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - clock.now()),
    },
    tracing: { traceId: invocation.id.replaceAll('-', ''), spanId: invocation.id.slice(0, 8) },
    realtime: {},
    metrics,
    externalAuth: [],
    featureFlags: () => false,
  };
}
