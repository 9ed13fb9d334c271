import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

async function share(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    // Another file system, or one without hard links.
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

/**
 * Copies a folder. Files below one of the `shared` folders, which nobody writes to, are hard links where that is
 * possible; everything else is a copy of its own.
 */
export async function copyTree(from: string, to: string, shared: readonly string[]): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true, recursive: true });
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    const source = join(entry.parentPath, entry.name);
    const path = relative(from, source);
    const target = join(to, path);
    if (entry.isDirectory()) await mkdir(target, { recursive: true });
    else if (shared.some((folder) => path.startsWith(folder + sep))) await share(source, target);
    else await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
}
