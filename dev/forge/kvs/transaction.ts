import { answerEmpty } from '../answer';
import type { Doubts } from '../doubts';
import { holdFor } from './conditions';
import { findEntity } from './entities';
import { checkKey, limits } from './limits';
import { badRequest, Refusal } from './refusal';
import { parseRequest, requests, type Clauses } from './requests';
import { checkWrite, findRow, spaceOf, writeRow, type Storage } from './rows';

interface Conditional {
  readonly key: unknown;
  readonly entityName?: string | undefined;
  readonly conditions?: Clauses | undefined;
}

function checkCondition(storage: Storage, { key, entityName, conditions }: Conditional): void {
  checkKey(key);
  const space = spaceOf(storage, entityName);
  if (!conditions) return;
  if (entityName === undefined) throw badRequest('BAD_REQUEST', 'Conditions are for entities only.');
  const row = findRow(storage, space, key);
  if (!holdFor(row, findEntity(storage.entities, entityName), conditions, storage.doubts.absentRow)) {
    throw refuseCondition(storage.doubts.failedCondition);
  }
}

function refuseCondition(doubt: Doubts['failedCondition']): Refusal {
  const message = 'A condition of the transaction does not hold.';
  switch (doubt) {
    case 'conflict-409':
      return new Refusal(409, 'CONDITION_FAILED', message);
    case 'bad-request-400':
      return new Refusal(400, 'TRANSACTION_CANCELLED', message);
    case 'server-error-500':
      return new Refusal(500, '', '');
  }
}

/** All or nothing: every condition holds and every item is sound, or not one row changes. */
export function transact(storage: Storage, body: unknown): Response {
  const request = parseRequest(requests.transaction, body);
  const all: readonly Conditional[] = [...request.set, ...request.delete, ...request.check];
  if (all.length === 0 || all.length > limits.operations) {
    throw badRequest('BAD_REQUEST', `A transaction has 1 to ${limits.operations} operations.`);
  }
  if (new Set(all.map(({ key, entityName }) => JSON.stringify([entityName, key]))).size !== all.length) {
    throw badRequest('DUPLICATE_KEY', 'Each key once in a transaction.');
  }
  storage.store.atomically(() => {
    const writes = request.set.map((item) => checkWrite(storage, spaceOf(storage, item.entityName), item));
    for (const item of all) checkCondition(storage, item);
    for (const write of writes) writeRow(storage, write);
    for (const { key, entityName } of request.delete) {
      checkKey(key);
      const space = spaceOf(storage, entityName);
      if (findRow(storage, space, key)) storage.store.remove(space, key, storage.clock.now());
    }
  });
  return answerEmpty();
}
