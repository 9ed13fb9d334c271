import type { Clock } from '../clock';
import type { Doubts } from '../doubts';
import type { Entity } from '../manifest';
import { checkAttributes, findEntity } from './entities';
import { checkKey, checkValue, parseTtl } from './limits';
import { Refusal } from './refusal';
import type { SetRequest } from './requests';
import type { Row, RowStore, Space } from './store';

/** What every storage command works with. */
export interface Storage {
  readonly store: RowStore;
  readonly clock: Clock;
  readonly entities: readonly Entity[];
  readonly doubts: Doubts;
  /** Storage without room: no write gets in. */
  readonly isFull: () => boolean;
  /** Keys whose item in a batch fails while the others succeed. */
  readonly failsInBatch: (key: string) => boolean;
}

export function entitySpace(storage: Storage, entityName: string): Space {
  findEntity(storage.entities, entityName);
  return { kind: 'entity', entityName };
}

export function spaceOf(storage: Storage, entityName: string | undefined): Space {
  return entityName === undefined ? { kind: 'value', entityName: '' } : entitySpace(storage, entityName);
}

export const secrets: Space = { kind: 'secret', entityName: '' };

export function isVisible(storage: Storage, row: Row): boolean {
  if (row.expireAt === undefined || storage.clock.now() < row.expireAt) return true;
  const dayOrTwo = 48 * 3600 * 1000;
  return storage.doubts.expiredRows === 'readable' && storage.clock.now() < row.expireAt + dayOrTwo;
}

/** The row as a reader sees it now: expired ones may still show. */
export function findRow(storage: Storage, space: Space, key: string): Row | undefined {
  const row = storage.store.get(space, key);
  return row && isVisible(storage, row) ? row : undefined;
}

export interface Write {
  readonly space: Space;
  readonly key: string;
  readonly value: unknown;
  readonly ttl?: number;
}

/** Refuses everything about a write that can be refused without looking at what is stored. */
export function checkWrite(storage: Storage, space: Space, item: Pick<SetRequest, 'key' | 'value' | 'options'>): Write {
  checkKey(item.key);
  checkValue(space, item.value);
  if (space.kind === 'entity') checkAttributes(findEntity(storage.entities, space.entityName), item.value);
  if (storage.isFull()) throw new Refusal(400, 'STORAGE_FULL', 'The storage of this installation is full.');
  const ttl = parseTtl(item.options?.ttl);
  return { space, key: item.key, value: item.value, ...(ttl === undefined ? {} : { ttl }) };
}

export function writeRow(storage: Storage, { space, key, value, ttl }: Write): Row {
  const now = storage.clock.now();
  const row: Row = {
    key,
    value,
    createdAt: findRow(storage, space, key)?.createdAt ?? now,
    updatedAt: now,
    ...(ttl === undefined ? {} : { expireAt: now + ttl }),
  };
  storage.store.put(space, row);
  return row;
}

type MetadataField = 'CREATED_AT' | 'UPDATED_AT' | 'EXPIRE_TIME';

/** A row as it goes over the wire, with the metadata that was asked for. */
export function describeRow(row: Row, fields: readonly MetadataField[] = []): Record<string, unknown> {
  return {
    key: row.key,
    value: row.value,
    ...(fields.includes('CREATED_AT') ? { createdAt: row.createdAt } : {}),
    ...(fields.includes('UPDATED_AT') ? { updatedAt: row.updatedAt } : {}),
    ...(fields.includes('EXPIRE_TIME') && row.expireAt !== undefined
      ? { expireTime: new Date(row.expireAt).toISOString() }
      : {}),
  };
}
