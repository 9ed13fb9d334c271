import { call } from '../app-calls';
import { downloadText } from '../download';
import { nameLinksFile, readLinks } from './read-links';

/** Hands the links of a connector to the browser as a file. */
export async function downloadLinks({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
  const file = await readLinks((part) => call('exportLinks', { connectorId: id, part }));
  downloadText(nameLinksFile(name), JSON.stringify(file, undefined, 1));
}
