import fc from 'fast-check';
import { describeUnseen, squeeze } from '../../../src/domain/text-rules/invisible';

const direction = ['061C', '200E', '200F', '202A', '202B', '202C', '202D', '202E', '2066', '2067', '2068', '2069'];
const withoutWidth = ['00AD', '180E', '200B', '2060', '2064', '206A', '206F', 'FEFF'];
const controls = ['0000', '0007', '0009', '000A', '000D', '001F', '007F', '0085', '2028', '2029'];
const between = (code: string) => `De${String.fromCharCode(parseInt(code, 16))}vs`;

describe('a character that nobody sees', () => {
  it.each(direction)('is named as a mark of writing direction, and taken out of names: U+%s', (code) => {
    expect(describeUnseen(between(code))).toBe(`a mark of writing direction (U+${code}), which cannot be seen`);
    expect(squeeze(between(code))).toBe('Devs');
  });

  it.each(withoutWidth)('is named as one without width, and taken out of names: U+%s', (code) => {
    expect(describeUnseen(between(code))).toBe(`a character without width (U+${code}), which cannot be seen`);
    expect(squeeze(between(code))).toBe('Devs');
  });

  it.each(controls)('is a control character, and a blank in names: U+%s', (code) => {
    expect(describeUnseen(between(code))).toBe('a line break or another control character');
    expect(squeeze(between(code))).toBe('De vs');
  });

  it.each([
    ['of a Persian word', 'می\u200Cخواهم'],
    ['of an emoji', '👩\u200D💻'],
    ['of writing from the right', 'שלום مرحبا'],
    ['of a flag and a heart', '🇩🇪 ❤️'],
    ['of combined letters', 'e\u0301'],
  ])('is none %s', (_, text) => {
    expect([describeUnseen(text), squeeze(text)]).toEqual([undefined, text]);
  });

  it('is in no text that was squeezed, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const squeezed = squeeze(text);
        expect(describeUnseen(squeezed)).toBeUndefined();
        expect(squeeze(squeezed)).toBe(squeezed);
      }),
      { numRuns: 1_000 },
    );
  });
});
