import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../dev/tooling/project';

/** A small project with the real manifest, for planting faults. */
export interface Planted {
  readonly folder: string;
  /** Replaces text in one of its files; throws when the text is not there, since then nothing was planted. */
  replace(file: string, from: string, to: string): void;
  write(file: string, text: string): void;
  remove(file: string): void;
  discard(): void;
}

const sources = [
  'export const resolver = async (): Promise<void> => Promise.resolve();',
  'export const scheduled = async (): Promise<void> => Promise.resolve();',
  'export const advance = async (): Promise<void> => Promise.resolve();',
  '',
].join('\n');

/** Makes a project without a fault in a temporary folder. */
export function plantProject(): Planted {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'planted-')));
  const at = (file: string): string => path.join(folder, file);
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(at(file)), { recursive: true });
    fs.writeFileSync(at(file), text);
  };
  for (const file of ['manifest.yml', 'package.json', 'tsconfig.json']) {
    fs.copyFileSync(path.join(projectRoot, file), at(file));
  }
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), at('node_modules'));
  write('src/index.ts', sources);
  write('static/admin/dist/index.html', '<!doctype html><title>page</title>');
  return {
    folder,
    replace: (file, from, to) => {
      const text = fs.readFileSync(at(file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
      fs.writeFileSync(at(file), text.replace(from, to));
    },
    write,
    remove: (file) => fs.rmSync(at(file), { recursive: true }),
    discard: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
