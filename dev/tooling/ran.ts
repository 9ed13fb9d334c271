import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from './project';

// Test files run in processes of their own, so what they started is told through a file.
const file = path.join(projectRoot, '.cache', 'ran.txt');

/** Remembers a program that the tests really started, for the last lines of `npm test`. */
export function noteRan(program: 'Keycloak' | 'Chromium', version: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, `${program} ${version}\n`);
}
