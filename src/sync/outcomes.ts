import pMap from 'p-map';
import type { RecentWrite } from '../domain/memory';
import type { ChangeOutcome, OutcomeCounts, Run } from '../domain/run';
import type { World } from './ports';
import { work } from './step';

/** What became of one change, by its key. */
export interface RecordedOutcome {
  readonly key: string;
  readonly outcome: ChangeOutcome;
  readonly message?: string;
  /** Of a refusal, for machines; see `Refusal`. */
  readonly code?: string;
}

/** The result of one batch, saved with the checkpoint behind it. */
export interface BatchRecord {
  readonly outcomes: readonly RecordedOutcome[];
  /** Confirmed writes, for a directory that is slow to show them. */
  readonly writes: readonly RecentWrite[];
}

export async function hasBatchRecord(world: World, run: Run, batch: number): Promise<boolean> {
  return (await world.work.load<BatchRecord>(run.id, work.outcomes(batch))) !== undefined;
}

/** Records of all batches that the run has ended. */
export async function loadBatchRecords(world: World, run: Run): Promise<readonly BatchRecord[]> {
  const records = await pMap(
    Array.from({ length: run.batchesDone }, (_, batch) => work.outcomes(batch)),
    (name) => world.work.load<BatchRecord>(run.id, name),
    { concurrency: 16 },
  );
  return records.filter((record) => record !== undefined);
}

export async function loadRunWrites(world: World, run: Run): Promise<readonly RecentWrite[]> {
  return (await loadBatchRecords(world, run)).flatMap((record) => record.writes);
}

const none: OutcomeCounts = {
  done: 0,
  already: 0,
  refused: 0,
  unconfirmed: 0,
  'not-approved': 0,
  'not-needed': 0,
  'not-reached': 0,
};

export function countOutcomes(outcomes: Iterable<RecordedOutcome>): OutcomeCounts {
  const counts = { ...none };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return counts;
}
