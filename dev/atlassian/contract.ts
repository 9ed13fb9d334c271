import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createChecker, type Checker } from './contract-document';
import { corrections, type DocumentName, type JsonObject } from './openapi-corrections';
import type { Exchange } from './traffic';

export interface ContractExchange {
  readonly method: string;
  /** Path from the host on, without the query: `/admin/v2/…`, `/users/…`, `/rest/api/3/…`, `/wiki/rest/api/…`. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

/** What the API documents say about requests and answers; each check lists violations, none when all is well. */
export interface Contract {
  checkRequest(exchange: ContractExchange): string[];
  checkResponse(exchange: ContractExchange): string[];
  checkExchange(exchange: ContractExchange): string[];
  /** All requests, and all answers but those that a planned fault replaced; each violation names its request. */
  checkTraffic(traffic: readonly Exchange[]): string[];
  /** The operations of a document, as `GET /path/{parameter}`. */
  operations(document: DocumentName): readonly string[];
}

export type OpenContract =
  { readonly kind: 'open'; readonly contract: Contract } | { readonly kind: 'absent'; readonly folder: string };

const prefixes: readonly { readonly document: DocumentName; readonly start: string; readonly prefix: string }[] = [
  { document: 'organization', start: '/admin/', prefix: '/admin' },
  { document: 'user-management', start: '/users/', prefix: '' },
  { document: 'jira', start: '/rest/api/3/', prefix: '' },
  { document: 'confluence-v1', start: '/wiki/rest/api/', prefix: '' },
];

/** Where the documents are looked for: `ATLASSIAN_OPENAPI_DIR`, else beside the project. They are not part of it. */
export function contractFolder(): string {
  return process.env['ATLASSIAN_OPENAPI_DIR'] ?? resolve(__dirname, '../../../shared/openapi');
}

/** A document as published. */
export function loadDocument(folder: string, name: DocumentName): JsonObject {
  // The documents are fixed files; the checks below fail on anything that is no OpenAPI document.
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as JsonObject;
}

/** A document with its corrections. */
export function correctDocument(document: JsonObject, name: DocumentName): JsonObject {
  const corrected = structuredClone(document);
  for (const correction of corrections) if (correction.document === name) correction.edit(corrected);
  return corrected;
}

/** Opens the documents, or says plainly that they are absent. */
export function openContract(folder: string = contractFolder()): OpenContract {
  if (!prefixes.every(({ document }) => existsSync(join(folder, `${document}.json`))))
    return { kind: 'absent', folder };
  const checkers = new Map<DocumentName, Checker>();
  function checkerOf(document: DocumentName): Checker {
    const known = checkers.get(document) ?? createChecker(correctDocument(loadDocument(folder, document), document));
    checkers.set(document, known);
    return known;
  }
  return { kind: 'open', contract: createContract(checkerOf) };
}

function createContract(checkerOf: (document: DocumentName) => Checker): Contract {
  function locate(path: string): { readonly checker: Checker; readonly path: string } | undefined {
    const found = prefixes.find(({ start }) => path.startsWith(start));
    return found && { checker: checkerOf(found.document), path: path.slice(found.prefix.length) };
  }
  const check =
    (part: 'checkRequest' | 'checkResponse') =>
    (exchange: ContractExchange): string[] => {
      const place = locate(exchange.path);
      return place ? place.checker[part]({ ...exchange, path: place.path }) : ['the path belongs to no API document'];
    };
  const checkRequest = check('checkRequest');
  const checkResponse = check('checkResponse');
  return {
    checkRequest,
    checkResponse,
    checkExchange: (exchange) => [...checkRequest(exchange), ...checkResponse(exchange)],
    checkTraffic: (traffic) =>
      traffic.flatMap((exchange) => {
        const contractExchange = readExchange(exchange);
        const planned = exchange.status === 0 || exchange.fault?.startsWith('status') === true;
        const violations = [...checkRequest(contractExchange), ...(planned ? [] : checkResponse(contractExchange))];
        return violations.map((violation) => `${exchange.method} ${exchange.path} ${exchange.status}: ${violation}`);
      }),
    operations: (document) => checkerOf(document).operations,
  };
}

/** A recorded exchange in the form that the checks take. */
export function readExchange(exchange: Exchange): ContractExchange {
  const url = new URL(exchange.path, 'https://api.atlassian.com');
  return {
    method: exchange.method,
    path: url.pathname,
    query: url.searchParams,
    requestBody: exchange.body,
    status: exchange.status,
    responseBody: exchange.responseBody,
  };
}
