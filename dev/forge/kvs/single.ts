import { answerEmpty, answerJson } from '../answer';
import { checkKey } from './limits';
import { Refusal } from './refusal';
import { parseRequest, requests } from './requests';
import { checkWrite, describeRow, findRow, writeRow, type Storage } from './rows';
import type { Space } from './store';

const notFound = (): Refusal => new Refusal(404, 'KEY_NOT_FOUND', 'The key does not exist.');

export function getRow(storage: Storage, space: Space, body: unknown): Response {
  const { key, options } = parseRequest(requests.get, body);
  checkKey(key);
  const row = findRow(storage, space, key);
  if (!row) throw notFound();
  return answerJson(200, describeRow(row, options?.metadataFields));
}

export function setRow(storage: Storage, space: Space, body: unknown): Response {
  const request = parseRequest(requests.set, body);
  const write = checkWrite(storage, space, request);
  const previous = findRow(storage, space, write.key);
  if (previous && request.options?.keyPolicy === 'FAIL_IF_EXISTS') {
    throw new Refusal(409, 'KEY_CONFLICT', 'The key exists.');
  }
  const latest = writeRow(storage, write);
  const { returnValue, returnMetadataFields } = request.options ?? {};
  const shown = returnValue === 'PREVIOUS' ? previous : returnValue === 'LATEST' ? latest : undefined;
  return shown ? answerJson(200, describeRow(shown, returnMetadataFields)) : answerEmpty();
}

export function deleteRow(storage: Storage, space: Space, body: unknown): Response {
  const { key } = parseRequest(requests.delete, body);
  checkKey(key);
  const row = findRow(storage, space, key);
  if (!row && storage.doubts.deleteAbsent === 'not-found-404') throw notFound();
  if (row) storage.store.remove(space, key, storage.clock.now());
  return answerEmpty();
}
