import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { ContractExchange } from './contract';
import { isObject, type Json, type JsonObject } from './openapi-corrections';

export interface Checker {
  readonly operations: readonly string[];
  checkRequest(exchange: ContractExchange): string[];
  checkResponse(exchange: ContractExchange): string[];
}

interface Operation {
  readonly method: string;
  readonly template: string;
  readonly pattern: RegExp;
  readonly parameters: readonly JsonObject[];
  readonly definition: JsonObject;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

const objectOf = (value: Json | undefined): JsonObject => (value !== undefined && isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Checks requests and answers against one OpenAPI 3.0 document; paths are relative to its server. */
export function createChecker(document: JsonObject): Checker {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  ajv.addFormat('int32', true);
  ajv.addFormat('int64', true);
  ajv.addSchema({ $id: 'document', components: document['components'] ?? {} });
  const compiled = new Map<Json, ValidateFunction>();

  function resolve(value: Json | undefined): JsonObject {
    const object = objectOf(value);
    const { $ref } = object;
    if (typeof $ref !== 'string') return object;
    const parts = $ref.replace('#/', '').split('/');
    return resolve(parts.reduce<Json>((found, part) => objectOf(found)[part.replace('~1', '/')] ?? {}, document));
  }

  function validate(schema: Json, value: unknown, where: string): string[] {
    const check = compiled.get(schema) ?? ajv.compile(absolute(schema));
    compiled.set(schema, check);
    if (check(value)) return [];
    return (check.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message ?? 'is invalid'}`);
  }

  const operations = Object.entries(objectOf(document['paths'])).flatMap(([template, item]) =>
    methods.flatMap((method): Operation[] => {
      const definition = objectOf(item)[method];
      if (definition === undefined || !isObject(definition)) return [];
      const parameters = [...listOf(objectOf(item)['parameters']), ...listOf(definition['parameters'])].map(resolve);
      return [{ method: method.toUpperCase(), template, pattern: patternOf(template), parameters, definition }];
    }),
  );
  // Fixed segments win over parameters: `users/count` is no user.
  const ordered = [...operations].sort((a, b) => a.template.split('{').length - b.template.split('{').length);

  const find = ({ method, path }: ContractExchange): Operation | undefined =>
    ordered.find((each) => each.method === method.toUpperCase() && each.pattern.test(path));

  function checkQuery(operation: Operation, query: URLSearchParams): string[] {
    const declared = operation.parameters.filter((each) => each['in'] === 'query');
    const unknown = [...new Set(query.keys())].filter((name) => !declared.some((each) => each['name'] === name));
    const invalid = declared.flatMap((parameter) => {
      const name = nameOf(parameter);
      const values = query.getAll(name);
      if (values.length === 0) return parameter['required'] === true ? [`query parameter ${name} is missing`] : [];
      return validate(parameter['schema'] ?? {}, coerce(values, parameter, resolve), `query parameter ${name}`);
    });
    return [...unknown.map((name) => `query parameter ${name} is not declared`), ...invalid];
  }

  function checkPath(operation: Operation, path: string): string[] {
    const groups = operation.pattern.exec(path)?.slice(1) ?? [];
    const names = [...operation.template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    return names.flatMap((name, index) => {
      const parameter = operation.parameters.find((each) => each['in'] === 'path' && each['name'] === name);
      const value = decodeURIComponent(groups[index] ?? '');
      return parameter ? validate(parameter['schema'] ?? {}, value, `path parameter ${name ?? ''}`) : [];
    });
  }

  function checkBody(operation: Operation, body: unknown): string[] {
    const declared = operation.definition['requestBody'];
    if (declared === undefined) return body === undefined ? [] : ['a body is sent, the document declares none'];
    const requestBody = resolve(declared);
    if (body === undefined) return requestBody['required'] === true ? ['the body is missing'] : [];
    const schema = schemaOf(requestBody);
    if (schema === undefined) return [];
    // Schemas are open, so a misspelt name would pass as an addition.
    const known = Object.keys(objectOf(resolve(schema)['properties']));
    const sent = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    const unknown = known.length === 0 ? [] : sent.filter((name) => !known.includes(name));
    return [
      ...validate(schema, body, 'request body'),
      ...unknown.map((name) => `request body has the undeclared property ${name}`),
    ];
  }

  return {
    operations: operations.map((each) => `${each.method} ${each.template}`),
    checkRequest(exchange) {
      const operation = find(exchange);
      if (!operation) return ['the document has no such operation'];
      return [
        ...checkPath(operation, exchange.path),
        ...checkQuery(operation, exchange.query ?? new URLSearchParams()),
        ...checkBody(operation, exchange.requestBody),
      ];
    },
    checkResponse(exchange) {
      const operation = find(exchange);
      if (!operation) return ['the document has no such operation'];
      const declared = objectOf(operation.definition['responses'])[String(exchange.status)];
      if (declared === undefined) return [`status ${exchange.status} is not declared`];
      const schema = schemaOf(resolve(declared));
      // Errors of writes are declared without a body; bodies that were seen there follow no document.
      if (schema === undefined)
        return exchange.status < 300 && exchange.responseBody !== undefined
          ? ['a body is sent, the document declares none']
          : [];
      return validate(schema, exchange.responseBody, 'response body');
    },
  };
}

function nameOf(parameter: JsonObject): string {
  return typeof parameter['name'] === 'string' ? parameter['name'] : '';
}

function schemaOf(holder: JsonObject): Json | undefined {
  return objectOf(objectOf(holder['content'])['application/json'])['schema'];
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, '([^/]+)')}$`);
}

/** The same schema with references into the registered document. */
function absolute(schema: Json): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
  return JSON.parse(text) as JsonObject;
}

function coerce(
  values: readonly string[],
  parameter: JsonObject,
  resolve: (value: Json | undefined) => JsonObject,
): unknown {
  const schema = resolve(parameter['schema']);
  const single = values[0] ?? '';
  switch (schema['type']) {
    case 'array':
      return parameter['explode'] === false ? values.flatMap((value) => value.split(',')) : values;
    case 'integer':
    case 'number':
      return Number(single);
    case 'boolean':
      return single === 'true' ? true : single === 'false' ? false : single;
    default:
      return single;
  }
}
