import { randomUUID } from 'node:crypto';
import { noChoices, type Choices } from '../domain/choices';
import { StorageFault } from '../domain/errors';
import type { ConnectorId } from '../domain/identity';
import type { GroupAdoption } from '../domain/link';
import { deletePieces, loadPieces, savePieces, smallLength, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord } from './records';
import { storage } from './storage';

const tries = 10;
const choicesKey = (connector: ConnectorId) => `choices:${connector}`;
/** Where adoptions lay before there were other choices. */
const adoptionsKey = (connector: ConnectorId) => `adoptions:${connector}`;

export async function loadChoices(connector: ConnectorId): Promise<Choices> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await loadRecord<PieceHead>(choicesKey(connector));
    try {
      return stored === undefined ? await loadOld(connector) : await loadWhole(connector, stored.value);
    } catch (error) {
      // Replaced while it was read.
      if (!(error instanceof StorageFault) || attempt === tries) throw error;
    }
  }
}

/** Asks `change` again whenever somebody else saved in between. @throws StorageFault when that never ends */
export async function changeChoices(connector: ConnectorId, change: (before: Choices) => Choices): Promise<void> {
  const key = choicesKey(connector);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await loadRecord<PieceHead>(key);
    const after = change(await loadChoices(connector));
    const head = await savePieces(key, randomUUID(), after, smallLength);
    const saved =
      stored === undefined
        ? await createRecord(key, head)
        : await saveRecord({ key, value: head, ifFence: stored.fence, fence: stored.fence + 1 });
    if (!saved) {
      await deletePieces(key, head);
      continue;
    }
    if (stored === undefined) await storage.delete(adoptionsKey(connector));
    else await deletePieces(key, stored.value);
    return;
  }
  throw new StorageFault('Too many people choose for this connector at once: reload the page and try again.');
}

export async function deleteChoices(connector: ConnectorId): Promise<void> {
  const stored = await loadRecord<PieceHead>(choicesKey(connector));
  await deleteRecord(choicesKey(connector));
  await storage.delete(adoptionsKey(connector));
  if (stored !== undefined) await deletePieces(choicesKey(connector), stored.value);
}

async function loadOld(connector: ConnectorId): Promise<Choices> {
  return { ...noChoices, adoptions: (await storage.get<readonly GroupAdoption[]>(adoptionsKey(connector))) ?? [] };
}

async function loadWhole(connector: ConnectorId, head: PieceHead): Promise<Choices> {
  // Written by `changeChoices`; a part that is younger than the record is empty.
  return { ...noChoices, ...((await loadPieces(choicesKey(connector), head)) as Partial<Choices>) };
}
