import { DirectoryError, FenceLost, SourceError, StorageFault } from '../domain/errors';
import type { Run, RunFailure } from '../domain/run';
import { OutOfBudget, type Log } from './ports';

/** Seconds before the next try of a step; after the last one the run fails. */
const patience: readonly number[] = [30, 60, 120, 300, 600];

export type Fate =
  | { readonly kind: 'fence-lost' }
  | { readonly kind: 'again'; readonly attempts: number; readonly delaySeconds: number }
  | { readonly kind: 'failed'; readonly failure: RunFailure };

/** What an error means for the run: the same checkpoint later, or the end. A bug ends it, logged without personal data. */
export function decideFate(error: unknown, run: Run, log: Log): Fate {
  if (error instanceof FenceLost) return { kind: 'fence-lost' };
  if (error instanceof OutOfBudget)
    return again(run, 0, { code: 'out-of-budget', message: 'One piece of work does not fit into an invocation.' });
  if (error instanceof StorageFault) return again(run, 0, { code: 'storage', message: error.message });
  if (error instanceof SourceError || error instanceof DirectoryError) {
    const failure = { code: error.code, message: error.message };
    if (error.fate === 'stop') return { kind: 'failed', failure };
    return again(run, Math.ceil((error.retryAfterMs ?? 0) / 1000), failure);
  }
  log.error('a run failed by a bug', { run: run.id, state: run.state, ...describeBug(error) });
  return {
    kind: 'failed',
    failure: {
      code: 'bug',
      message: 'Something unexpected happened; nothing more was changed. The log of the app names the place.',
    },
  };
}

function again(run: Run, atLeastSeconds: number, failure: RunFailure): Fate {
  const wait = patience[run.attempts];
  if (wait === undefined) return { kind: 'failed', failure };
  // The queue takes no longer delay than 900 seconds.
  const delaySeconds = Math.min(900, Math.max(wait, atLeastSeconds));
  return { kind: 'again', attempts: run.attempts + 1, delaySeconds };
}

/** The name and the first place of an error. Its message may hold data, so it stays out. */
function describeBug(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return { error: error.name, place: place?.trim() ?? 'unknown' };
}
