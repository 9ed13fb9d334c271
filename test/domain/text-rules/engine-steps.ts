import { RE2JS } from 're2js';

/*
 * The engine offers no counter, so that the tests put one into it: every instruction that its backtracker or its automaton looks at
 * passes `getInst`, every thread of its simulation passes the `add` of a queue, and every character passes `charCodeAt`. What it
 * leaves to the platform's `indexOf`, and clearing its tables, is not counted.
 */
type Method = (this: object, ...args: unknown[]) => unknown;

const engine = RE2JS.compile('(a|b)*c').re2();
// Long enough for the simulation, which leaves its queues in a pool.
RE2JS.compile('(a|b)*c|d').matcher('a'.repeat(300_000)).find();
const simulated = RE2JS.compile('(?:a|b)*(?:c|[xy])$');
simulated.matcher('ab'.repeat(150_000)).find();

function prototypeOf(value: unknown): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) throw new Error('the engine is built differently now');
  return prototype;
}

function queueOf({ machinePool }: ReturnType<RE2JS['re2']>): unknown {
  const [machine] = machinePool as readonly { readonly q0?: unknown }[]; // declared as any
  if (machine?.q0 === undefined) throw new Error('the engine did not simulate');
  return machine.q0;
}

const counted: readonly (readonly [object, string])[] = [
  [prototypeOf(engine.prog), 'getInst'],
  [prototypeOf(queueOf(simulated.re2())), 'add'],
  [String.prototype, 'charCodeAt'],
];

/** Counts what the engine does meanwhile. */
export function countSteps(work: () => void): number {
  let steps = 0;
  const originals = counted.map(([owner, name]) => [owner, name, Reflect.get(owner, name) as Method] as const);
  for (const [owner, name, original] of originals) {
    Reflect.set(owner, name, function (this: object, ...args: unknown[]) {
      steps += 1;
      return Reflect.apply(original, this, args);
    });
  }
  try {
    work();
  } finally {
    for (const [owner, name, original] of originals) Reflect.set(owner, name, original);
  }
  return steps;
}

/** Instructions of the compiled expression. */
export function sizeOf(pattern: string): number {
  return RE2JS.compile(pattern).matcher('').programSize();
}
