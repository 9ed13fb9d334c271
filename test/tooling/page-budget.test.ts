import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkPageBudget, measurePage } from '../../dev/tooling/page-budget';

interface Chunk {
  readonly kib: number;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const list = 'src/connectors/connectors-screen.tsx';
const editor = 'src/editor/editor-screen.tsx';

/** A built page whose files have about these sizes after compression: random bytes do not shrink. */
function buildPage(chunks: Readonly<Record<string, Chunk>>): string {
  const dist = fs.mkdtempSync(path.join(os.tmpdir(), 'page-'));
  const manifest = Object.fromEntries(
    Object.entries(chunks).map(([source, { kib, ...rest }], index) => {
      const file = `${index}.${source.endsWith('.css') ? 'css' : 'js'}`;
      fs.writeFileSync(path.join(dist, file), randomBytes(kib * 1024));
      return [source, { file, ...rest }];
    }),
  );
  fs.mkdirSync(path.join(dist, '.vite'));
  fs.writeFileSync(path.join(dist, '.vite', 'manifest.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(dist, 'index.html'), '');
  return dist;
}

const small: Readonly<Record<string, Chunk>> = {
  'index.html': { kib: 60, isEntry: true },
  'style.css': { kib: 10 },
  'shared.js': { kib: 10, imports: ['index.html'] },
  [list]: { kib: 10, imports: ['index.html', 'shared.js'] },
  [editor]: { kib: 20, imports: ['index.html', 'shared.js'], dynamicImports: ['src/editor/a-tab.tsx', 'src/menu.tsx'] },
  'src/editor/a-tab.tsx': { kib: 15 },
  'src/menu.tsx': { kib: 40 },
};

const measure = (chunks: Readonly<Record<string, Chunk>>) => {
  const dist = buildPage(chunks);
  try {
    return measurePage(dist);
  } finally {
    fs.rmSync(dist, { recursive: true });
  }
};

const problems = (chunks: Readonly<Record<string, Chunk>>): readonly string[] =>
  checkPageBudget(measure(chunks)).map(({ message }) => message.replace(/takes .*/, 'is too large'));

describe('the page budget', () => {
  it('counts with a screen its imports, the style sheet and its largest tab, but no menu that opens later', () => {
    const sizes = Object.fromEntries(measure(small).map(({ name, kib }) => [name, Math.round(kib)]));
    expect(sizes).toMatchObject({ [list]: 90, [editor]: 115, 'whole app': 165 });
  });

  it('accepts a page within its limits', () => {
    expect(problems(small)).toEqual([]);
  });

  it.each([
    ['the first screen', { ...small, 'style.css': { kib: 45 } }, [`${list} is too large`]],
    ['another screen', { ...small, 'src/editor/a-tab.tsx': { kib: 70 } }, [`${editor} is too large`]],
    ['a lazy chunk', { ...small, 'src/menu.tsx': { kib: 90 } }, ['chunk 6.js is too large']],
    [
      'everything together',
      { ...small, 'src/a.tsx': { kib: 70 }, 'src/b.tsx': { kib: 70 } },
      ['whole app is too large'],
    ],
  ])('refuses too much in %s', (_name, chunks, expected) => {
    expect(problems(chunks)).toEqual(expected);
  });

  it('refuses a page whose first screen it cannot find', () => {
    const rest = Object.fromEntries(Object.entries(small).filter(([source]) => source !== list));
    expect(problems(rest)).toEqual([`the page has no chunk of ${list}`]);
  });
});
