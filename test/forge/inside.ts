import { createManualClock, type ManualClock } from '../../dev/forge/clock';
import type { Doubts } from '../../dev/forge/doubts';
import { kindDoubts } from '../../dev/forge/doubts';
import { installGlobals } from '../../dev/forge/globals';
import { createPlatform, type Platform } from '../../dev/forge/platform';
import { readManifest } from '../../dev/stage';

/** A platform whose only handler does what a test says: stores work inside of an invocation alone. */
export interface Inside {
  readonly platform: Platform;
  readonly clock: ManualClock;
  /** Each call is an invocation of its own; several may be under way at once. */
  readonly run: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

export function openInside(doubts: Partial<Doubts> = {}): Inside {
  installGlobals();
  const clock = createManualClock();
  const jobs = new Map<string, () => Promise<void>>();
  const resolver = async (...values: unknown[]): Promise<null> => {
    // The shape that the platform gives a resolver.
    const [{ call }] = values as [{ readonly call: { readonly functionKey: string } }];
    await jobs.get(call.functionKey)?.();
    return null;
  };
  const platform = createPlatform({
    manifest: readManifest(),
    app: { handlers: { resolver } },
    clock,
    doubts: { ...kindDoubts, ...doubts },
  });
  let count = 0;
  return {
    platform,
    clock,
    run: async (work) => {
      count += 1;
      const functionKey = `job-${count}`;
      return new Promise((resolve, reject) => {
        // An error is handed on as it is: the platform would keep its message alone.
        jobs.set(functionKey, async () => work().then(resolve, reject));
        platform.invokeResolver({ moduleKey: 'jira-admin', functionKey }).catch(reject);
      });
    },
  };
}

/** Loaded behind the globals: the SDK keeps what it finds when it is loaded. */
export async function loadStores() {
  installGlobals();
  const records = await import('../../src/forge/records');
  const { connectorStore } = await import('../../src/forge/connector-store');
  const { leaseStore } = await import('../../src/forge/lease-store');
  const { linkStore } = await import('../../src/forge/link-store');
  const { runStore } = await import('../../src/forge/run-store');
  const { workStore } = await import('../../src/forge/work-store');
  const { memoryStore } = await import('../../src/forge/memory-store');
  return { ...records, connectorStore, leaseStore, linkStore, runStore, workStore, memoryStore };
}
export type Stores = Awaited<ReturnType<typeof loadStores>>;

/** Every answer that the documents leave open to a condition that does not hold. */
export const conditionDoubts = (['conflict-409', 'bad-request-400', 'server-error-500'] as const).flatMap(
  (failedCondition) =>
    (['false', 'true', 'as-empty', 'not-found-404'] as const).map((absentRow) => ({ failedCondition, absentRow })),
);
