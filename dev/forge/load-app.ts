import { createRequire } from 'node:module';

export type Handler = (...args: unknown[]) => unknown;

/** The production bundle, or handlers under the names that the manifest gives them. */
export type AppSource = { readonly bundlePath: string } | { readonly handlers: Readonly<Record<string, Handler>> };

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** The function that the manifest calls `file.export`. The bundle exports the members of `index`. */
export function loadHandler(app: AppSource, name: string, installed: { isLoading: boolean }): Handler {
  const member = name.slice(name.indexOf('.') + 1);
  const found =
    'handlers' in app ? (app.handlers[name] ?? app.handlers[member]) : loadBundle(app.bundlePath, installed)[member];
  if (!isHandler(found)) throw new Error(`The app has no handler ${name}.`);
  return found;
}

function loadBundle(path: string, installed: { isLoading: boolean }): Readonly<Record<string, unknown>> {
  installed.isLoading = true;
  try {
    const load = createRequire(path);
    return load(path) as Readonly<Record<string, unknown>>; // a CommonJS module
  } finally {
    installed.isLoading = false;
  }
}
