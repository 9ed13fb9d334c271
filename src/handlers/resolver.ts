import { DirectoryError, FenceLost, SettingsError, SourceError, StorageFault } from '../domain/errors';
import Resolver, { type Request } from '@forge/resolver';
import * as v from 'valibot';
import type { FunctionKey, Result } from '../api';
import { HoldChanged } from '../sync/decide-held';
import { OutOfBudget } from '../sync/ports';
import { AlreadyRunning } from '../sync/start-run';
import { checkNeed, checkProductAdmin, Forbidden, type Caller } from './access';
import type { AdminWorld } from './admin-world';
import { connectorFunctions } from './connector-functions';
import { decisionFunctions } from './decision-functions';
import { directoryFunctions } from './directory-functions';
import { explainFunctions } from './explain-functions';
import { NotFound, type AdminFunction, type FunctionTable } from './function-table';
import { linkFunctions } from './link-functions';
import { runFunctions } from './run-functions';
import { settingsFunctions } from './settings-functions';

/** Every function that the page may call. */
export const functions: FunctionTable = {
  ...connectorFunctions,
  ...directoryFunctions,
  ...runFunctions,
  ...explainFunctions,
  ...decisionFunctions,
  ...linkFunctions,
  ...settingsFunctions,
};

/** The resolver of the manifest: each function checks its caller, parses its payload, answers a value or a sentence. */
export function createResolver(openAdminWorld: () => AdminWorld) {
  const resolver = new Resolver();
  const define = <Key extends FunctionKey>(key: Key, definition: AdminFunction<Key>) =>
    resolver.define(key, (request: Request) => answer(openAdminWorld(), key, definition, request));
  // Each pair comes from the table itself; only TypeScript cannot see that key and definition belong together.
  for (const key of Object.keys(functions) as FunctionKey[]) define(key, functions[key] as AdminFunction<FunctionKey>);
  const resolve = resolver.getDefinitions();
  const guarded: typeof resolve = async (invocation, backend) =>
    // The SDK looks a key up with `in`, which finds `constructor` and calls it without any check of ours.
    Object.hasOwn(functions, invocation.call.functionKey)
      ? resolve(invocation, backend)
      : refuse('unknown-function', 'The page is of another version than the app: reload it.');
  return guarded;
}

async function answer<Key extends FunctionKey>(
  admin: AdminWorld,
  key: Key,
  { needs, payload, run }: AdminFunction<Key>,
  request: Request,
): Promise<Result<unknown>> {
  try {
    const caller = parseCaller(request);
    // Before anything of the payload is looked at: who may not call learns nothing.
    await checkProductAdmin(admin, caller);
    if (typeof needs === 'string') await checkNeed(admin, caller, needs);
    const parsed = v.safeParse(payload, request.payload);
    if (!parsed.success) return refuse('bad-request', 'The page sent something unexpected: reload it.');
    if (typeof needs === 'function') await checkNeed(admin, caller, await needs(admin, parsed.output));
    return { ok: true, value: await run(admin, parsed.output, caller) };
  } catch (error) {
    return describeError(error) ?? describeBug(error, key, admin);
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

function describeError(error: unknown): Result<never> | undefined {
  if (error instanceof SettingsError) {
    return refuse('bad-setting', error.message, error.field === '' ? undefined : error.field);
  }
  if (error instanceof SourceError || error instanceof DirectoryError) return refuse(error.code, error.message);
  if (error instanceof Forbidden) return refuse('forbidden', error.message);
  if (error instanceof NotFound) return refuse('not-found', error.message);
  if (error instanceof AlreadyRunning) return refuse('already-running', error.message);
  if (error instanceof HoldChanged) return refuse('changed', error.message);
  if (error instanceof FenceLost)
    return refuse('changed', 'Somebody else did something with this run: reload the page.');
  if (error instanceof StorageFault) return refuse('storage', error.message);
  if (error instanceof OutOfBudget) {
    return refuse('too-much', 'This takes more calls than Atlassian allows for one click: try again in a minute.');
  }
  return undefined;
}

/** Name, function and first place alone are logged: the message of an unknown error may hold anything. */
function describeBug(error: unknown, key: FunctionKey, admin: AdminWorld): Result<never> {
  const stack = error instanceof Error ? error.stack?.split('\n') : undefined;
  admin.world.log.error('a function of the page failed by a bug', {
    function: key,
    error: error instanceof Error ? error.name : typeof error,
    place: stack?.find((line) => line.trimStart().startsWith('at '))?.trim() ?? 'unknown',
  });
  return refuse(
    'bug',
    'Something unexpected happened: reload the page to see what was saved, then try again; the log of the app names the place.',
  );
}

function refuse(code: string, message: string, field?: string): Result<never> {
  return { ok: false, error: { code, message, ...(field === undefined ? {} : { field }) } };
}
