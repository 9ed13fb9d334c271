import { migrateStored } from '../domain/settings/migrate';
import type { ConnectorSettings } from '../domain/connector';
import type { RunId } from '../domain/identity';
import { isEnded, isInquiry, isResting, type Progress, type Run } from '../domain/run';
import { FenceLost, StorageFault } from '../domain/errors';
import type { RunStore } from '../sync/ports';
import { checksOf, runKey } from './fences';
import { loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';
import { addToRunIndex, closeInRunIndex, loadRunIndex, type IndexedRun } from './run-index';
import { storage } from './storage';
import { workStore } from './work-store';

const settingsKey = (id: RunId) => `run-settings:${id}`;
const progressKey = (id: RunId) => `run-progress:${id}`;
const cancelKey = (id: RunId) => `run-cancel:${id}`;

interface Beat {
  readonly at: number;
  readonly progress: Progress;
}

/** Runs as conditional rows; progress and the wish to cancel lie beside them, so that they never disturb a checkpoint. */
export const runStore: RunStore = {
  create: async (run, settings) => {
    const { id, connectorId, kind, startedAt } = run;
    const head = await savePieces(settingsKey(id), 'only', settings, smallLength);
    await storage.set(settingsKey(id), head);
    // Before the record: a run that exists is always one that the watchdog sees.
    const dropped = await addToRunIndex({ id, connectorId, kind, startedAt });
    await createRecord(runKey(id), run, run.fence);
    for (const old of dropped) await forget(old);
  },

  load: async (id) => {
    const stored = await loadRecord<Run>(runKey(id));
    if (stored === undefined) return undefined;
    const run = stored.value;
    if (isResting(run.state)) return run;
    const beat = await storage.get<Beat>(progressKey(id));
    return beat === undefined || beat.at < run.heartbeat
      ? run
      : { ...run, heartbeat: beat.at, progress: beat.progress };
  },

  loadSettings: async (id) => {
    const head = await storage.get<PieceHead>(settingsKey(id));
    // Saved by `create` from checked settings.
    return head === undefined
      ? undefined
      : migrateStored((await loadPieces(settingsKey(id), head)) as ConnectorSettings);
  },

  list: async (limit, connector) => {
    const { runs } = await loadRunIndex();
    const wanted = runs.filter(
      ({ kind, connectorId }) => !isInquiry(kind) && (connector ?? connectorId) === connectorId,
    );
    return loadAll(wanted.slice(0, limit).map(({ id }) => id));
  },

  listOpen: async () => {
    const runs = await loadAll((await loadRunIndex()).open);
    // Ended ones are left over from an invocation that was killed between the record and the index.
    for (const run of runs) if (isEnded(run.state)) await closeInRunIndex(run.id);
    return runs.filter((run) => !isEnded(run.state));
  },

  claim: async (id, step, now, until) => {
    const stored = await loadRecord<Run>(runKey(id));
    if (stored === undefined) return undefined;
    const before = stored.value;
    if (before.step !== step || isResting(before.state) || before.claimedUntil > now) return undefined;
    const run: Run = { ...before, fence: before.fence + 1, claimedUntil: until, heartbeat: now };
    const claimed = await saveRecord({ key: runKey(id), value: run, ifFence: stored.fence, fence: run.fence });
    if (!claimed) return undefined;
    return { run, fence: { runId: id, runFence: run.fence }, stale: before.claimedUntil > 0 };
  },

  save: async (run, fence) => {
    const [, ...others] = checksOf(fence);
    const write = { key: runKey(run.id), value: run, ifFence: fence.runFence, fence: run.fence };
    if (!(await saveRecord(write, { check: others }))) throw new FenceLost(`run ${run.id}`);
    if (isEnded(run.state)) await closeInRunIndex(run.id);
  },

  requestCancel: (id, by) => storage.set(cancelKey(id), by),
  cancelRequested: (id) => storage.get<string>(cancelKey(id)),
  beat: async (id, at, progress) => {
    try {
      await storage.set(progressKey(id), { at, progress });
    } catch (error) {
      // The run is worth more than its progress bar.
      if (!(error instanceof StorageFault)) throw error;
    }
  },
};

async function loadAll(ids: readonly RunId[]): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const id of ids) {
    const run = await runStore.load(id);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

/** Deletes what a run of long ago left: its report, its settings, its record. */
async function forget({ id }: IndexedRun): Promise<void> {
  const run = (await loadRecord<Run>(runKey(id)))?.value;
  if (run !== undefined) {
    const number = (length: number, name: string) => Array.from({ length }, (_, index) => `${name}-${index}`);
    await workStore.delete(id, [
      'plan',
      'done',
      'survey',
      'explanation',
      ...number(run.reportParts ?? 0, 'report'),
      // Gone when the run ended, unless it was cut off in that.
      ...['source-reading', 'source', 'directory-reading', 'directory', 'approved', 'cleared', 'batches'],
      ...['interrupted', 'inviting', ...number(run.batchesDone, 'outcomes')],
    ]);
  }
  for (const key of [settingsKey(id), `${settingsKey(id)}:only:0`, progressKey(id), cancelKey(id)])
    await storage.delete(key);
  await deleteRecord(runKey(id));
}
