import { parseEmailDomain } from '../../../static/admin/src/editor/email-domain';
import { filterDirectoryGroups } from '../../../static/admin/src/editor/directory-group-choice';
import { filterGroups, findLostGroups, toggleId } from '../../../static/admin/src/editor/group-choice';
import { keepDraft, takeDraft } from '../../../static/admin/src/editor/kept-drafts';
import { defaultSettings } from '../../../src/domain/connector';

describe('typed e-mail domains', () => {
  it.each([
    [' Example.COM ', 'example.com'],
    ['@sub.example.com', 'sub.example.com'],
    ['ada@example.com', 'example.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['example', undefined],
    ['exam ple.com', undefined],
    ['*.example.com', undefined],
    ['example.com.', undefined],
    ['', undefined],
  ])('"%s" gives %s', (text, domain) => {
    expect(parseEmailDomain(text)).toBe(domain);
  });
});

describe('choosing groups', () => {
  const groups = [
    { id: 'b', path: '/sales/north', members: 3 },
    { id: 'a', path: '/engineering', members: 9 },
    { id: 'c', path: '/Sales', members: 5 },
  ];

  it('shows all groups by path', () => {
    expect(filterGroups(groups, '', undefined).map(({ path }) => path)).toEqual([
      '/engineering',
      '/Sales',
      '/sales/north',
    ]);
  });

  it('finds every word anywhere in the path, whatever its case', () => {
    expect(filterGroups(groups, 'NORTH sales', undefined).map(({ id }) => id)).toEqual(['b']);
  });

  it('shows only chosen ones on demand', () => {
    expect(filterGroups(groups, '', new Set(['a', 'gone'])).map(({ id }) => id)).toEqual(['a']);
  });

  it('names chosen groups that the realm no longer has', () => {
    expect(findLostGroups(groups, ['a', 'gone'])).toEqual(['gone']);
  });

  it('adds a group once and takes it out', () => {
    expect(toggleId(['a'], 'b', true)).toEqual(['a', 'b']);
    expect(toggleId(['a', 'b'], 'b', true)).toEqual(['a', 'b']);
    expect(toggleId(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});

describe('choosing Atlassian groups', () => {
  const group = (id: string, name: string) => ({ id, name, members: 1, grantsAccess: [] });
  const groups = [group('2', 'sales north'), group('1', 'Jira users'), group('3', 'Sales')];

  it.each([
    ['', undefined, ['1', '3', '2']],
    ['NORTH sales', undefined, ['2']],
    ['', ['2', 'gone'], ['2']],
    ['jira', ['2'], []],
  ])('"%s" among %j shows %j', (search, only, ids) => {
    const chosen = only === undefined ? undefined : new Set(only);
    expect(filterDirectoryGroups(groups, search, chosen).map(({ id }) => id)).toEqual(ids);
  });
});

describe('settings that were simulated unsaved', () => {
  it('come back once, with what was typed to confirm them', () => {
    keepDraft('once', { revision: 4, draft: defaultSettings, confirmation: 'remove' });
    expect(takeDraft('once', 4)).toEqual({ revision: 4, draft: defaultSettings, confirmation: 'remove' });
    expect(takeDraft('once', 4)).toBeUndefined();
  });

  it('do not come back over what somebody saved since', () => {
    keepDraft('outdated', { revision: 4, draft: defaultSettings, confirmation: 'remove' });
    expect(takeDraft('outdated', 5)).toBeUndefined();
  });
});
