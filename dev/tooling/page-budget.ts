import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { reportFindings, type Finding } from './findings';
import { projectRoot } from './project';

/** Limits in KiB of gzip. The goal of the first screen is 100; the build fails over the limits. */
export const limits = { firstScreen: 120, otherScreen: 160, lazyChunk: 80, wholeApp: 300 };

const firstScreen = 'src/connectors/connectors-screen.tsx';
const isScreen = (source: string): boolean => /^src\/.+-screen\.tsx$/.test(source);
// A screen with lazy tabs shows one of them at once.
const isTab = (source: string): boolean => /^src\/.+-tab\.tsx$/.test(source);

const chunk = v.object({
  file: v.string(),
  imports: v.optional(v.array(v.string()), []),
  dynamicImports: v.optional(v.array(v.string()), []),
  isEntry: v.optional(v.boolean(), false),
  css: v.optional(v.array(v.string()), []),
});

type Chunks = Readonly<Record<string, v.InferOutput<typeof chunk>>>;

export interface Part {
  readonly name: string;
  readonly kib: number;
  readonly limit: number;
}

/** The files that come with these sources: their own and whatever they import at once. */
function filesWith(chunks: Chunks, sources: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const follow = (source: string): void => {
    const found = chunks[source];
    if (seen.has(source) || found === undefined) return;
    seen.add(source);
    for (const file of [found.file, ...found.css]) files.add(file);
    found.imports.forEach(follow);
  };
  sources.forEach(follow);
  return files;
}

/** What a person has to load for each screen, the largest lazy chunk, and everything, in KiB of gzip. */
export function measurePage(dist: string): readonly Part[] {
  const text = fs.readFileSync(path.join(dist, '.vite', 'manifest.json'), 'utf8');
  const chunks: Chunks = v.parse(v.record(v.string(), chunk), JSON.parse(text));
  const size = (file: string): number => gzipSync(fs.readFileSync(path.join(dist, file))).length / 1024;
  const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + size(file), 0);

  const entries = Object.keys(chunks).filter((source) => chunks[source]?.isEntry);
  // With one style sheet for the whole page, it belongs to every screen.
  const styles = Object.keys(chunks).filter((source) => chunks[source]?.file.endsWith('.css'));
  const always = [...entries, ...styles];
  const tabsOf = (screen: string): readonly string[] =>
    (chunks[screen]?.dynamicImports ?? []).filter((source) => isTab(source));

  const screens = Object.keys(chunks)
    .filter(isScreen)
    .map((screen) => {
      const alone = [...always, screen];
      const shown = tabsOf(screen).map((tab) => sum(filesWith(chunks, [...alone, tab])));
      const kib = size('index.html') + Math.max(sum(filesWith(chunks, alone)), ...shown);
      return { name: screen, kib, limit: screen === firstScreen ? limits.firstScreen : limits.otherScreen };
    });
  // What the entry loads at once is counted with every screen.
  const atOnce = filesWith(chunks, entries);
  const lazy = Object.values(chunks)
    .filter(({ file }) => !atOnce.has(file) && file.endsWith('.js'))
    .map(({ file }) => ({ name: `chunk ${file}`, kib: size(file), limit: limits.lazyChunk }))
    .sort((a, b) => b.kib - a.kib);
  const all = new Set(['index.html', ...Object.values(chunks).flatMap(({ file, css }) => [file, ...css])]);
  return [...screens, ...lazy.slice(0, 3), { name: 'whole app', kib: sum(all), limit: limits.wholeApp }];
}

/** What of the built page is over its limit; also when the first screen cannot be told from the rest. */
export function checkPageBudget(parts: readonly Part[]): readonly Finding[] {
  const over = parts
    .filter(({ kib, limit }) => kib > limit)
    .map(({ name, kib, limit }) => `${name} takes ${kib.toFixed(1)} KiB of gzip, over the limit of ${limit}`);
  const unknown = parts.some(({ name }) => name === firstScreen) ? [] : [`the page has no chunk of ${firstScreen}`];
  return [...over, ...unknown].map((message) => ({ level: 'error', file: 'static/admin/dist', line: 1, message }));
}

if (require.main === module) {
  const parts = measurePage(process.argv[2] ?? path.join(projectRoot, 'static', 'admin', 'dist'));
  for (const { name, kib, limit } of parts) console.log(`${kib.toFixed(1).padStart(7)} of ${limit} KiB  ${name}`);
  reportFindings('page budget', checkPageBudget(parts));
}
