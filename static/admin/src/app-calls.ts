import { invoke } from '@forge/bridge';
import type { Api, FunctionKey, Result } from '../../../src/api';

/** What the app refused or could not do, in its own sentence; `field` is the path of a setting. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** Calls the app and unwraps its answer. Every failure, also one of the bridge itself, is an `AppError`. */
export async function call<Key extends FunctionKey>(
  key: Key,
  ...[payload]: Api[Key]['payload'] extends undefined ? [] : [Api[Key]['payload']]
): Promise<Api[Key]['value']> {
  const answer = await invoke<Record<string, unknown>, unknown>(key, { ...payload }).catch((cause: unknown) => {
    throw new AppError('bridge', `The app did not answer${describeCause(cause)}. Try again in a moment.`);
  });
  if (!isResult<Api[Key]['value']>(answer)) {
    throw new AppError('bridge', 'The app gave no answer that this page understands. Reload the page.');
  }
  if (answer.ok) return answer.value;
  throw new AppError(answer.error.code, answer.error.message, answer.error.field);
}

/** Whether an answer is one of the app's resolvers; what its value holds is their contract. */
function isResult<Value>(answer: unknown): answer is Result<Value> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
}

function describeCause(cause: unknown): string {
  return cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : '';
}

/** The sentence of any failure. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something unexpected happened. Reload the page and try again.';
}
