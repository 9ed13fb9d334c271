import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { State } from './state';

/** The state that `saveState` wrote; undefined before the first time. */
export function loadState(file: string): State | undefined {
  // The file is the stand-in's own: nobody else writes it.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : undefined;
}

/** Writes the whole state, so that a crash leaves the old file or the new one. */
export function saveState(file: string, state: State): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
