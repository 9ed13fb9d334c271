import * as v from 'valibot';
import { linkFunctions } from '../../../src/handlers/link-functions';
import { cutLinksFile } from '../../../static/admin/src/links/links-parts';
import { parseLinksFile } from '../../../static/admin/src/links/links-upload';
import { makeLinksFile } from '../fake-bridge/links';

const file = makeLinksFile('connector-0', 300);
const [account, ...others] = file.accounts;
const [group] = file.groups;
const withAccount = (change: object) => ({ ...file, accounts: [...others, { ...account, ...change }] });
const withGroup = (change: object) => ({ ...file, groups: [{ ...group, ...change }] });

describe('a chosen file', () => {
  it('of links is read as it was written, and the app takes it', () => {
    const parsed = parseLinksFile(JSON.stringify(file, undefined, 1));
    expect(parsed).toEqual(file);
    for (const part of cutLinksFile(parsed, 10_000)) {
      expect(() =>
        v.parse(linkFunctions.importLinks.payload, { connectorId: 'connector-0', file: part }),
      ).not.toThrow();
    }
  });

  it.each<[string, unknown, RegExp]>([
    ['holds settings', { version: 2, settings: {} }, /settings, not links: use Import settings/],
    ['holds something else', { rows: [] }, /holds no links/],
    ['holds a list', [1, 2], /holds no links/],
    ['holds nothing', null, /holds no links/],
    ['is of a later version', { ...file, version: 2 }, /another version/],
    ['has no accounts', { ...file, accounts: undefined }, /damaged, so nothing of it is taken/],
    ['has an account without a pair', withAccount({ accountId: '' }), /damaged at number 300 of its accounts/],
    ['has an account with a line end', withAccount({ user: 'a\nb' }), /damaged at number 300 of its accounts/],
    ['has a suspension without a time', withAccount({ suspendedAt: 'yesterday' }), /damaged at number 300/],
    ['has an unknown mode of a group', withGroup({ mode: 'all' }), /damaged at number 1 of its groups/],
    [
      'has more accounts than the app takes',
      { ...file, accounts: Array.from({ length: 100_001 }, () => account) },
      /more than 100,000/,
    ],
  ])('that %s is refused in words, whole', (_what, content, message) => {
    expect(() => parseLinksFile(JSON.stringify(content))).toThrow(message);
  });

  it.each([
    ['is no JSON', '<html>', /no JSON/],
    ['is empty', '', /no JSON/],
    ['is too large', ' '.repeat(60_000_001), /too large/],
  ])('that %s is refused before it is read', (_what, content, message) => {
    expect(() => parseLinksFile(content)).toThrow(message);
  });
});
