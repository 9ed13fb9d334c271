import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Pages for administrators name, in their source, the test behind each sentence: `<!-- file: words of its name -->`.

const root = join(__dirname, '..', '..');
const docs = join(root, 'docs');

const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const references = pages.flatMap((page) =>
  [...readFileSync(join(docs, page), 'utf8').matchAll(/<!-- (test\/\S+\.ts): (.+?) -->/g)].map(
    ([, file = '', words = '']) => [page, file, words] as const,
  ),
);

describe('the pages for administrators', () => {
  it('name tests', () => {
    expect(references.length).toBeGreaterThan(0);
  });

  it.each(references)('%s rests on a test that exists: %s: %s', (_page, file, words) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(readFileSync(join(root, file), 'utf8')).toContain(words);
  });

  it('leave no sentence about what happens without its test', () => {
    const text = readFileSync(join(docs, 'what-happens-when.md'), 'utf8');
    const answers = text.split(/\n\n/).filter((paragraph) => paragraph.startsWith('**'));
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((answer) => !answer.includes('<!-- test/'))).toEqual([]);
  });
});
