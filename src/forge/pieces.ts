import { StorageFault } from '../domain/errors';
import { decodePieces, encodePieces } from './codec';
import { storage } from './storage';

/** Pieces in one batch: 25 items and 4 MB are allowed. */
const batchSize = 15;

/** Where a value lies: under `prefix:<version>:<index>`, or in the head itself when it is small. */
export interface PieceHead {
  readonly version: string;
  readonly pieces: number;
  readonly inline?: string;
}

/** Characters that may lie in a head which is written as rarely as its value: one write instead of three. */
export const smallLength = 100_000;

const keyOf = (prefix: string, head: PieceHead, index: number) => `${prefix}:${head.version}:${index}`;

/** Writes a value under a new version, or takes it into the head up to `inlineLength`; nothing refers to it before its head is saved. */
export async function savePieces(
  prefix: string,
  version: string,
  value: unknown,
  inlineLength = 0,
): Promise<PieceHead> {
  const pieces = encodePieces(value);
  const [first, ...others] = pieces;
  if (first !== undefined && others.length === 0 && first.length <= inlineLength) {
    return { version, pieces: 0, inline: first };
  }
  const head = { version, pieces: pieces.length };
  for (let from = 0; from < pieces.length; from += batchSize) {
    const items = pieces
      .slice(from, from + batchSize)
      .map((piece, at) => ({ key: keyOf(prefix, head, from + at), value: piece }));
    const { failedKeys } = await storage.setAll(items);
    for (const { key } of failedKeys) {
      const item = items.find((each) => each.key === key);
      if (item !== undefined) await storage.set(item.key, item.value);
    }
  }
  return head;
}

/** Reads a large value. @throws StorageFault when a piece is missing */
export async function loadPieces(prefix: string, head: PieceHead): Promise<unknown> {
  if (head.inline !== undefined) return decodePieces([head.inline]);
  const pieces: string[] = [];
  for (let index = 0; index < head.pieces; index += 1) {
    const piece = await storage.get<string>(keyOf(prefix, head, index));
    if (piece === undefined) throw new StorageFault('A stored value is incomplete.');
    pieces.push(piece);
  }
  return decodePieces(pieces);
}

export async function deletePieces(prefix: string, head: PieceHead): Promise<void> {
  for (let from = 0; from < head.pieces; from += batchSize) {
    const count = Math.min(batchSize, head.pieces - from);
    await storage.deleteAll(Array.from({ length: count }, (_, at) => keyOf(prefix, head, from + at)));
  }
}
