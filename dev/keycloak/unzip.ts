import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

// Written here because neither `unzip` nor `jar` (part of the JDK, not of a Java runtime) can be relied on, and both
// lose or need care with the executable bit. Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const longestEnd = 22 + 0xffff;
const saturated = 0xffffffff;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly mode: number;
  readonly offset: number;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('The zip file ends too early.');
  return buffer;
}

async function readEntries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await readBytes(file, Math.max(0, size - longestEnd), Math.min(size, longestEnd));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.readUInt32LE(end) !== endOfDirectory) throw new Error('This is no zip file.');
  const count = tail.readUInt16LE(end + 10);
  const directory = await readBytes(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== directoryEntry) throw new Error('The zip directory is damaged.');
    const nameLength = directory.readUInt16LE(at + 28);
    const entry = {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    };
    if (entry.packedSize === saturated || entry.offset === saturated) throw new Error('Zip64 is not supported.');
    entries.push(entry);
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function writeEntry(file: FileHandle, zip: string, entry: Entry, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const header = await readBytes(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  // A stream of no bytes cannot be asked for by its last byte.
  const packed =
    entry.packedSize === 0 ? Readable.from([]) : createReadStream(zip, { start, end: start + entry.packedSize - 1 });
  if (entry.method === 0) await pipeline(packed, createWriteStream(target));
  else if (entry.method === 8) await pipeline(packed, createInflateRaw(), createWriteStream(target));
  else throw new Error(`The zip file packs ${entry.name} with method ${entry.method}, which is not supported.`);
  if ((entry.mode & 0o111) !== 0) await chmod(target, 0o755);
}

/** Unpacks a zip file below `folder` and keeps executable bits. Refuses names that point outside of the folder. */
export async function unzip(zip: string, folder: string): Promise<void> {
  const file = await open(zip);
  try {
    for (const entry of await readEntries(file)) {
      const target = normalize(join(folder, entry.name));
      if (!target.startsWith(normalize(folder) + sep)) throw new Error(`The zip file points outside: ${entry.name}`);
      if (entry.name.endsWith('/')) await mkdir(target, { recursive: true });
      else await writeEntry(file, zip, entry, target);
    }
  } finally {
    await file.close();
  }
}
