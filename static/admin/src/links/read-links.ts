import type { LinksFile, LinksPart } from '../../../../src/domain/links-file';
import { nameFile } from '../download';

/**
 * Reads the links of a connector, part by part, as one file. @throws when they change in between: parts of two moments would miss
 * some of them.
 */
export async function readLinks(read: (part: number) => Promise<LinksPart>): Promise<LinksFile> {
  const { parts, state, ...file } = await read(0);
  const accounts = [...file.accounts];
  const groups = [...file.groups];
  for (let part = 1; part < parts; part += 1) {
    const next = await read(part);
    if (next.state !== state)
      throw new Error('A run changed the links meanwhile: export them again when it has ended.');
    accounts.push(...next.accounts);
    groups.push(...next.groups);
  }
  return { ...file, accounts, groups };
}

/** The name of the downloaded file, for example `links-acme.json`. */
export function nameLinksFile(connector: string): string {
  return nameFile(['links', connector.toLowerCase()], 'json');
}
