import { answerJson } from '../answer';
import type { Entity } from '../manifest';
import { attributesOf, holdAll, holds } from './conditions';
import { findEntity } from './entities';
import { limits } from './limits';
import { badRequest } from './refusal';
import { parseRequest, requests } from './requests';
import { describeRow, entitySpace, isVisible, spaceOf, type Storage } from './rows';
import type { Row, Space } from './store';

/** Rows as a query sees them: eventually consistent, so a while ago. */
function listVisible(storage: Storage, space: Space): readonly Row[] {
  const rows = storage.store.list(space, storage.clock.now() - storage.doubts.queryLag);
  return rows.filter((row) => isVisible(storage, row));
}

function pageOf<T extends { readonly key: string }>(
  rows: readonly T[],
  cursor: string | undefined,
  limit: number | undefined,
) {
  const size = limit ?? limits.pageDefault;
  if (!Number.isInteger(size) || size < 1 || size > limits.pageMaximum) {
    throw badRequest('INVALID_LIMIT', `A page has 1 to ${limits.pageMaximum} rows.`);
  }
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  const start = after === undefined ? 0 : rows.findIndex(({ key }) => key === after) + 1;
  if (after !== undefined && start === 0) throw badRequest('INVALID_CURSOR', 'The cursor is not valid any more.');
  const page = rows.slice(start, start + size);
  const last = page.at(-1);
  const more = last !== undefined && start + size < rows.length;
  return { page, ...(more ? { cursor: Buffer.from(last.key).toString('base64url') } : {}) };
}

export function queryValues(storage: Storage, body: unknown): Response {
  const { where, after, limit, options } = parseRequest(requests.query, body);
  const prefix = where?.[0]?.values[0] ?? '';
  const rows = listVisible(storage, spaceOf(storage, undefined)).filter(({ key }) => key.startsWith(prefix));
  const { page, cursor } = pageOf(rows, after, limit);
  return answerJson(200, { data: page.map((row) => describeRow(row, options?.metadataFields)), cursor });
}

function findIndex(entity: Entity, name: string): { readonly partition: readonly string[]; readonly range?: string } {
  if (name === 'by-key') return { partition: [] };
  for (const index of entity.indexes) {
    if (index === name) return { partition: [], range: name };
    if (typeof index === 'object' && index.name === name) {
      const range = index.range[0];
      return { partition: index.partition, ...(range === undefined ? {} : { range }) };
    }
  }
  throw badRequest('INDEX_NOT_FOUND', `${entity.name} declares no index ${name}.`);
}

const byValue = (left: unknown, right: unknown): number =>
  typeof left === 'number' && typeof right === 'number' ? left - right : String(left) < String(right) ? -1 : 1;

/** Filters act on the page after it was cut, so that a page may be short or empty and still have a cursor. */
export function queryEntity(storage: Storage, body: unknown): Response {
  const request = parseRequest(requests.entityQuery, body);
  const entity = findEntity(storage.entities, request.entityName);
  const index = findIndex(entity, request.indexName);
  if (index.partition.length !== (request.partition?.length ?? 0)) {
    throw badRequest('BAD_REQUEST', `Index ${request.indexName} has ${index.partition.length} partition attributes.`);
  }
  const ranged = (row: Row): unknown => (index.range === undefined ? row.key : attributesOf(row)[index.range]);
  const rows = listVisible(storage, entitySpace(storage, request.entityName))
    .filter((row) => index.partition.every((name, at) => attributesOf(row)[name] === request.partition?.[at]))
    .filter((row) => ranged(row) !== undefined && (!request.range || holds(ranged(row), request.range)))
    .sort((left, right) => byValue(ranged(left), ranged(right)));
  if (request.sort === 'DESC') rows.reverse();
  const { page, cursor } = pageOf(rows, request.cursor, request.limit);
  const { filters } = request;
  const kept = filters ? page.filter((row) => holdAll(attributesOf(row), filters)) : page;
  return answerJson(200, { data: kept.map((row) => describeRow(row, request.options?.metadataFields)), cursor });
}
