import { cutLinksFile, mostBytes } from '../../../static/admin/src/links/links-parts';
import { nothingSent, sendLinks, type Sent } from '../../../static/admin/src/links/send-links';
import { makeLinksFile } from '../fake-bridge/links';

/** What Forge takes in one call of the page: 500 KB. */
const forgeLimit = 500_000;
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('a file that is cut for travelling', () => {
  const wide = makeLinksFile('connector-0', 3_000);
  const umlauts = { ...wide, accounts: wide.accounts.map((each) => ({ ...each, email: 'ü'.repeat(200) })) };

  it.each([
    ['nothing', { ...makeLinksFile('connector-0', 0), groups: [] }, 1],
    ['what one call takes', makeLinksFile('connector-0', 1_842), 1],
    ['letters of two bytes', umlauts, 5],
    ['the most accounts', makeLinksFile('connector-0', 100_000), 28],
  ])('with %s travels whole, once, and in parts that Forge takes', (_what, file, parts) => {
    const cut = cutLinksFile(file);
    expect(cut).toHaveLength(parts);
    expect(cut.flatMap(({ accounts }) => accounts)).toEqual(file.accounts);
    expect(cut.flatMap(({ groups }) => groups)).toEqual(file.groups);
    expect(Math.max(...cut.map((part) => bytes({ connectorId: 'x'.repeat(128), file: part })))).toBeLessThan(
      forgeLimit,
    );
    expect(Math.max(...cut.map(({ accounts }) => bytes(accounts)))).toBeLessThanOrEqual(mostBytes + 2);
  });
});

describe('the parts of a file', () => {
  const parts = cutLinksFile(makeLinksFile('connector-0', 100), 5_000);
  const everything = { accounts: 100, groups: 58 };

  it('are sent one after another, and each is told of', async () => {
    const told: Sent[] = [];
    const take = async ({ accounts, groups }: (typeof parts)[number]) =>
      Promise.resolve({ accounts: accounts.length, groups: groups.length });
    const sent = await sendLinks(parts, nothingSent, take, (each) => told.push(each));
    expect(sent).toEqual({ done: parts.length, parts: parts.length, taken: everything });
    expect(told.map(({ done }) => done)).toEqual(parts.map((_part, index) => index + 1));
  });

  it.each([0, 1, parts.length - 1])('go on where a failure ended them: at part %d', async (broken) => {
    let last = nothingSent;
    const received: unknown[] = [];
    const send = (fails: boolean) =>
      sendLinks(
        parts,
        last,
        (part) => {
          if (fails && part === parts[broken]) return Promise.reject(new Error('The store does not answer.'));
          received.push(part);
          return Promise.resolve({ accounts: part.accounts.length, groups: part.groups.length });
        },
        (sent) => {
          last = sent;
        },
      );
    await expect(send(true)).rejects.toThrow('The store does not answer.');
    expect(last.done).toBe(broken);
    expect((await send(false)).taken).toEqual(everything);
    expect(received).toEqual(parts);
  });
});
