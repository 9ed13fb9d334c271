import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';
import type { InvocableModule } from './manifest';

/** What stops a running invocation from outside: a fault of the test, the clock, or the platform's end. */
export type Ending = 'killed' | 'timeout' | 'stopped';

export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: Ending };

export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly invocationId: string;
}

/** How many pushes the chain of events has made that began with one invocation from outside. */
export interface Origin {
  pushes: number;
}

/** One call of a handler. */
export interface Invocation {
  readonly id: string;
  readonly module: InvocableModule;
  readonly accountId?: string;
  readonly startedAt: number;
  readonly deadline: number;
  readonly clock: Clock;
  readonly origin: Origin;
  readonly logs: LogLine[];
  logBytes: number;
  egressCalls: number;
  state: 'running' | 'ended' | Ending;
  end(ending: Ending): void;
}

/** Whose code is running, across every await. */
export const invocations = new AsyncLocalStorage<Invocation>();

const pending = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * Does a piece of work for an invocation. Once the invocation is over, however it ended, the promise never settles:
 * a dead process hears nothing.
 */
export async function guard<T>(invocation: Invocation, work: () => Promise<T>): Promise<T> {
  if (!isRunning(invocation)) return pending();
  try {
    const result = await work();
    return isRunning(invocation) ? result : await pending();
  } catch (error) {
    if (isRunning(invocation)) throw error;
    return pending();
  }
}

function isRunning(invocation: Invocation): boolean {
  if (invocation.state === 'running' && invocation.clock.now() >= invocation.deadline) invocation.end('timeout');
  return invocation.state === 'running';
}

export interface InvocationSetup {
  readonly module: InvocableModule;
  readonly accountId?: string;
  readonly clock: Clock;
  readonly origin?: Origin;
  readonly started: (invocation: Invocation) => void;
}

/** Runs a handler in a context of its own until it returns, throws or is ended from outside. */
export async function runInvocation(setup: InvocationSetup, handler: () => unknown): Promise<Outcome> {
  const startedAt = setup.clock.now();
  let settle: (outcome: Outcome) => void = () => undefined;
  const ended = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const invocation: Invocation = {
    id: randomUUID(),
    module: setup.module,
    ...(setup.accountId === undefined ? {} : { accountId: setup.accountId }),
    startedAt,
    deadline: startedAt + setup.module.timeoutSeconds * 1000,
    clock: setup.clock,
    origin: setup.origin ?? { pushes: 0 },
    logs: [],
    logBytes: 0,
    egressCalls: 0,
    state: 'running',
    end(ending) {
      if (invocation.state !== 'running') return;
      invocation.state = ending;
      settle({ kind: ending });
    },
  };
  setup.started(invocation);
  // Real time also passes for a manual clock: a handler that hangs must not hang the test run.
  const timer = setTimeout(() => invocation.end('timeout'), setup.module.timeoutSeconds * 1000);
  timer.unref();
  try {
    const work = invocations.run(invocation, async () => handler());
    return await Promise.race([ended, work.then(returned, threw)]);
  } finally {
    clearTimeout(timer);
    if (invocation.state === 'running') invocation.state = 'ended';
  }
}

const returned = (value: unknown): Outcome => ({ kind: 'returned', value });
const threw = (error: unknown): Outcome => ({ kind: 'threw', error });
