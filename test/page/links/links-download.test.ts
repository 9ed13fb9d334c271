import type { LinksPart } from '../../../src/domain/links-file';
import { nameLinksFile, readLinks } from '../../../static/admin/src/links/read-links';
import { makeLinksFile } from '../fake-bridge/links';

const file = makeLinksFile('connector-0', 90);

/** The file as the app gives it, forty accounts at a time. */
const part = (number: number, state = 'now'): LinksPart => ({
  ...file,
  accounts: file.accounts.slice(number * 40, number * 40 + 40),
  groups: number === 0 ? file.groups : [],
  parts: 3,
  state,
});

describe('an export of links', () => {
  it('puts the parts together, without the marks of travelling', async () => {
    expect(await readLinks((number) => Promise.resolve(part(number)))).toEqual(file);
  });

  it('gives no file when the links change meanwhile', async () => {
    const read = (number: number) => Promise.resolve(part(number, number === 2 ? 'later' : 'now'));
    await expect(readLinks(read)).rejects.toThrow('export them again');
  });

  it('is named after the connector', () => {
    expect(nameLinksFile('Acme Europe!')).toBe('links-acme-europe.json');
  });
});
