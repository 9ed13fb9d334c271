import { mulberry32 } from './random';
import { medianOf } from './exchanges';
import { compileExpression } from '../../src/domain/text-rules/expression';
import { describeInvalidPattern } from '../../src/domain/text-rules/regex';
import { createTransformer } from '../../src/domain/text-rules/transform';

export interface TransformationFigures {
  readonly evaluations: number;
  readonly medianMicroseconds: number;
  /** As the clock showed it once, whatever else the machine did meanwhile. */
  readonly slowestOverMedian: number;
  /** The slowest of those that were slow once, each measured again alone: the shortest of five times. */
  readonly slowestAgainOverMedian: number;
  readonly slowest: { readonly pattern: string; readonly instructions: number; readonly characters: number };
}

const expressions = 2_000;
const texts = 2_000;
/** Of these the shortest of several times is taken, so that a pause of the machine is not called a slow expression. */
const candidates = 50;

/**
 * Random expressions of every kind that the settings take, nested repetitions and alternatives among them, on random texts: most are
 * as long as names, some as the longest value that a reading keeps. The same for everybody, so that figures can be compared.
 */
export function measureTransformations(evaluations: number): TransformationFigures {
  const random = mulberry32(20_261_128);
  const rules = Array.from({ length: expressions }, () => makeRule(random));
  const inputs = Array.from({ length: texts }, () => makeText(random));
  const pick = <Item>(items: readonly Item[]): Item => pickOf(items, random);
  // The first rounds warm up.
  for (let index = 0; index < Math.min(evaluations, 50_000); index += 1) pick(rules).transform(pick(inputs));
  const times = new Float64Array(evaluations);
  let slow: { readonly rule: Rule; readonly text: string; readonly took: number }[] = [];
  for (let index = 0; index < evaluations; index += 1) {
    const rule = pick(rules);
    const text = pick(inputs);
    const took = timeOf(rule, text);
    times[index] = took;
    if (slow.length < candidates || took > (slow.at(-1)?.took ?? 0)) {
      slow = [...slow, { rule, text, took }].sort((one, other) => other.took - one.took).slice(0, candidates);
    }
  }
  const again = slow.map(({ rule, text }) => {
    const took = Math.min(...Array.from({ length: 5 }, () => timeOf(rule, text)));
    return { rule, text, took };
  });
  const [slowest] = again.sort((one, other) => other.took - one.took);
  const median = medianOf([...times]);
  return {
    evaluations,
    medianMicroseconds: median * 1_000,
    slowestOverMedian: (slow[0]?.took ?? 0) / median,
    slowestAgainOverMedian: (slowest?.took ?? 0) / median,
    slowest: {
      pattern: slowest?.rule.pattern ?? '',
      instructions:
        compileExpression(slowest?.rule.pattern ?? '')
          ?.matcher('')
          .programSize() ?? 0,
      characters: slowest?.text.length ?? 0,
    },
  };
}

interface Rule {
  readonly pattern: string;
  readonly transform: ReturnType<typeof createTransformer>;
}

function timeOf({ transform }: Rule, text: string): number {
  const started = performance.now();
  transform(text);
  return performance.now() - started;
}

type Random = () => number;

function pickOf<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

function makeRule(random: Random): Rule {
  for (;;) {
    const pattern = makePattern(random, 3);
    if (describeInvalidPattern(pattern) !== undefined) continue;
    return { pattern, transform: createTransformer([{ kind: 'regex', pattern, replacement: '<$0>' }]) };
  }
}

const atoms = ['a', 'b', 'x', 'é', '.', '[ab]', '[^a]', '\\w', '\\d', '\\pL', '\\b', '^', '$', '@', ' ', ', '];
const repeats = ['', '', '', '*', '+', '?', '*?', '+?', '{2}', '{1,5}', '{0,30}', '{3,}', '{0,200}'];

function makePattern(random: Random, depth: number): string {
  const piece = (): string => {
    const atom = depth === 0 || random() < 0.6 ? pickOf(atoms, random) : `(${makePattern(random, depth - 1)})`;
    return atom + pickOf(repeats, random);
  };
  const sequence = () => Array.from({ length: 1 + Math.floor(random() * 4) }, piece).join('');
  return Array.from({ length: random() < 0.7 ? 1 : 2 }, sequence).join('|');
}

const pieces = ['a', 'b', 'x', 'ab', 'xx', ' ', ', ', '@', 'é', '😀', 'Anna', '42', 'cn=', '\u0301'];

function makeText(random: Random): string {
  const share = random();
  const longest = share < 0.9 ? 64 : share < 0.99 ? 255 : 4_000;
  const length = 1 + Math.floor(random() * longest);
  if (random() < 0.2) return pickOf(pieces, random).repeat(length).slice(0, length);
  let text = '';
  while (text.length < length) text += pickOf(pieces, random);
  return text.slice(0, length);
}
