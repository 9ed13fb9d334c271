import { gunzipSync, gzipSync } from 'node:zlib';

/** Characters of one stored piece: below the 240 KiB of a value, and fifteen fit into one batch of 4 MB. */
const pieceLength = 200_000;

/** Plain data as compressed text, cut to the size of a stored value. */
export function encodePieces(value: unknown): readonly string[] {
  const text = gzipSync(JSON.stringify(value)).toString('base64');
  return Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength),
  );
}

/** The data that these pieces were made of. */
export function decodePieces(pieces: readonly string[]): unknown {
  const parsed: unknown = JSON.parse(gunzipSync(Buffer.from(pieces.join(''), 'base64')).toString('utf8'));
  return parsed;
}
