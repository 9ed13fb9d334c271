import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { listTypeScript, projectRoot } from './project';

const pageFolder = path.join(projectRoot, 'static', 'admin');

/** Where the built page lies: the folder that the manifest names. */
export const builtPage = path.join(pageFolder, 'dist');

function isFresh(): boolean {
  const file = path.join(builtPage, 'index.html');
  if (!fs.existsSync(file)) return false;
  const built = fs.statSync(file).mtimeMs;
  const styles = fs
    .readdirSync(path.join(pageFolder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => path.join(pageFolder, 'src', name));
  const sources = [...listTypeScript(pageFolder), ...styles, path.join(projectRoot, 'package-lock.json')];
  return sources.every((source) => fs.statSync(source).mtimeMs < built);
}

/** The folder of the built page, built in a process of its own when it is missing or older than its sources. */
export async function ensurePage(): Promise<string> {
  if (!isFresh()) {
    const vite = path.join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
    const config = path.join(pageFolder, 'vite.config.mts');
    await promisify(execFile)(process.execPath, [vite, 'build', pageFolder, '--config', config, '--logLevel', 'warn'], {
      cwd: projectRoot,
      // Whoever asks, a test runner too: the page is built for production.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  }
  return builtPage;
}
