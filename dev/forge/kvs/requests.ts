import * as v from 'valibot';
import { badRequest } from './refusal';

const ttl = v.strictObject({ value: v.number(), unit: v.picklist(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const metadataFields = v.optional(v.array(v.picklist(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME'])));
const ttlOptions = v.optional(v.strictObject({ ttl: v.optional(ttl) }));

const clause = v.strictObject({
  property: v.string(),
  condition: v.picklist([
    'BEGINS_WITH',
    'BETWEEN',
    'CONTAINS',
    'EQUAL_TO',
    'EXISTS',
    'GREATER_THAN',
    'GREATER_THAN_EQUAL_TO',
    'LESS_THAN',
    'LESS_THAN_EQUAL_TO',
    'NOT_CONTAINS',
    'NOT_EQUAL_TO',
    'NOT_EXISTS',
  ]),
  values: v.array(v.unknown()),
});
export type Clause = v.InferOutput<typeof clause>;

const clauses = v.union([v.strictObject({ and: v.array(clause) }), v.strictObject({ or: v.array(clause) })]);
export type Clauses = v.InferOutput<typeof clauses>;

const entityName = v.optional(v.string());

/** Bodies as `@forge/kvs` 1.6.5 sends them. */
export const requests = {
  get: v.strictObject({
    entityName,
    key: v.unknown(),
    options: v.optional(v.strictObject({ metadataFields })),
  }),
  set: v.strictObject({
    entityName,
    key: v.unknown(),
    value: v.unknown(),
    options: v.optional(
      v.strictObject({
        ttl: v.optional(ttl),
        keyPolicy: v.optional(v.picklist(['OVERRIDE', 'FAIL_IF_EXISTS'])),
        returnValue: v.optional(v.picklist(['PREVIOUS', 'LATEST'])),
        returnMetadataFields: metadataFields,
      }),
    ),
  }),
  delete: v.strictObject({ entityName, key: v.unknown() }),
  query: v.strictObject({
    limit: v.optional(v.number()),
    after: v.optional(v.string()),
    where: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            property: v.literal('key'),
            condition: v.literal('BEGINS_WITH'),
            values: v.tuple([v.string()]),
          }),
        ),
        v.maxLength(1),
      ),
    ),
    options: v.optional(v.strictObject({ metadataFields })),
  }),
  entityQuery: v.strictObject({
    entityName: v.string(),
    indexName: v.string(),
    partition: v.optional(v.array(v.unknown())),
    range: v.optional(v.omit(clause, ['property'])),
    filters: v.optional(clauses),
    sort: v.optional(v.picklist(['ASC', 'DESC'])),
    cursor: v.optional(v.string()),
    limit: v.optional(v.number()),
    options: v.optional(v.strictObject({ metadataFields })),
  }),
  transaction: v.strictObject({
    set: v.optional(
      v.array(
        v.strictObject({
          key: v.unknown(),
          value: v.unknown(),
          entityName,
          conditions: v.optional(clauses),
          options: ttlOptions,
        }),
      ),
      [],
    ),
    delete: v.optional(v.array(v.strictObject({ key: v.unknown(), entityName, conditions: v.optional(clauses) })), []),
    check: v.optional(v.array(v.strictObject({ key: v.unknown(), entityName: v.string(), conditions: clauses })), []),
  }),
  batch: v.array(
    v.strictObject({
      entityName,
      key: v.unknown(),
      value: v.optional(v.unknown()),
      options: v.optional(v.strictObject({ ttl: v.optional(ttl), metadataFields })),
    }),
  ),
};

export type SetRequest = v.InferOutput<typeof requests.set>;

export function parseRequest<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (!result.success) {
    const places = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
    throw badRequest('BAD_REQUEST', places.join('; '));
  }
  return result.output;
}
