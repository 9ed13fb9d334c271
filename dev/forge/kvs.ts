import { setImmediate as nextTurn } from 'node:timers/promises';
import * as v from 'valibot';
import { answerError } from './answer';
import { performExternal, type OnExternal } from './external';
import { guard, type Invocation } from './invocation';
import { batchDelete, batchGet, batchSet } from './kvs/batch';
import { limits } from './kvs/limits';
import { queryEntity, queryValues } from './kvs/query';
import { badRequest, Refusal } from './kvs/refusal';
import { entitySpace, secrets, spaceOf, type Storage } from './kvs/rows';
import { deleteRow, getRow, setRow } from './kvs/single';
import { transact } from './kvs/transaction';
import { createRate, type Take } from './rates';

interface Command {
  readonly writes: boolean;
  readonly run: (storage: Storage, body: unknown) => Response;
}

const named = v.looseObject({ entityName: v.string() });

function entityOf(storage: Storage, body: unknown) {
  const result = v.safeParse(named, body);
  if (!result.success) throw badRequest('BAD_REQUEST', 'entityName is missing.');
  return entitySpace(storage, result.output.entityName);
}

const read = (run: Command['run']): Command => ({ writes: false, run });
const write = (run: Command['run']): Command => ({ writes: true, run });

const commands: Readonly<Record<string, Command>> = {
  '/api/v1/get': read((storage, body) => getRow(storage, spaceOf(storage, undefined), body)),
  '/api/v1/set': write((storage, body) => setRow(storage, spaceOf(storage, undefined), body)),
  '/api/v1/delete': write((storage, body) => deleteRow(storage, spaceOf(storage, undefined), body)),
  '/api/v1/secret/get': read((storage, body) => getRow(storage, secrets, body)),
  '/api/v1/secret/set': write((storage, body) => setRow(storage, secrets, body)),
  '/api/v1/secret/delete': write((storage, body) => deleteRow(storage, secrets, body)),
  '/api/v1/entity/get': read((storage, body) => getRow(storage, entityOf(storage, body), body)),
  '/api/v1/entity/set': write((storage, body) => setRow(storage, entityOf(storage, body), body)),
  '/api/v1/entity/delete': write((storage, body) => deleteRow(storage, entityOf(storage, body), body)),
  '/api/v1/query': read(queryValues),
  '/api/v1/entity/query': read(queryEntity),
  '/api/v1/batch/get': read(batchGet),
  '/api/v1/batch/set': write(batchSet),
  '/api/v1/batch/delete': write(batchDelete),
  '/api/v1/transaction': write(transact),
};

function keysIn(body: unknown): readonly string[] {
  if (Array.isArray(body)) return body.flatMap(keysIn);
  if (typeof body !== 'object' || body === null) return [];
  const own = 'key' in body && typeof body.key === 'string' ? [body.key] : [];
  const nested = ['set', 'delete', 'check'].flatMap((name) =>
    keysIn(Object.entries(body).find(([key]) => key === name)?.[1]),
  );
  return [...own, ...nested];
}

/** Per installation: 1,000 requests a second, and 4,000 units of 10 KB a minute for reads and for writes. */
interface Rates {
  readonly requests: Take;
  readonly reads: Take;
  readonly writes: Take;
}

export interface KvsOptions {
  readonly storage: Storage;
  readonly mayUse: boolean;
  readonly ratesEnforced: boolean;
  readonly onExternal: () => OnExternal | undefined;
}

export type AnswerKvs = (invocation: Invocation, path: string, body: string) => Promise<Response>;

/** The storage API of the platform, as `@forge/kvs` calls it. */
export function createKvs({ storage, mayUse, ratesEnforced, onExternal }: KvsOptions): AnswerKvs {
  storage.store.setHorizon(storage.doubts.queryLag);
  const rates: Rates | undefined = ratesEnforced
    ? {
        requests: createRate(storage.clock, 1_000, 1_000),
        reads: createRate(storage.clock, 4_000, 60_000),
        writes: createRate(storage.clock, 4_000, 60_000),
      }
    : undefined;

  async function run(command: Command, text: string, body: unknown): Promise<Response> {
    // Requests of several invocations interleave here, as they do on the way to a real server.
    await nextTurn();
    const units = Math.ceil(Buffer.byteLength(text) / 10_000) || 1;
    if (rates && !(rates.requests() && (command.writes ? rates.writes(units) : rates.reads(1)))) {
      return answerError(429, 'RATE_LIMIT_EXCEEDED', 'Too many storage requests.');
    }
    try {
      return command.run(storage, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === '') return new Response('Internal Server Error', { status: error.status });
      return answerError(error.status, error.code, error.message);
    }
  }

  return async (invocation, path, text) => {
    const command = Object.hasOwn(commands, path) ? commands[path] : undefined;
    if (!command) return answerError(404, 'NOT_FOUND', `No storage command ${path}.`);
    if (!mayUse) return answerError(403, 'FORBIDDEN', 'The app lacks the scope storage:app.');
    if (Buffer.byteLength(text) > limits.requestBytes) return answerError(413, 'MAX_SIZE', 'More than 4 MB at once.');
    const body: unknown = JSON.parse(text);
    if (!command.writes) return guard(invocation, async () => run(command, text, body));
    return performExternal(
      { kind: 'kvs', path, keys: keysIn(body), invocation },
      onExternal(),
      async () => run(command, text, body),
      () => answerError(500, 'INTERNAL_ERROR', 'The storage did not answer in time.'),
    );
  };
}
