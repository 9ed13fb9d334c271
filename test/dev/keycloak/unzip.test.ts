import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { unzip } from '../../../dev/keycloak/unzip';
import { makeFolder } from './fake-server';

interface Item {
  readonly name: string;
  readonly content: string;
  readonly packed?: boolean;
  readonly mode?: number;
}

/** A zip file in memory: local headers with contents, then the directory, then its end. */
function zipOf(items: readonly Item[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, packed = false, mode = 0o644 } of items) {
    const data = packed ? deflateRawSync(Buffer.from(content)) : Buffer.from(content);
    const title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(title.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt32LE((0o100000 | mode) * 0x10000, 38);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, title);
    locals.push(local, title, data);
    offset += local.length + title.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(items.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

async function unpack(content: Buffer): Promise<string> {
  const folder = await makeFolder('unzip');
  await writeFile(join(folder, 'file.zip'), content);
  await unzip(join(folder, 'file.zip'), join(folder, 'out'));
  return join(folder, 'out');
}

describe('unzip', () => {
  it('writes stored, packed and empty files with their folders, and keeps the executable bit', async () => {
    const out = await unpack(
      zipOf([
        { name: 'server/', content: '' },
        { name: 'server/bin/kc.sh', content: 'echo start\n', packed: true, mode: 0o755 },
        { name: 'server/README.md', content: 'plain' },
        { name: 'server/empty', content: '' },
      ]),
    );
    expect(await readFile(join(out, 'server/bin/kc.sh'), 'utf8')).toBe('echo start\n');
    expect(await readFile(join(out, 'server/README.md'), 'utf8')).toBe('plain');
    expect(await readFile(join(out, 'server/empty'), 'utf8')).toBe('');
    expect((await stat(join(out, 'server/bin/kc.sh'))).mode & 0o111).toBe(0o111);
    expect((await stat(join(out, 'server/README.md'))).mode & 0o111).toBe(0);
  });

  it.each([
    ['a name that points outside', zipOf([{ name: '../outside', content: 'x' }]), 'points outside'],
    ['something else than a zip file', Buffer.from('<html>not found</html>'), 'This is no zip file'],
    ['a file that ends too early', zipOf([{ name: 'a', content: 'b' }]).subarray(5), 'damaged'],
  ])('refuses %s', async (_, content, message) => {
    await expect(unpack(content)).rejects.toThrow(message);
  });
});
