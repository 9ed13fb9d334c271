import { view } from '@forge/bridge';

/** What the page needs of a history: the path now, a way to change it, and word of changes. */
export interface PageHistory {
  readonly path: () => string;
  readonly push: (path: string) => void;
  readonly replace: (path: string) => void;
  readonly listen: (changed: () => void) => () => void;
}

/**
 * The history of the product, so that links and the back button work.
 * The configure page has no subpages and may refuse one: the page then remembers its path by itself.
 */
export async function openHistory(): Promise<PageHistory> {
  try {
    const history = await view.createHistory();
    return {
      path: () => history.location.pathname,
      push: (path) => history.push(path),
      replace: (path) => history.replace(path),
      // The bridge writes `location` in a listener of its own: read it after all of them.
      listen: (changed) => history.listen(() => queueMicrotask(changed)),
    };
  } catch {
    return createMemoryHistory('/connectors');
  }
}

/** A history that nobody else sees. */
export function createMemoryHistory(start: string): PageHistory {
  let now = start;
  const listeners = new Set<() => void>();
  const go = (path: string) => {
    now = path;
    listeners.forEach((listener) => listener());
  };
  return {
    path: () => now,
    push: go,
    replace: go,
    listen: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
