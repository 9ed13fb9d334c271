import { setTimeout as sleep } from 'node:timers/promises';
import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import { StorageFault } from '../domain/errors';

/** Times that a command is tried whose repetition changes nothing. */
const tries = 4;
/** Milliseconds to wait before a further try when the platform asks to slow down: it counts by the minute. */
const patience: readonly number[] = [1_000, 3_000, 8_000];

/**
 * Repeats a command of the platform that does the same however often it is done.
 * Conditional writes are another matter: `records` asks the row itself what became of them.
 * @throws StorageFault when it never succeeds
 */
export async function repeat<Value>(command: () => Promise<Value>): Promise<Value> {
  let last: unknown;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      return await command();
    } catch (error) {
      last = error;
      await slowDown(error, attempt);
    }
  }
  throw new StorageFault('Forge did not do its work. If it goes on, check the storage limits of the app.', {
    cause: last,
  });
}

/** Waits when an error says that storage is asked too often; other errors are tried again at once. */
export async function slowDown(error: unknown, attempt: number): Promise<void> {
  const delay = patience[attempt];
  if (delay !== undefined && error instanceof ForgeKvsAPIError && error.responseDetails.status === 429)
    await sleep(delay);
}

/** Plain values. What a name holds is the caller's promise: this app alone writes them. */
export const storage = {
  get: <Value>(key: string): Promise<Value | undefined> => repeat(() => kvs.get<Value>(key)),
  set: (key: string, value: unknown): Promise<void> => repeat(() => kvs.set(key, value)),
  /** Whether deleting what is not there is an error is not documented; here it is none. */
  delete: (key: string): Promise<void> => repeat(() => ignoreAbsent(() => kvs.delete(key))),
  setAll: (items: readonly { readonly key: string; readonly value: string }[]) =>
    repeat(() => kvs.batchSet([...items])),
  deleteAll: async (keys: readonly string[]): Promise<void> => {
    await repeat(() => kvs.batchDelete(keys.map((key) => ({ key }))));
  },
};

/** Runs a deletion, content when there was nothing to delete. */
export async function ignoreAbsent(deletion: () => Promise<void>): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!(error instanceof ForgeKvsAPIError && error.responseDetails.status === 404)) throw error;
  }
}
