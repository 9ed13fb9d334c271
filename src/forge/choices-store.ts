import { noChoices, type Choices } from '../domain/choices';
import type { ConnectorId } from '../domain/identity';
import type { GroupAdoption } from '../domain/link';
import { changePieceRecord, deletePieceRecord, loadPieceRecord } from './piece-record';
import { storage } from './storage';

const choicesKey = (connector: ConnectorId) => `choices:${connector}`;
/** Where adoptions lay before there were other choices. */
const adoptionsKey = (connector: ConnectorId) => `adoptions:${connector}`;

export async function loadChoices(connector: ConnectorId): Promise<Choices> {
  return toChoices(connector, await loadPieceRecord(choicesKey(connector)));
}

/** Asks `change` again whenever somebody else saved in between. @throws StorageFault when that never ends */
export async function changeChoices(connector: ConnectorId, change: (before: Choices) => Choices): Promise<void> {
  const { first } = await changePieceRecord(choicesKey(connector), async (before) =>
    change(await toChoices(connector, before)),
  );
  if (first) await storage.delete(adoptionsKey(connector));
}

export async function deleteChoices(connector: ConnectorId): Promise<void> {
  await deletePieceRecord(choicesKey(connector));
  await storage.delete(adoptionsKey(connector));
}

async function toChoices(connector: ConnectorId, stored: unknown): Promise<Choices> {
  if (stored === undefined) {
    return { ...noChoices, adoptions: (await storage.get<readonly GroupAdoption[]>(adoptionsKey(connector))) ?? [] };
  }
  // Written by `changeChoices`; a part that is younger than the record is empty.
  return { ...noChoices, ...(stored as Partial<Choices>) };
}
