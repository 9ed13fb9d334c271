import { DirectoryError, SettingsError, SourceError, StorageFault } from '../domain/errors';
import Resolver, { type Request } from '@forge/resolver';
import * as v from 'valibot';
import type { FunctionKey, Result } from '../api';
import { HoldChanged } from '../sync/decide-held';
import { AlreadyRunning } from '../sync/start-run';
import { checkCaller, Forbidden, type Caller } from './access';
import type { AdminWorld } from './admin-world';
import { connectorFunctions } from './connector-functions';
import { directoryFunctions } from './directory-functions';
import { NotFound, type AdminFunction, type FunctionTable } from './function-table';
import { runFunctions } from './run-functions';

/** Every function that the page may call. */
export const functions: FunctionTable = { ...connectorFunctions, ...directoryFunctions, ...runFunctions };

/** The resolver of the manifest: each function checks its caller, parses its payload, answers a value or a sentence. */
export function createResolver(openAdminWorld: () => AdminWorld) {
  const resolver = new Resolver();
  const define = <Key extends FunctionKey>(key: Key, definition: AdminFunction<Key>) =>
    resolver.define(key, (request: Request) => answer(openAdminWorld(), definition, request));
  // Each pair comes from the table itself; only TypeScript cannot see that key and definition belong together.
  for (const key of Object.keys(functions) as FunctionKey[]) define(key, functions[key] as AdminFunction<FunctionKey>);
  return resolver.getDefinitions();
}

async function answer<Key extends FunctionKey>(
  admin: AdminWorld,
  definition: AdminFunction<Key>,
  request: Request,
): Promise<Result<unknown>> {
  try {
    const caller = parseCaller(request);
    // Before anything of the payload is looked at: who is no administrator learns nothing.
    await checkCaller(admin, caller, 'product administrator');
    const parsed = v.safeParse(definition.payload, request.payload);
    if (!parsed.success) return refuse('bad-request', 'The page sent something unexpected: reload it.');
    const need = typeof definition.needs === 'function' ? definition.needs(parsed.output) : definition.needs;
    if (need === 'organization administrator') await checkCaller(admin, caller, need);
    return { ok: true, value: await definition.run(admin, parsed.output, caller) };
  } catch (error) {
    return describeError(error, admin);
  }
}

/** The account comes from the invocation's principal; without one nobody is served. */
function parseCaller({ context }: Request): Caller {
  const parsed = v.safeParse(
    v.object({ accountId: v.pipe(v.string(), v.nonEmpty()), moduleKey: v.optional(v.string()) }),
    context,
  );
  if (!parsed.success) throw new Forbidden('Sign in to use User & Group Sync.');
  return { accountId: parsed.output.accountId, moduleKey: parsed.output.moduleKey };
}

function describeError(error: unknown, admin: AdminWorld): Result<never> {
  if (error instanceof SettingsError) {
    return refuse('bad-setting', error.message, error.field === '' ? undefined : error.field);
  }
  if (error instanceof SourceError || error instanceof DirectoryError) return refuse(error.code, error.message);
  if (error instanceof Forbidden) return refuse('forbidden', error.message);
  if (error instanceof NotFound) return refuse('not-found', error.message);
  if (error instanceof AlreadyRunning) return refuse('already-running', error.message);
  if (error instanceof HoldChanged) return refuse('changed', error.message);
  if (error instanceof StorageFault) return refuse('storage', error.message);
  admin.world.log.error('a function of the page failed by a bug', {
    error: error instanceof Error ? error.name : typeof error,
  });
  return refuse(
    'bug',
    'Something unexpected happened; nothing was changed. Try again, and look at the log of the app.',
  );
}

function refuse(code: string, message: string, field?: string): Result<never> {
  return { ok: false, error: { code, message, ...(field === undefined ? {} : { field }) } };
}
