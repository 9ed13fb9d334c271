import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import type { RunId } from '../domain/identity';
import { FenceLost } from '../domain/errors';
import type { WorkStore } from '../sync/ports';
import { checksOf } from './fences';
import { deletePieces, loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { saveChecked } from './records';
import { storage } from './storage';

const headKey = (run: RunId, name: string) => `work:${run}:${name}`;

/** Large data of runs. A head names the version that counts; it changes only under the run's fence. */
export const workStore: WorkStore = {
  save: async (name, value, fence) => {
    const key = headKey(fence.runId, name);
    const before = await storage.get<PieceHead>(key);
    const head = await savePieces(key, randomUUID(), value, smallLength);
    const saved = await saveChecked({ key, value: head }, checksOf(fence), async () => {
      return (await storage.get<PieceHead>(key))?.version === head.version;
    });
    if (!saved) {
      await deletePieces(key, head);
      throw new FenceLost(`${name} of a run that somebody else goes on with`);
    }
    if (before !== undefined) await deletePieces(key, before);
  },

  load: async <Value>(run: RunId, name: string) => {
    const key = headKey(run, name);
    const head = await storage.get<PieceHead>(key);
    // The caller names what the same version of the app saved under this name.
    return head === undefined ? undefined : ((await loadPieces(key, head)) as Value);
  },

  delete: async (run, names) => {
    await pMap(names, (name) => deleteOne(headKey(run, name)), { concurrency: 16 });
  },
};

async function deleteOne(key: string): Promise<void> {
  const head = await storage.get<PieceHead>(key);
  if (head === undefined) return;
  await storage.delete(key);
  await deletePieces(key, head);
}
