import { randomUUID } from 'node:crypto';
import type { ConnectorId } from '../domain/identity';
import { applyLinkEntries, type LinkEntry, type Links } from '../domain/link';
import { FenceLost, StorageFault } from '../domain/errors';
import type { Fence, LinkStore } from '../sync/ports';
import { changeChoices, deleteChoices, loadChoices } from './choices-store';
import { checksOf } from './fences';
import { deletePieces, loadPieces, savePieces, type PieceHead } from './pieces';
import { createRecord, deleteRecord, loadRecord, saveRecord, type Stored } from './records';
import { storage } from './storage';

/** Entries in one piece of the journal, and their bytes: below the 240 KiB of a value. */
const entriesPerPiece = 250;
const bytesPerPiece = 200_000;
/** From so many journal pieces on they are folded into the base. */
const longJournal = 8;
const tries = 3;

/** What counts: a compressed base, and the journal pieces 0 … `journal - 1` of its generation, in order. */
interface Head {
  readonly issuer: string;
  readonly generation: number;
  readonly journal: number;
  readonly base?: PieceHead;
}

const headKey = (connector: ConnectorId) => `links:${connector}`;
const journalKey = (connector: ConnectorId, head: Head, piece: number) =>
  `links:${connector}:journal:${head.generation}:${piece}`;

/** Links as a base with a journal: a write costs what it adds, and a cut-off one leaves what was before. */
export const linkStore: LinkStore = {
  load: async (connectorId, issuer) => {
    for (let attempt = 1; ; attempt += 1) {
      const stored = await loadRecord<Head>(headKey(connectorId));
      if (stored === undefined) return { connectorId, issuer, accounts: [], groups: [] };
      try {
        return await loadLinks(connectorId, stored.value);
      } catch (error) {
        // A reader without a lease may see a head whose pieces are folded away a moment later.
        if (!(error instanceof StorageFault) || attempt === tries) throw error;
      }
    }
  },

  append: async (connector, issuer, entries, fence) => {
    for (const value of cutEntries(entries)) {
      const stored = await openHead(connector, issuer);
      const piece = { key: journalKey(connector, stored.value, stored.value.journal), value };
      const head: Head = { ...stored.value, journal: stored.value.journal + 1 };
      await saveHead(connector, stored, head, fence, piece);
    }
  },

  compact: async (connector, fence) => {
    const stored = await loadRecord<Head>(headKey(connector));
    if (stored === undefined || stored.value.journal < longJournal) return;
    const before = stored.value;
    const links = await loadLinks(connector, before);
    const base = await savePieces(headKey(connector), randomUUID(), links);
    await saveHead(
      connector,
      stored,
      { issuer: before.issuer, generation: before.generation + 1, journal: 0, base },
      fence,
    );
    if (before.base !== undefined) await deletePieces(headKey(connector), before.base);
    for (let piece = 0; piece < before.journal; piece += 1) await storage.delete(journalKey(connector, before, piece));
  },

  saveIssuer: async (connector, issuer, fence) => {
    const stored = await loadRecord<Head>(headKey(connector));
    if (stored === undefined || stored.value.issuer === issuer) return;
    await saveHead(connector, stored, { ...stored.value, issuer }, fence);
  },

  loadChoices,
  changeChoices,
};

/** Deletes all links of a connector, and what administrators chose for it. */
export async function deleteLinks(connector: ConnectorId): Promise<void> {
  const head = (await loadRecord<Head>(headKey(connector)))?.value;
  await deleteRecord(headKey(connector));
  await deleteChoices(connector);
  if (head?.base !== undefined) await deletePieces(headKey(connector), head.base);
  for (let piece = 0; piece < (head?.journal ?? 0); piece += 1) {
    await storage.delete(`${headKey(connector)}:journal:${head?.generation ?? 0}:${piece}`);
  }
}

/** Most links are short; a person in many required groups makes a long one. */
function cutEntries(entries: readonly LinkEntry[]): readonly (readonly LinkEntry[])[] {
  const pieces: LinkEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry)) + 1;
    const piece = pieces.at(-1);
    if (piece === undefined || piece.length === entriesPerPiece || bytes + size > bytesPerPiece) {
      pieces.push([entry]);
      bytes = size;
    } else {
      piece.push(entry);
      bytes += size;
    }
  }
  return pieces;
}

async function loadLinks(connectorId: ConnectorId, head: Head): Promise<Links> {
  const none: Links = { connectorId, issuer: head.issuer, accounts: [], groups: [] };
  // The base was written by `compact` from links.
  const base = head.base === undefined ? none : ((await loadPieces(headKey(connectorId), head.base)) as Links);
  const entries: LinkEntry[] = [];
  for (let piece = 0; piece < head.journal; piece += 1) {
    const more = await storage.get<LinkEntry[]>(journalKey(connectorId, head, piece));
    if (more === undefined) throw new StorageFault('A piece of the journal of links is missing.');
    entries.push(...more);
  }
  // The head alone says for which issuer the links count now.
  return { ...applyLinkEntries(base, entries), issuer: head.issuer };
}

async function openHead(connector: ConnectorId, issuer: string): Promise<Stored<Head>> {
  const stored = await loadRecord<Head>(headKey(connector));
  if (stored !== undefined) return stored;
  // Whoever creates it, an empty head is the same.
  await createRecord(headKey(connector), { issuer, generation: 0, journal: 0 } satisfies Head);
  return openHead(connector, issuer);
}

async function saveHead(
  connector: ConnectorId,
  before: Stored<Head>,
  head: Head,
  fence: Fence,
  piece?: { readonly key: string; readonly value: readonly LinkEntry[] },
): Promise<void> {
  const saved = await saveRecord(
    { key: headKey(connector), value: head, ifFence: before.fence, fence: before.fence + 1 },
    { check: checksOf(fence), ...(piece === undefined ? {} : { set: [piece] }) },
  );
  if (!saved) throw new FenceLost(`links of ${connector}`);
}
