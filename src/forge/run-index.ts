import type { ConnectorId, RunId } from '../domain/identity';
import { isInquiry, type Run } from '../domain/run';
import { createRecord, loadRecord, saveRecord } from './records';

/** Runs that are kept at most, and for how long. */
const keptRuns = 300;
const keptMs = 90 * 24 * 3_600_000;
/** Answers to the page hold what was read about people, and nobody looks at them later. */
const keptInquiries = 20;
const keptInquiryMs = 24 * 3_600_000;
const tries = 10;
const key = 'run-index';

export interface IndexedRun {
  readonly id: RunId;
  readonly connectorId: ConnectorId;
  readonly kind: Run['kind'];
  readonly startedAt: number;
}

export interface RunIndex {
  /** Newest first. */
  readonly runs: readonly IndexedRun[];
  /** Runs that may not have ended. */
  readonly open: readonly RunId[];
}

const empty: RunIndex = { runs: [], open: [] };

export async function loadRunIndex(): Promise<RunIndex> {
  return (await loadRecord<RunIndex>(key))?.value ?? empty;
}

/** Adds a run and answers those that are too many or too old by now: their data may go. */
export async function addToRunIndex(run: IndexedRun): Promise<readonly IndexedRun[]> {
  let dropped: readonly IndexedRun[] = [];
  await changeIndex((index) => {
    const all = [run, ...index.runs.filter(({ id }) => id !== run.id)];
    const keep = (runs: readonly IndexedRun[], most: number, ms: number) =>
      runs.filter(
        ({ id, startedAt }, place) => index.open.includes(id) || (place < most && run.startedAt - startedAt < ms),
      );
    const kept = new Set([
      ...keep(
        all.filter(({ kind }) => !isInquiry(kind)),
        keptRuns,
        keptMs,
      ),
      ...keep(
        all.filter(({ kind }) => isInquiry(kind)),
        keptInquiries,
        keptInquiryMs,
      ),
    ]);
    dropped = all.filter((each) => !kept.has(each));
    return {
      runs: all.filter((each) => kept.has(each)),
      open: [...index.open.filter((id) => id !== run.id), run.id],
    };
  });
  return dropped;
}

export async function closeInRunIndex(id: RunId): Promise<void> {
  await changeIndex((index) => ({ ...index, open: index.open.filter((open) => open !== id) }));
}

async function changeIndex(change: (index: RunIndex) => RunIndex): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await loadRecord<RunIndex>(key);
    const value = change(stored?.value ?? empty);
    const saved =
      stored === undefined
        ? await createRecord(key, value)
        : await saveRecord({ key, value, ifFence: stored.fence, fence: stored.fence + 1 });
    if (saved) return;
  }
  throw new Error('the list of runs is written by too many at once');
}
