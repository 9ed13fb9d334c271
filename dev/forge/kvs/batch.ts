import { answerJson } from '../answer';
import { checkKey, limits } from './limits';
import { badRequest, Refusal } from './refusal';
import { parseRequest, requests } from './requests';
import { checkWrite, describeRow, findRow, spaceOf, writeRow, type Storage } from './rows';
import type { Space } from './store';

interface Item {
  readonly space: Space;
  readonly key: string;
  readonly item: { readonly key: unknown; readonly value?: unknown; readonly options?: object | undefined };
}

function eachOnce(keys: readonly unknown[]): void {
  if (new Set(keys).size !== keys.length) throw badRequest('DUPLICATE_KEY', 'Each key once in a request.');
}

/** Applies items one by one; those that fail are listed and do not hold up the others. */
function runBatch(storage: Storage, body: unknown, work: (item: Item) => object | undefined): Response {
  const items = parseRequest(requests.batch, body);
  if (items.length === 0 || items.length > limits.operations) {
    throw badRequest('BAD_REQUEST', `A batch has 1 to ${limits.operations} items.`);
  }
  eachOnce(items.map(({ key, entityName }) => JSON.stringify([entityName, key])));
  const successfulKeys: object[] = [];
  const failedKeys: object[] = [];
  for (const item of items) {
    const name = { key: item.key, ...(item.entityName === undefined ? {} : { entityName: item.entityName }) };
    try {
      checkKey(item.key);
      if (storage.failsInBatch(item.key)) throw new Refusal(500, 'INTERNAL_ERROR', 'The item was not processed.');
      const result = work({ space: spaceOf(storage, item.entityName), key: item.key, item });
      successfulKeys.push({ ...name, ...result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failedKeys.push({ ...name, error: { code: error.code, message: error.message } });
    }
  }
  return answerJson(200, { successfulKeys, failedKeys });
}

export function batchGet(storage: Storage, body: unknown): Response {
  return runBatch(storage, body, ({ space, key }) => {
    const row = findRow(storage, space, key);
    if (!row) throw new Refusal(404, 'KEY_NOT_FOUND', 'The key does not exist.');
    return describeRow(row, ['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']);
  });
}

export function batchSet(storage: Storage, body: unknown): Response {
  return runBatch(storage, body, ({ space, item }) => {
    const { key, value, options } = parseRequest(requests.set, {
      key: item.key,
      value: item.value,
      options: item.options,
    });
    writeRow(storage, checkWrite(storage, space, { key, value, options }));
    return undefined;
  });
}

export function batchDelete(storage: Storage, body: unknown): Response {
  return runBatch(storage, body, ({ space, key }) => {
    if (findRow(storage, space, key)) storage.store.remove(space, key, storage.clock.now());
    return undefined;
  });
}
