import * as v from 'valibot';
import { groupRowSchema, userRowSchema } from './wire';

/**
 * How far a reading has come, as plain JSON that is stored between two invocations. Its parts fill from top to bottom;
 * what is complete is never read again. Lists are kept as they came, with the offset of each page.
 */
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const counts = v.object({ users: count, groups: count });

function listing<Row extends v.GenericSchema>(row: Row) {
  return v.object({
    pages: v.array(v.object({ first: count, rows: v.array(row) })),
    complete: v.boolean(),
  });
}

const membershipsSchema = v.object({
  /** `group`: the members of each group were asked for; `user`: the groups of each user. */
  by: v.picklist(['group', 'user']),
  /** In the order of the groups or users: positions in the other list, and where to go on; `null` when it is complete. */
  lists: v.array(v.object({ found: v.array(count), next: v.nullable(count) })),
});

const walkSchema = v.object({
  rows: v.array(groupRowSchema),
  /** Parents whose children are still to be read (`null`: the top level), with the offset to go on from. */
  open: v.array(v.object({ parent: v.nullable(v.string()), next: count })),
});

/** A user as it came, with no attributes but those that the settings name. */
const keptUserSchema = v.object({ ...userRowSchema.entries, tooLong: v.optional(v.array(v.string())) });

const stateSchema = v.object({
  version: v.literal(2),
  /** 1 to 3: drift means to read again. */
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
  pageSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  realm: v.optional(v.object({ baseUrl: v.string(), issuer: v.string() })),
  before: v.optional(counts),
  groups: listing(groupRowSchema),
  walk: v.optional(walkSchema),
  users: listing(keptUserSchema),
  /** Where groups limit the scope: the members of the groups that decide it, asked for first. */
  deciding: v.optional(membershipsSchema),
  /** The other memberships. */
  memberships: v.optional(membershipsSchema),
  /** Groups and users that Keycloak did not know any more when their memberships were asked for. */
  vanished: count,
  after: v.optional(counts),
});

export type KeptUser = v.InferOutput<typeof keptUserSchema>;
export type ReadingState = v.InferOutput<typeof stateSchema>;
export type Memberships = v.InferOutput<typeof membershipsSchema>;
export type Walk = v.InferOutput<typeof walkSchema>;

export interface Listing<Row> {
  readonly pages: readonly { readonly first: number; readonly rows: readonly Row[] }[];
  readonly complete: boolean;
}

export function startReading(attempt: number, pageSize: number): ReadingState {
  const empty = { pages: [], complete: false };
  return { version: 2, attempt, pageSize, groups: empty, users: empty, vanished: 0 };
}

/** The stored state, or `undefined` when it is not one of this version: the reading then starts again. */
export function parseReading(state: unknown): ReadingState | undefined {
  const parsed = v.safeParse(stateSchema, state, { abortEarly: true });
  return parsed.success ? parsed.output : undefined;
}
