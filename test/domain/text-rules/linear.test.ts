import fc from 'fast-check';
import { RE2JS } from 're2js';
import { compileExpression } from '../../../src/domain/text-rules/expression';
import { compileRegex, describeInvalidPattern } from '../../../src/domain/text-rules/regex';
import { estimateProgram, largestProgram } from '../../../src/domain/text-rules/program-size';
import { createTransformer } from '../../../src/domain/text-rules/transform';
import { countSteps, sizeOf } from './engine-steps';

/** Steps for each instruction and each character: the searches look at a character eight times, the last one once more. */
const stepsEach = 40;

const tooLarge = 'This regular expression is too large: use fewer and smaller counts in braces.';

/** Replaces as a run does, and tests as a rule does. */
function workOn(pattern: string, text: string): number {
  const transform = createTransformer([{ kind: 'regex', pattern, replacement: '<$0>' }]);
  const test = compileRegex(pattern);
  return countSteps(() => {
    transform(text);
    test?.(text);
  });
}

const atom = fc.oneof(
  fc.constantFrom('a', 'b', 'x', 'é', '.', '[ab]', '[^a]', '\\w', '\\W', '\\d', '\\pL', '\\b', '\\B', '^', '$', '\\.'),
  fc.constantFrom('', 'ab', 'xyz', '[[:alpha:]]', '(?i)', '\\x{e9}', '\\Qa*\\E'),
);
const repeat = fc.oneof(
  fc.constantFrom('*', '+', '?', '*?', '+?', '??', '**', '{2,1}', '{1001}', '{', '}'),
  fc.tuple(fc.nat(12), fc.nat(12)).map(([least, more]) => `{${least},${least + more}}`),
  fc.constantFrom('{1000}', '{0,500}', '{100,}', '{3}'),
);
/** Patterns with nested repetitions, counts and alternatives; some of them are none. */
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    tie('piece'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `${one}|${other}`),
    fc.tuple(tie('piece'), tie('pattern')).map((parts) => parts.join('')),
  ),
  piece: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(atom, repeat).map((parts) => parts.join('')),
    fc.tuple(tie('pattern'), repeat).map(([inside, times]) => `(${inside})${times}`),
    fc.tuple(tie('pattern'), repeat).map(([inside, times]) => `(?:${inside})${times}`),
  ),
}));
const anyPattern = fc.oneof(
  { weight: 4, arbitrary: pattern },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(...Array.from('ab()[]{}*+?|\\^$.,0129:<>=!PQE-')), maxLength: 30 }),
  },
);
const anyText = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('a', 'b', 'x', ' ', 'é', '😀'), minLength: 1, maxLength: 20 }),
    fc.nat(3_000),
  )
  .map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));

const nasty = [
  '(a+)+',
  '(a+)+$',
  '(a|a)*b',
  '(a|aa)+$',
  '(.*)*x',
  '(?:.*a){12}',
  '(?:x*y)|x',
  'x*[yz]|x',
  '(?:x{0,200}[yz])|x',
  '(?:x+x+)+y|x',
  '(?:ab.*c)|x',
  'x??',
  '',
  '\\b',
  '(x)|(y)|(z)',
];

describe('an expression of the settings', () => {
  it.each(nasty)('takes steps that grow with its size and with the text alone: %j', (expression) => {
    for (const text of ['x', 'a', 'ab', 'x a'].map((piece) => piece.repeat(10_000).slice(0, 10_000))) {
      expect(workOn(expression, text)).toBeLessThanOrEqual(stepsEach * sizeOf(expression) * (text.length + 1));
    }
  });

  it('takes no more, whatever it is and whatever the text is, or it is refused', () => {
    fc.assert(
      fc.property(anyPattern, anyText, (expression, text) => {
        if (describeInvalidPattern(expression) !== undefined) return;
        expect(workOn(expression, text)).toBeLessThanOrEqual(stepsEach * sizeOf(expression) * (text.length + 1));
      }),
      { numRuns: 300 },
    );
  });

  it('would take more with the engine alone: searched for to the end again and again', () => {
    const text = 'x'.repeat(2_000);
    const steps = countSteps(() => {
      const matcher = RE2JS.compile('(?:x*y)|x').matcher(text);
      while (matcher.find());
    });
    expect(steps).toBeGreaterThan(stepsEach * sizeOf('(?:x*y)|x') * (text.length + 1));
  });
});

describe('the size of an expression', () => {
  it.each([
    ['nested counts', '((a{100}){100}){100}'],
    ['a count of a long text', `(?:${'ab*'.repeat(330)}){1000}`],
    ['a count beyond what the engine takes', 'a{1001}'],
    ['a count of a group with a name', '(?P<name>abc){900}'],
    ['many counts', 'a{500}b{500}c{500}d{500}e{500}'],
    ['a text of 64 kB', 'a'.repeat(65_536)],
    ['a text of 64 kB of open brackets', '['.repeat(65_536)],
  ])('is refused before it is compiled for %s', (_, expression) => {
    const compile = jest.spyOn(RE2JS, 'compile');
    expect(describeInvalidPattern(expression)).toBe(tooLarge);
    expect(compileExpression(expression)).toBeUndefined();
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
  });

  it.each([
    ['an address', '[a-z]{1,64}@[a-z.]{1,255}'],
    ['the longest count of one character', 'a{1000}'],
    ['half of it of two', '(?:ab){500}'],
    ['the longest text', 'a'.repeat(1000)],
    ['many groups', '(a|b)*'.repeat(100)],
    ['braces in a class', '[{1000}]{2}'],
    ['braces that are meant', '\\{1000\\}'],
    ['a name of LDAP', '(?i)^cn=([^,]{1,64}),(?:ou=[^,]*,?)*$'],
  ])('is small enough for %s', (_, expression) => {
    expect(describeInvalidPattern(expression)).toBeUndefined();
  });

  it('is never much more than was estimated', () => {
    fc.assert(
      fc.property(anyPattern, (expression) => {
        if (compileExpression(expression) === undefined) return;
        expect(sizeOf(expression)).toBeLessThanOrEqual(1.5 * estimateProgram(expression) + 10);
      }),
      { numRuns: 2_000 },
    );
    expect(largestProgram).toBeLessThan(10_000);
  });
});

it('every expression is compiled or has a sentence, whatever was typed', () => {
  fc.assert(
    fc.property(anyPattern, (expression) => {
      const sentence = describeInvalidPattern(expression);
      expect(sentence === undefined).toBe(compileExpression(expression) !== undefined);
      expect(sentence ?? 'Fine.').toMatch(/^[A-Z][^\n]*\.$/);
    }),
    { numRuns: 500 },
  );
});
