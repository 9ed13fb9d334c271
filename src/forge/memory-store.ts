import { randomUUID } from 'node:crypto';
import type { ConnectorId } from '../domain/identity';
import type { ConnectorMemory } from '../domain/memory';
import { FenceLost } from '../domain/errors';
import type { MemoryStore, ScheduledStart } from '../sync/ports';
import { checksOf } from './fences';
import { deletePieces, loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';

const memoryKey = (connector: ConnectorId) => `memory:${connector}`;
const scheduledKey = (connector: ConnectorId) => `scheduled:${connector}`;
const empty: ConnectorMemory = { deprovisioned: [], recent: [] };

/** What connectors remember: a conditional row that names the version of the pieces. */
export const memoryStore: MemoryStore = {
  load: async (connector) => {
    const stored = await loadRecord<PieceHead | null>(memoryKey(connector));
    if (stored?.value == null) return empty;
    // Written by `save` from a memory.
    return (await loadPieces(memoryKey(connector), stored.value)) as ConnectorMemory;
  },

  save: async (connector, memory, fence) => {
    const key = memoryKey(connector);
    if ((await loadRecord(key)) === undefined) await createRecord(key, null);
    const before = await loadRecord<PieceHead | null>(key);
    const head = await savePieces(key, randomUUID(), memory, smallLength);
    const at = before?.fence ?? 0;
    if (!(await saveRecord({ key, value: head, ifFence: at, fence: at + 1 }, { check: checksOf(fence) }))) {
      await deletePieces(key, head);
      throw new FenceLost(`memory of ${connector}`);
    }
    if (before?.value != null) await deletePieces(key, before.value);
  },

  loadScheduledStart: async (connector) => (await loadRecord<ScheduledStart>(scheduledKey(connector)))?.value,

  claimScheduledStart: async (connector, before, start) => {
    const key = scheduledKey(connector);
    const stored = await loadRecord<ScheduledStart>(key);
    if (stored?.value.runId !== before?.runId) return false;
    return stored === undefined
      ? createRecord(key, start)
      : saveRecord({ key, value: start, ifFence: stored.fence, fence: stored.fence + 1 });
  },
};

/** Deletes what a connector remembers. */
export async function deleteMemory(connector: ConnectorId): Promise<void> {
  const head = (await loadRecord<PieceHead | null>(memoryKey(connector)))?.value;
  await deleteRecord(memoryKey(connector));
  await deleteRecord(scheduledKey(connector));
  if (head != null) await deletePieces(memoryKey(connector), head);
}
