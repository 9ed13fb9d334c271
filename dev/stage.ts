import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Api, FunctionKey, Result } from '../src/api';
import { answerProduct } from './atlassian/product';
import { startAtlassian, type Atlassian, type AtlassianOptions } from './atlassian/server';
import { createPlatform, type Platform, type PlatformOptions } from './forge/platform';

const root = join(__dirname, '..');
export const keycloakAddress = 'https://keycloak.example.test';
export const atlassianAddress = 'https://api.atlassian.com';

export interface StageOptions extends Partial<Omit<PlatformOptions, 'manifest' | 'product' | 'upstreams' | 'app'>> {
  readonly app: PlatformOptions['app'];
  readonly atlassian?: AtlassianOptions;
  /** Local server behind `keycloakAddress`. */
  readonly keycloakUrl?: string;
}

/** The whole app between its neighbours: Forge's platform, an Atlassian organization and a Keycloak server. */
export interface Stage {
  readonly platform: Platform;
  readonly atlassian: Atlassian;
  /** Calls a function of the page as this account. */
  call<Key extends FunctionKey>(
    key: Key,
    payload: Api[Key]['payload'],
    accountId: string | undefined,
  ): Promise<Result<Api[Key]['value']>>;
  /** Puts another local server behind Keycloak's address. */
  moveKeycloak(url: string | undefined): void;
  stop(): Promise<void>;
}

/** The manifest that the platform obeys is the app's own. */
export function readManifest(): unknown {
  return parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
}

/** Starts the stand-ins and puts the app between them. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { atlassian: atlassianOptions, keycloakUrl, ...rest } = options;
  const atlassian = await startAtlassian(atlassianOptions);
  const upstreams = (url: string | undefined) => ({
    [atlassianAddress]: atlassian.url,
    ...(url === undefined ? {} : { [keycloakAddress]: url }),
  });
  const { organization } = atlassian;
  const platform = createPlatform({
    isAdmin: (accountId) => organization.store.account(accountId)?.productAdmin.includes('jira') ?? false,
    ...rest,
    manifest: readManifest(),
    product: (request) => answerProduct(organization, request),
    upstreams: upstreams(keycloakUrl),
  });
  return {
    platform,
    atlassian,
    call: async (functionKey, payload, accountId) => {
      const answer = await platform.invokeResolver({
        moduleKey: 'jira-admin',
        functionKey,
        payload,
        ...(accountId === undefined ? {} : { accountId }),
      });
      // The resolver's own contract; its tests check the shape.
      return answer as Result<Api[typeof functionKey]['value']>;
    },
    moveKeycloak: (url) => {
      platform.controls.upstreams = upstreams(url);
    },
    stop: async () => {
      await platform.stop();
      await atlassian.stop();
    },
  };
}
