import { randomUUID } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { StorageFault } from '../domain/errors';
import { ignoreAbsent, repeat, slowDown } from './storage';

/** The declared entity of everything that is written under a condition: `body` is JSON, `fence` what conditions compare. */
const entityName = 'record';

// An alias, not an interface: the SDK asks for an index signature, which only aliases have.
type Row = { fence: number; token: string; body: string };

export interface Stored<Value> {
  readonly value: Value;
  readonly fence: number;
}

export interface RecordWrite {
  readonly key: string;
  readonly value: unknown;
  /** The fence that the row must have now, and the one that it gets. */
  readonly ifFence: number;
  readonly fence: number;
}

/** Rows of other records that must still have these fences. */
export interface FenceCheck {
  readonly key: string;
  readonly fence: number;
}

interface PlainWrite {
  readonly key: string;
  readonly value: unknown;
}

/** Times that a write is tried whose conditions all hold. */
const tries = 4;

/** Reads a row, strictly consistent. The type is the caller's promise: rows are written by this app alone. */
export async function loadRecord<Value>(key: string): Promise<Stored<Value> | undefined> {
  const row = await readRow(key);
  // JSON of our own writing comes back as it was.
  return row === undefined ? undefined : { value: JSON.parse(row.body) as Value, fence: row.fence };
}

/** Creates a row; `false` when it exists already. */
export async function createRecord(key: string, value: unknown, fence = 1): Promise<boolean> {
  const row: Row = { fence, token: randomUUID(), body: JSON.stringify(value) };
  return settle(
    () => kvs.entity<Row>(entityName).set(key, row, { keyPolicy: 'FAIL_IF_EXISTS' }),
    async () => {
      const found = await readRow(key);
      return found === undefined ? 'unclear' : found.token === row.token;
    },
  );
}

/**
 * Replaces a row if it and the checked rows still have their fences, together with plain writes; `false` when one has moved on.
 * What a failed condition looks like is not documented, so after any error the rows themselves are asked.
 */
export async function saveRecord(
  write: RecordWrite,
  also: { readonly set?: readonly PlainWrite[]; readonly check?: readonly FenceCheck[] } = {},
): Promise<boolean> {
  const row: Row = { fence: write.fence, token: randomUUID(), body: JSON.stringify(write.value) };
  return settle(
    () => {
      const transaction = kvs.transact().set(write.key, row, { entityName, conditions: fenceIs(write.ifFence) });
      for (const { key, value } of also.set ?? []) transaction.set(key, value);
      for (const { key, fence } of also.check ?? []) transaction.check(key, { entityName, conditions: fenceIs(fence) });
      return transaction.execute();
    },
    async () => {
      const found = await readRow(write.key);
      if (found?.token === row.token) return true;
      if (found?.fence !== write.ifFence) return false;
      return (await holdAll(also.check ?? [])) ? 'unclear' : false;
    },
  );
}

/** Writes plain values if the checked rows still have their fences; `isWritten` tells after an error whether they arrived. */
export async function saveChecked(
  set: PlainWrite,
  check: readonly FenceCheck[],
  isWritten: () => Promise<boolean>,
): Promise<boolean> {
  return settle(
    () => {
      const transaction = kvs.transact().set(set.key, set.value);
      for (const { key, fence } of check) transaction.check(key, { entityName, conditions: fenceIs(fence) });
      return transaction.execute();
    },
    async () => {
      if (await isWritten()) return true;
      return (await holdAll(check)) ? 'unclear' : false;
    },
  );
}

export async function deleteRecord(key: string): Promise<void> {
  await repeat(() => ignoreAbsent(() => kvs.entity<Row>(entityName).delete(key)));
}

async function settle(write: () => Promise<unknown>, readBack: () => Promise<boolean | 'unclear'>): Promise<boolean> {
  let last: unknown;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      await write();
      return true;
    } catch (error) {
      last = error;
      await slowDown(error, attempt);
      const found = await readBack();
      if (found !== 'unclear') return found;
    }
  }
  throw new StorageFault('Forge storage refused a write. If it goes on, check the storage limits of the app.', {
    cause: last,
  });
}

function fenceIs(fence: number) {
  return new Filter<Row>().and('fence', FilterConditions.equalTo(fence));
}

async function holdAll(checks: readonly FenceCheck[]): Promise<boolean> {
  for (const { key, fence } of checks) {
    if ((await readRow(key))?.fence !== fence) return false;
  }
  return true;
}

async function readRow(key: string): Promise<Row | undefined> {
  return repeat(() => kvs.entity<Row>(entityName).get(key));
}
