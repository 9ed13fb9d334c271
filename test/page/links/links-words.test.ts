import { describeDoubts, describeImported, describeLinksFile } from '../../../static/admin/src/links/links-words';
import { makeLinksFile } from '../fake-bridge/links';

const file = makeLinksFile('connector-0', 200);
const acme = { name: 'Acme', realm: 'acme', host: 'keycloak.acme.example' };

describe('what a file of links holds', () => {
  it('is told with what needs care: suspensions, accounts of others, and what is taken from groups', () => {
    expect(describeLinksFile(file).map(({ label, value }) => [label, value])).toEqual([
      ['From connector', 'connector-0'],
      ['Keycloak', 'https://keycloak.acme.example/realms/acme'],
      ['Accounts', '200 accounts: 2 suspended by that connector, 4 owned by another connector'],
      ['Groups', '58 groups: 48 add only, 5 take over, 5 exact'],
    ]);
  });

  it('is told without details where there are none', () => {
    const nothing = describeLinksFile({ ...file, issuer: '', accounts: [], groups: [] });
    expect(nothing.map(({ value }) => value)).toEqual(['connector-0', 'Never read', '0 accounts', '0 groups']);
  });
});

describe('a second look at a file', () => {
  const plain = { issuer: file.issuer, groups: [] };

  it.each<[string, string, boolean]>([
    ['of the same realm', 'https://keycloak.acme.example/realms/acme', false],
    ['of the same realm below a path', 'https://keycloak.acme.example/auth/realms/acme', false],
    ['of a connector that never read', '', false],
    ['of another realm', 'https://keycloak.acme.example/realms/acme-europe', true],
    ['of a realm whose name ends alike', 'https://keycloak.acme.example/realms/not-acme', true],
    ['of another server', 'https://keycloak.elsewhere.example/realms/acme', true],
    ['of no address', 'acme', true],
  ])('is asked for a file %s: %s', (_which, issuer, doubted) => {
    const doubts = describeDoubts({ ...plain, issuer }, acme);
    expect(doubts).toEqual(doubted ? [expect.stringMatching(/^The file is of another realm or server/)] : []);
  });

  it.each<[number, readonly unknown[]]>([
    [0, []],
    [1, [expect.stringMatching(/^1 group was exact: it becomes so/)]],
    [3, [expect.stringMatching(/^3 groups were exact: they become so/)]],
  ])('says what %d exact groups mean', (count, doubts) => {
    const exact = file.groups.filter(({ mode }) => mode === 'exact').slice(0, count);
    expect(describeDoubts({ ...plain, groups: exact }, acme)).toEqual(doubts);
  });
});

it.each([
  [{ accounts: 0, groups: 0 }, 'nothing'],
  [{ accounts: 1, groups: 0 }, '1 account'],
  [{ accounts: 0, groups: 2 }, '2 groups'],
  [{ accounts: 1_200, groups: 1 }, '1,200 accounts and 1 group'],
])('what was imported of %j is told as "%s"', (taken, words) => {
  expect(describeImported(taken)).toBe(words);
});
