import { randomUUID } from 'node:crypto';
import { StorageFault } from '../domain/errors';
import { deletePieces, loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';

const tries = 10;

/** A value of any size that several may change at once: a conditional row names the version of its pieces. `undefined`: there is none. */
export async function loadPieceRecord(key: string): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await loadRecord<PieceHead>(key);
    try {
      return stored === undefined ? undefined : await loadPieces(key, stored.value);
    } catch (error) {
      // Replaced while it was read.
      if (!(error instanceof StorageFault) || attempt === tries) throw error;
    }
  }
}

/**
 * Asks `next` again, with what lies there then, whenever somebody else saved in between. Says whether it is the first value.
 * Throws `StorageFault` when that never ends.
 */
export async function changePieceRecord(
  key: string,
  next: (before: unknown) => unknown,
): Promise<{ readonly first: boolean }> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await loadRecord<PieceHead>(key);
    const head = await savePieces(key, randomUUID(), await next(await loadPieceRecord(key)), smallLength);
    const saved =
      stored === undefined
        ? await createRecord(key, head)
        : await saveRecord({ key, value: head, ifFence: stored.fence, fence: stored.fence + 1 });
    if (!saved) {
      await deletePieces(key, head);
      continue;
    }
    if (stored !== undefined) await deletePieces(key, stored.value);
    return { first: stored === undefined };
  }
  throw new StorageFault('Too many people change this connector at once: reload the page and try again.');
}

export async function deletePieceRecord(key: string): Promise<void> {
  const stored = await loadRecord<PieceHead>(key);
  await deleteRecord(key);
  if (stored !== undefined) await deletePieces(key, stored.value);
}
