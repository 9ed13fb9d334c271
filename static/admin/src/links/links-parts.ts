import type { LinksFile } from '../../../../src/domain/links-file';

/** Forge takes 500 KB in one call; some of it is the frame. */
export const mostBytes = 400_000;

const utf8 = new TextEncoder();
const sizeOf = (value: unknown): number => utf8.encode(JSON.stringify(value)).length + 1;

/** The file as parts that each fit into one call: itself where it is short, else first its accounts, then its groups. */
export function cutLinksFile(file: LinksFile, most = mostBytes): readonly LinksFile[] {
  if (sizeOf(file) <= most) return [file];
  return [
    ...cut(file.accounts, most).map((accounts) => ({ ...file, accounts, groups: [] })),
    ...cut(file.groups, most).map((groups) => ({ ...file, accounts: [], groups })),
  ];
}

function cut<Entry>(entries: readonly Entry[], most: number): readonly (readonly Entry[])[] {
  const parts: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const size = sizeOf(entry);
    if (size > room) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)?.push(entry);
    room -= size;
  }
  return parts;
}
