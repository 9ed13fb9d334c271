import { randomUUID } from 'node:crypto';
import type { ConnectorId } from '../domain/identity';
import type { SettingsHistory } from '../domain/settings-history';
import { StorageFault } from '../domain/errors';
import { deletePieces, loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';

const tries = 10;
const keyOf = (connector: ConnectorId) => `settings-history:${connector}`;

/** What was saved in each connector's settings: a conditional row that names the version of the pieces. */
export const settingsHistoryStore = {
  load: async (connector: ConnectorId): Promise<SettingsHistory> => {
    for (let attempt = 1; ; attempt += 1) {
      const stored = await loadRecord<PieceHead>(keyOf(connector));
      try {
        return await loadWhole(connector, stored?.value);
      } catch (error) {
        // Replaced while it was read.
        if (!(error instanceof StorageFault) || attempt === tries) throw error;
      }
    }
  },

  /** Asks `next` again whenever somebody else saved in between. @throws StorageFault when that never ends */
  change: async (connector: ConnectorId, next: (before: SettingsHistory) => SettingsHistory): Promise<void> => {
    const key = keyOf(connector);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const stored = await loadRecord<PieceHead>(key);
      const head = await savePieces(key, randomUUID(), next(await loadWhole(connector, stored?.value)), smallLength);
      const saved =
        stored === undefined
          ? await createRecord(key, head)
          : await saveRecord({ key, value: head, ifFence: stored.fence, fence: stored.fence + 1 });
      if (!saved) {
        await deletePieces(key, head);
        continue;
      }
      if (stored !== undefined) await deletePieces(key, stored.value);
      return;
    }
    throw new StorageFault('Too many people save this connector at once: reload the page.');
  },
};

export async function deleteSettingsHistory(connector: ConnectorId): Promise<void> {
  const stored = await loadRecord<PieceHead>(keyOf(connector));
  await deleteRecord(keyOf(connector));
  if (stored !== undefined) await deletePieces(keyOf(connector), stored.value);
}

async function loadWhole(connector: ConnectorId, head: PieceHead | undefined): Promise<SettingsHistory> {
  // Written by `change` from a history.
  return head === undefined ? [] : ((await loadPieces(keyOf(connector), head)) as SettingsHistory);
}
