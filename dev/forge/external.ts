import { guard, type Invocation } from './invocation';

/** A step of an invocation that the world outside can see. */
export type ExternalOperation =
  | { readonly kind: 'kvs'; readonly path: string; readonly keys: readonly string[]; readonly invocation: Invocation }
  | {
      readonly kind: 'queue';
      readonly queueName: string;
      readonly events: readonly unknown[];
      readonly invocation: Invocation;
    }
  | { readonly kind: 'fetch'; readonly method: string; readonly url: string; readonly invocation: Invocation };

/**
 * `kill-*`: the process dies before or after the step takes effect. `fail-before`: the step is refused with an error.
 * `fail-after`: it takes effect and is answered with an error all the same.
 */
export type ExternalFate = 'continue' | 'kill-before' | 'kill-after' | 'fail-before' | 'fail-after';

export type OnExternal = (operation: ExternalOperation) => ExternalFate;

/** Performs a step under the fate that a test gives it; `fail` makes the answer of a failed step. */
export async function performExternal<T>(
  operation: ExternalOperation,
  onExternal: OnExternal | undefined,
  perform: () => Promise<T>,
  fail: () => T,
): Promise<T> {
  const { invocation } = operation;
  return guard(invocation, async () => {
    const fate = onExternal?.(operation) ?? 'continue';
    if (fate === 'kill-before') invocation.end('killed');
    if (fate === 'kill-before' || fate === 'fail-before') return fail();
    const result = await perform();
    if (fate === 'kill-after') invocation.end('killed');
    return fate === 'fail-after' ? fail() : result;
  });
}
