import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { getNodeBundler } from '@forge/bundler';
import { listTypeScript, inFolder, projectRoot } from './project';

const silent = (): void => undefined;
const logger = {
  traceEnabled: false,
  debugEnabled: false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: (message: string) => console.warn(message),
  error: (error: Error) => console.error(error.message),
};

// Of the real bundle only the platform's own wrapper is left out: it comes from Atlassian's servers.
const noWrapper = async () => Promise.resolve({ script: '', source: 'none', version: 'none' });

/** Where a project's bundle lies. */
export function bundleFile(folder: string = projectRoot): string {
  return path.join(folder, 'dist', 'bundle', 'index.cjs');
}

/**
 * Builds what `forge deploy` uploads, with Forge's own bundler, and gives the path of its index.cjs.
 * TypeScript errors reject. Not inside Jest: the bundler wants the main module of a program; see `ensureBundle`.
 */
export async function buildBundle(folder: string = projectRoot): Promise<string> {
  const bundler = getNodeBundler(
    logger,
    { getNodeRuntimeWrapper: noWrapper, getNodeRuntimeLoader: noWrapper },
    // The bundler reads `app.package` alone, which the manifest does not have.
    { readConfig: async () => Promise.resolve({ app: { id: '', runtime: { name: 'nodejs24.x' } } }) },
  );
  const entryPoints = [{ name: 'index', path: './src/index.ts' }];
  const { outputDir } = await inFolder(folder, () => bundler.bundle({ appDirectory: folder, entryPoints }));
  const target = path.dirname(bundleFile(folder));
  fs.mkdirSync(target, { recursive: true });
  // Each file appears whole: test files that run side by side may build and read at the same moment.
  for (const name of ['index.cjs.map', 'index.cjs']) {
    const fresh = path.join(target, `${name}.${process.pid}`);
    fs.copyFileSync(path.join(outputDir, name), fresh);
    fs.renameSync(fresh, path.join(target, name));
  }
  fs.rmSync(outputDir, { recursive: true });
  return bundleFile(folder);
}

function isFresh(folder: string): boolean {
  const file = bundleFile(folder);
  if (!fs.existsSync(file)) return false;
  const built = fs.statSync(file).mtimeMs;
  const sources = [...listTypeScript(path.join(folder, 'src')), path.join(folder, 'package-lock.json')];
  return sources.every((source) => fs.statSync(source).mtimeMs < built);
}

/** The path of the project's bundle, built in a process of its own when it is missing or older than src/. */
export async function ensureBundle(): Promise<string> {
  if (!isFresh(projectRoot)) {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', __filename], { cwd: projectRoot });
  }
  return bundleFile();
}

if (require.main === module) {
  buildBundle(process.argv[2] ?? projectRoot).then(
    (file) => console.log(`bundle: ${file} (${Math.round(fs.statSync(file).size / 1024)} KiB)`),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
