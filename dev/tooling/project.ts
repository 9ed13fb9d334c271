import fs from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json. */
export const projectRoot = path.resolve(__dirname, '../..');

/** The TypeScript files below a folder, sorted, as absolute paths. A folder that does not exist holds none. */
export function listTypeScript(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .filter((name) => !name.split(path.sep).some((part) => part === 'node_modules' || part === 'dist'))
    .map((name) => path.join(folder, name))
    .sort();
}

/** The line (from 1) where a text first holds `needle`; 1 when it does not. */
export function lineOf(text: string, needle: string): number {
  const at = text.indexOf(needle);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

/** Runs something that insists on the current folder, in that folder. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}
