import { isManualClock } from './clock';
import { invocations, type Invocation } from './invocation';

/** What the platform does for an invocation when the app touches a global. */
export interface Host {
  fetch(invocation: Invocation, url: unknown, init?: RequestInit): Promise<unknown>;
  forgeFetch(invocation: Invocation, target: unknown, path: string, init?: RequestInit): Promise<unknown>;
  runtime(invocation: Invocation): unknown;
  log(invocation: Invocation, level: string, values: readonly unknown[]): void;
}

interface Installed {
  readonly realFetch: typeof fetch;
  readonly hosts: WeakMap<Invocation, Host>;
  isLoading: boolean;
}

const mark = Symbol.for('user-group-sync.forge');
// The platform's globals have no declared types: they exist for the SDK alone.
const globals = globalThis as typeof globalThis & Record<PropertyKey, unknown>;

function current(hosts: Installed['hosts']): readonly [Invocation, Host] | undefined {
  const invocation = invocations.getStore();
  const host = invocation && hosts.get(invocation);
  return invocation && host && [invocation, host];
}

function installFetch(installed: Installed): void {
  const policed = async (url: unknown, init?: RequestInit): Promise<unknown> => {
    const at = current(installed.hosts);
    if (at) return at[1].fetch(at[0], url, init);
    if (installed.isLoading) throw new Error('fetch is not available while the app is loaded');
    // Local servers and tests share the process; what is no invocation is not the app.
    return installed.realFetch(url as string, init); // handed through as it came
  };
  globals.fetch = policed as unknown as typeof fetch; // the app sees the smaller response of the platform
  globals.__forge_fetch__ = async (target: unknown, path: string, init?: RequestInit): Promise<unknown> => {
    const at = current(installed.hosts);
    if (!at) throw new Error('Forge runtime not found.');
    return at[1].forgeFetch(at[0], target, path, init);
  };
  Object.defineProperty(globals, '__forge_runtime__', {
    configurable: true,
    get: () => {
      const at = current(installed.hosts);
      return at?.[1].runtime(at[0]);
    },
  });
}

function installConsole(installed: Installed): void {
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    const print = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      const at = current(installed.hosts);
      if (at) at[1].log(at[0], level, values);
      else print(...values);
    };
  }
}

/** Inside an invocation it is as late as the platform's clock says, also for `new Date()`. */
function installDate(): void {
  const RealDate = Date;
  const now = (): number => {
    const invocation = invocations.getStore();
    return invocation && isManualClock(invocation.clock) ? invocation.clock.now() : RealDate.now();
  };
  globals.Date = new Proxy(RealDate, {
    construct: (target, values: unknown[], newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as object, // a Date
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

/**
 * Puts the platform's globals in place, once a process; they find their platform by the invocation that is running.
 * Before the app is loaded: `@forge/api` keeps the `fetch` that it finds then.
 */
export function installGlobals(): Installed {
  const existing = globals[mark];
  if (existing) return existing as Installed; // only written below
  const installed: Installed = { realFetch: globalThis.fetch.bind(globalThis), hosts: new WeakMap(), isLoading: false };
  globals[mark] = installed;
  installFetch(installed);
  installConsole(installed);
  installDate();
  return installed;
}
