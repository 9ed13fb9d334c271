import { randomUUID } from 'node:crypto';
import { kvs } from '@forge/kvs';
import type { RunId } from '../domain/identity';
import { FenceLost } from '../domain/errors';
import type { WorkStore } from '../sync/ports';
import { deleteKey } from './delete-key';
import { checksOf } from './fences';
import { deletePieces, loadPieces, savePieces, type PieceHead } from './pieces';
import { saveChecked } from './records';

const headKey = (run: RunId, name: string) => `work:${run}:${name}`;

/** Large data of runs. A head names the version that counts; it changes only under the run's fence. */
export const workStore: WorkStore = {
  save: async (name, value, fence) => {
    const key = headKey(fence.runId, name);
    const before = await kvs.get<PieceHead>(key);
    const head = await savePieces(key, randomUUID(), value);
    const saved = await saveChecked({ key, value: head }, checksOf(fence), async () => {
      return (await kvs.get<PieceHead>(key))?.version === head.version;
    });
    if (!saved) {
      await deletePieces(key, head);
      throw new FenceLost(`${name} of a run that somebody else goes on with`);
    }
    if (before !== undefined) await deletePieces(key, before);
  },

  load: async <Value>(run: RunId, name: string) => {
    const key = headKey(run, name);
    const head = await kvs.get<PieceHead>(key);
    // The caller names what the same version of the app saved under this name.
    return head === undefined ? undefined : ((await loadPieces(key, head)) as Value);
  },

  delete: async (run, names) => {
    for (const name of names) {
      const key = headKey(run, name);
      const head = await kvs.get<PieceHead>(key);
      if (head === undefined) continue;
      await deleteKey(key);
      await deletePieces(key, head);
    }
  },
};
