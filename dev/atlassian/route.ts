import * as v from 'valibot';
import { Refusal, type ErrorFamily } from './refusal';
import type { ApiKey, DirectoryUnit } from './state';
import type { Store } from './store';

/** One request, after its key was accepted. */
export interface Call {
  readonly store: Store;
  readonly key: ApiKey;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

/** One operation of the API documents. `path` has parameters as `:name`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly family: ErrorFamily;
  /** The scope that a scoped key needs; `search`: the documents name none, a doubt decides; absent: unscoped keys only. */
  readonly scope?: string;
  readonly handle: (call: Call) => Response;
}

export const noContent = (): Response => new Response(null, { status: 204 });

/** A path parameter, which the router guarantees. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The body by a schema; anything else is the 400 of a malformed request. */
export function parseBody<Output>(call: Call, schema: v.GenericSchema<unknown, Output>, code = 'ADMIN-400-24'): Output {
  const result = v.safeParse(schema, call.body ?? {});
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Refusal(400, code, `Invalid request: ${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}

/** A list of so many distinct texts at most. */
export const texts = (max: number) =>
  v.pipe(
    v.array(v.string()),
    v.minLength(1),
    v.maxLength(max),
    v.check((items) => new Set(items).size === items.length, 'items are not unique'),
  );

export const limitOf = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));

/** Query parameters as an object that a schema can check: names in `lists` become arrays, `limit` a number. */
export function readQuery(call: Call, lists: readonly string[]): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const name of new Set(call.url.searchParams.keys())) {
    const values = call.url.searchParams.getAll(name);
    const single = values[0] ?? '';
    if (lists.includes(name)) query[name] = values;
    else if (name === 'limit') query[name] = Number(single);
    else if (name === 'mfaEnabled') query[name] = single === 'true';
    else query[name] = single;
  }
  return query;
}

export function parseQuery<Output>(
  call: Call,
  schema: v.GenericSchema<unknown, Output>,
  lists: readonly string[] = [],
): Output {
  return parseBody({ ...call, body: readQuery(call, lists) }, schema);
}

/** Directories that the key may manage. */
export function keyDirectories(call: Call): readonly DirectoryUnit[] {
  const { directories } = call.key;
  return call.store.state.directories.filter((each) => directories === null || directories.includes(each.id));
}

/** The organization of the path must be the key's. */
export function checkOrganization(call: Call, code: string, status = 404): void {
  if (param(call, 'orgId') !== call.store.state.id) throw new Refusal(status, code, 'Organization not found');
}

/** The directories that a read covers: `-` stands for all of the key's. */
export function readDirectories(call: Call): readonly DirectoryUnit[] {
  checkOrganization(call, 'ADMIN-404-2');
  const id = param(call, 'directoryId');
  const all = keyDirectories(call);
  const found = id === '-' ? all : all.filter((each) => each.id === id);
  if (found.length === 0) throw new Refusal(404, 'ADMIN-404-1', 'Directory not found');
  return found;
}

/** The directory that a write changes: a concrete one, never `-`. */
export function writeDirectory(call: Call): DirectoryUnit {
  if (param(call, 'directoryId') === '-') throw new Refusal(400, 'ADMIN-UAM-400-1', 'A directory id is required');
  const directory = readDirectories(call)[0];
  if (!directory) throw new Refusal(404, 'ADMIN-404-1', 'Directory not found');
  return directory;
}
