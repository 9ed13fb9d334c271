import { countLinkParts, linksInPart, writeLinksFile } from '../../src/domain/links-file';
import { accountLink, groupLink, links } from './model';

const people = (count: number) => Array.from({ length: count }, (_, index) => accountLink(`person-${index}`));

describe('a file of links', () => {
  it.each<[string, number, number, number]>([
    ['nothing', 0, 0, 1],
    ['what fills one answer', linksInPart, 2, 1],
    ['one account more', linksInPart + 1, 2, 2],
    ['more groups than accounts', 1, linksInPart + 1, 2],
  ])('of %s travels in parts that hold everything once', (_what, accounts, groups, parts) => {
    const all = links(
      people(accounts),
      Array.from({ length: groups }, (_, index) => groupLink(`group-${index}`)),
    );
    expect(countLinkParts(all)).toBe(parts);
    const files = Array.from({ length: parts }, (_, part) => writeLinksFile(all, part));
    expect(files.flatMap((file) => file.accounts.map(({ user }) => user))).toEqual(
      all.accounts.map(({ sourceUserId }) => sourceUserId),
    );
    expect(files.flatMap((file) => file.groups.map(({ groupId }) => groupId))).toEqual(
      all.groups.map(({ groupId }) => groupId),
    );
    expect(Math.max(...files.map((file) => JSON.stringify(file).length))).toBeLessThan(5_000_000);
  });
});
