import fc from 'fast-check';
import type { Transformation } from '../../../src/domain/mapping-row';
import { createTransformer, describeMissingGroup } from '../../../src/domain/text-rules/transform';

const regex = (pattern: string, replacement: string): Transformation => ({ kind: 'regex', pattern, replacement });
const replace = (search: string, replacement: string): Transformation => ({ kind: 'replace', search, replacement });

describe('a transformation', () => {
  it.each<[string, readonly Transformation[], string, string, boolean]>([
    ['trims', [{ kind: 'trim' }], '  Staff ', 'Staff', true],
    ['makes lower case', [{ kind: 'lower-case' }], 'STAFF Ä', 'staff ä', true],
    ['gives a constant', [{ kind: 'constant', value: 'all' }], 'Staff', 'all', true],
    ['strips the domain of an address', [{ kind: 'strip-email-domain' }], 'anna@example.com', 'anna', true],
    ['leaves what is no address', [{ kind: 'strip-email-domain' }], 'anna', 'anna', false],
    ['leaves a name that begins with an at sign', [{ kind: 'strip-email-domain' }], '@anna', '@anna', false],
    ['replaces every occurrence of a literal text', [replace('.', '-')], 'a.b.c', 'a-b-c', true],
    ['takes a dollar sign in a literal replacement as it is', [replace('a', '$&$1')], 'a', '$&$1', true],
    ['leaves a text without the searched one', [replace('x', 'y')], 'abc', 'abc', false],
    ['replaces every match of an expression', [regex('[0-9]+', '#')], 'a1b22', 'a#b#', true],
    ['puts in groups of the match', [regex('(\\w+)-(\\w+)', '$2.$1 $0')], 'ab-cd', 'cd.ab ab-cd', true],
    ['takes only one digit after a dollar sign', [regex('(a)', '$10')], 'a', 'a0', true],
    ['puts in nothing for a group without part in the match', [regex('(a)|(b)', '[$2]')], 'ab', '[][b]', true],
    ['keeps other dollar signs', [regex('a', '$x $')], 'a', '$x $', true],
    ['matches the empty text everywhere once', [regex('', '-')], 'ab', '-a-b-', true],
    ['works on what the one before it gave', [{ kind: 'lower-case' }, replace('a', 'b')], 'AA', 'bb', true],
    ['applies where one of several finds something', [replace('x', 'y'), replace('a', 'b')], 'a', 'b', true],
  ])('%s', (_, transformations, given, text, applied) => {
    expect(createTransformer(transformations)(given)).toEqual({ text, applied });
  });

  it.each<[string, readonly Transformation[], string]>([
    ['gives up an expression that is none', [regex('(', 'x')], '('],
    ['gives up an expression that is too large', [regex('(ab{900}){900}', 'x')], 'ab'],
    ['gives up a text that is too long to be a name', [regex('b', 'x')], 'a'.repeat(10_001)],
    ['gives up a long text for a literal one, too', [replace('a', 'b')], 'a'.repeat(10_001)],
    ['gives up searches that look to the end again and again', [regex('(?:x*y)|x', '-')], 'x'.repeat(1_000)],
  ])('%s, and leaves the text', (_, transformations, text) => {
    expect(createTransformer(transformations)(text)).toEqual({ text, applied: false, gaveUp: true });
  });

  it('does not let texts grow without end, however many of a list make them longer', () => {
    const list = Array.from({ length: 500 }, () => replace('a', 'a'.repeat(255)));
    expect(createTransformer(list)('a')).toMatchObject({ text: 'a'.repeat(255 ** 2), gaveUp: true });
  });

  it('replaces as many matches as a long text has', () => {
    expect(createTransformer([regex('x', '-')])('x'.repeat(10_000)).text).toBe('-'.repeat(10_000));
  });

  it('works in the order of the list, which counts', () => {
    const list = [replace('a', 'b'), replace('b', 'c')];
    expect([list, list.toReversed()].map((each) => createTransformer(each)('ab').text)).toEqual(['cc', 'bc']);
  });

  it('strips one domain at a time: only a text with several at signs changes again', () => {
    const strip = createTransformer([{ kind: 'strip-email-domain' }]);
    expect([strip('a@b@c').text, strip(strip('a@b@c').text).text]).toEqual(['a@b', 'a']);
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const once = strip(address).text;
        expect(once.includes('@') || strip(once).text === once).toBe(true);
      }),
    );
  });

  it('changes nothing a second time: trim and lower case, in any order, and a constant', () => {
    const kinds = fc.constantFrom<Transformation>(
      { kind: 'trim' },
      { kind: 'lower-case' },
      { kind: 'constant', value: ' A ' },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(kinds), (text, list) => {
        const once = createTransformer(list)(text).text;
        expect(createTransformer(list)(once).text).toBe(once);
      }),
    );
  });

  it('of a literal text does what splitting and joining does, whatever signs it holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (text, search, replacement) => {
        expect(createTransformer([replace(search, replacement)])(text).text).toBe(text.split(search).join(replacement));
      }),
    );
  });
});

describe('a replacement', () => {
  it.each([
    ['may name the groups that there are', '(a)(b)', '$2$1$0', undefined],
    [
      'may not name others',
      '(a)',
      '$2',
      'The replacement names group $2, and the regular expression has 1 group in brackets.',
    ],
    [
      'may not name any where there is none',
      'a',
      'x$1',
      'The replacement names group $1, and the regular expression has 0 groups in brackets.',
    ],
  ])('%s', (_, pattern, replacement, sentence) => {
    expect(describeMissingGroup(pattern, replacement)).toBe(sentence);
  });
});
