import { createManualClock, type ManualClock } from '../../../dev/forge/clock';
import type { Doubts } from '../../../dev/forge/doubts';
import type { Handler } from '../../../dev/forge/load-app';
import { createPlatform, type Platform, type PlatformOptions } from '../../../dev/forge/platform';

/** A manifest with one of everything that the stand-in acts on. */
export const manifest = {
  app: {
    id: 'ari:cloud:ecosystem::app/00000000-0000-4000-8000-000000000000',
    storage: {
      entities: [
        {
          name: 'lease',
          attributes: { holder: { type: 'string' }, fence: { type: 'integer' }, until: { type: 'integer' } },
          indexes: ['holder'],
        },
      ],
    },
  },
  permissions: {
    scopes: ['storage:app', 'read:permission:jira'],
    content: { styles: ['unsafe-inline'] },
    external: {
      configurable: { enabled: true },
      fetch: { backend: [{ address: 'https://api.atlassian.com', inScopeEUD: true }] },
    },
  },
  modules: {
    'jira:adminPage': [{ key: 'page', resource: 'admin', resolver: { function: 'resolver' } }],
    scheduledTrigger: [{ key: 'tick', function: 'scheduled', interval: 'fiveMinute' }],
    consumer: [
      { key: 'long', queue: 'long', function: 'consume' },
      { key: 'short', queue: 'short', function: 'consumeShort' },
    ],
    function: [
      { key: 'resolver', handler: 'index.resolver' },
      { key: 'scheduled', handler: 'index.scheduled' },
      { key: 'consume', handler: 'index.consume', timeoutSeconds: 900 },
      { key: 'consumeShort', handler: 'index.consumeShort' },
    ],
  },
};

export interface Sample {
  readonly platform: Platform;
  readonly clock: ManualClock;
  /** Runs code as the body of a page's resolver. */
  readonly run: <T>(body: () => Promise<T>, accountId?: string) => Promise<T>;
}

export interface SampleOptions extends Partial<Omit<PlatformOptions, 'doubts'>> {
  readonly doubts?: Partial<Doubts>;
  readonly handlers?: Readonly<Record<string, Handler>>;
}

const opened: Platform[] = [];

/** A platform of its own with a clock that stands still. Bodies given to `run` are its resolver. */
export function openSample({ handlers = {}, ...options }: SampleOptions = {}): Sample {
  const clock = createManualClock();
  const bodies = new Map<string, () => Promise<unknown>>();
  const results = new Map<string, unknown>();
  let count = 0;
  const resolver: Handler = async (event) => {
    const { functionKey } = (event as { call: { functionKey: string } }).call; // the platform's event
    results.set(functionKey, await bodies.get(functionKey)?.());
  };
  const platform = createPlatform({ manifest, clock, app: { handlers: { resolver, ...handlers } }, ...options });
  opened.push(platform);
  return {
    platform,
    clock,
    async run<T>(body: () => Promise<T>, accountId = 'admin') {
      const functionKey = String((count += 1));
      bodies.set(functionKey, body);
      await platform.invokeResolver({ moduleKey: 'page', functionKey, accountId });
      return results.get(functionKey) as T; // what this very body returned
    },
  };
}

/** For `afterEach`: ends what a test has opened. */
export async function closeSamples(): Promise<void> {
  await Promise.all(opened.splice(0).map(async (platform) => platform.stop()));
}

/** The error of a promise that must not succeed. */
export async function failureOf(work: Promise<unknown>): Promise<Error & { code?: unknown }> {
  try {
    await work;
  } catch (error) {
    return error as Error; // everything under test throws errors
  }
  throw new Error('It succeeded.');
}
