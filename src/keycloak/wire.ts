import * as v from 'valibot';

/** What Keycloak sends, as far as the app reads it. Unknown fields are dropped, missing ones that decide are refused. */

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const discoverySchema = v.object({ issuer: text });

export const tokenSchema = v.object({ access_token: text, expires_in: v.number() });

/** Values of an attribute in Keycloak's order. A database that keeps no empty texts (Oracle) shows them as null: they are no values. */
const attributeValues = v.pipe(
  v.nullish(v.array(v.nullable(v.string())), []),
  v.transform((values) => values.filter((value) => value !== null)),
);

/** A row of the users list; attributes come in full representation alone. */
export const userRowSchema = v.object({
  id: text,
  username: text,
  email: v.nullish(v.string()),
  emailVerified: v.nullish(v.boolean()),
  firstName: v.nullish(v.string()),
  lastName: v.nullish(v.string()),
  // An account whose state is not said must not be taken for a disabled one, nor for an enabled one.
  enabled: v.boolean(),
  federationLink: v.nullish(v.string()),
  attributes: v.nullish(v.record(v.string(), attributeValues)),
  access: v.nullish(v.object({ manage: v.nullish(v.boolean()) })),
});
export type UserRow = v.InferOutput<typeof userRowSchema>;
export const userPageSchema = v.array(userRowSchema);

/** A row of a groups list; servers before 23 nest the sub-groups in it. */
export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly parentId?: string | null | undefined;
  /** Since 23; servers before it have no listing of children. */
  readonly subGroupCount?: number | null | undefined;
  readonly subGroups?: readonly GroupRow[] | null | undefined;
}
export const groupRowSchema: v.GenericSchema<unknown, GroupRow> = v.object({
  id: text,
  name: v.string(),
  path: v.string(),
  parentId: v.nullish(v.string()),
  subGroupCount: v.nullish(v.number()),
  subGroups: v.nullish(v.array(v.lazy(() => groupRowSchema))),
});
export const groupPageSchema = v.array(groupRowSchema);

/** What only the id of is used: a group, groups of a user. */
export const idSchema = v.object({ id: text });
export const idPageSchema = v.array(idSchema);

/** Members of a group and groups of a user: the id, and the attributes of a member in full representation. */
export const ownedPageSchema = v.array(
  v.object({ id: text, attributes: v.nullish(v.record(v.string(), attributeValues)) }),
);

/** A single user; only that there is one is used. */
export const singleUserSchema = v.object({ id: text, enabled: v.optional(v.boolean()) });

export const userCountSchema = count;
export const groupCountSchema = v.object({ count });

const refusalSchema = v.object({
  error: v.nullish(v.string()),
  error_description: v.nullish(v.string()),
  errorMessage: v.nullish(v.string()),
});

/** What Keycloak says about a refused request, in lower case; `undefined` when the answer is not Keycloak's JSON. Never shown. */
export function parseRefusal(body: string): string | undefined {
  const json = parseJson(body);
  const refusal = v.safeParse(refusalSchema, json);
  if (!refusal.success) return undefined;
  const { error, error_description, errorMessage } = refusal.output;
  const said = [error, error_description, errorMessage].filter((part) => typeof part === 'string');
  return said.length === 0 ? undefined : said.join(' ').toLowerCase();
}

/** The value of a schema, or `undefined` for a body that is cut off, no JSON or of another shape. */
export function parseBody<Output>(
  schema: v.GenericSchema<unknown, Output>,
  body: string,
): { readonly value: Output } | undefined {
  const parsed = v.safeParse(schema, parseJson(body), { abortEarly: true });
  return parsed.success ? { value: parsed.output } : undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
