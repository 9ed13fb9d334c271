import { listAccessGroups } from '../../src/domain/access-groups';
import { mapPeople } from '../../src/domain/map-people';
import type { ConnectorSettings } from '../../src/domain/connector';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  groupScope,
  keycloakGroupId,
  links,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from './model';

const realm = source(
  [
    user('has', { groups: ['jira', 'twin'] }),
    user('lacks', { groups: ['jira'] }),
    user('other', { groups: ['jira'], email: 'by-mail@example.com' }),
    user('new', { groups: ['jira', 'twin'] }),
    user('off', { groups: ['jira'], enabled: false }),
    user('plain', { groups: ['plain'] }),
  ],
  ['jira', 'twin', 'plain', 'admins'].map((name) => sourceGroup(name, { path: `/${name}` })),
);

function list(more: Partial<ConnectorSettings> = {}) {
  const rules = { ...settings(), ...more };
  const input = planInput({
    source: realm,
    directory: directory(
      [
        directoryAccount('has', { groups: ['jira'] }),
        directoryAccount('lacks', { groups: ['plain'] }),
        directoryAccount('by-mail', { groups: ['wiki', 'else'] }),
      ],
      [
        directoryGroup('jira', { grantsAccess: ['jira', 'wiki'] }),
        directoryGroup('twin', { grantsAccess: ['jira'] }),
        directoryGroup('wiki', { grantsAccess: ['wiki'] }),
        directoryGroup('plain'),
        directoryGroup('admins', { grantsAccess: ['jira'], protectedBecause: 'The group grants administration.' }),
      ],
    ),
    links: links([accountLink('has'), accountLink('lacks')], [groupLink('jira'), groupLink('plain')]),
    settings: rules,
  });
  return listAccessGroups({ ...input, mapped: mapPeople(realm, rules) });
}

const jira = {
  sourceGroupId: keycloakGroupId('jira'),
  path: '/jira',
  name: 'jira',
  synced: true,
  people: 4,
  seats: [
    { product: 'jira', people: 3 },
    { product: 'wiki', people: 2 },
  ],
};
const twin = {
  sourceGroupId: keycloakGroupId('twin'),
  path: '/twin',
  name: 'twin',
  synced: false,
  people: 2,
  seats: [{ product: 'jira', people: 1 }],
};

describe('the groups that give product access', () => {
  it('are the synced ones and those that could be adopted, with members who do not have the product', () => {
    expect(list()).toEqual([jira, twin]);
  });

  it.each<[string, Partial<ConnectorSettings>, readonly unknown[]]>([
    [
      'leave out groups that are not chosen',
      { groups: { ...settings().groups, exclude: { groupIds: [keycloakGroupId('jira')], rules: [] } } },
      [twin],
    ],
    [
      'count people in scope alone',
      { scope: groupScope([keycloakGroupId('twin')], false) },
      [
        {
          ...jira,
          people: 2,
          seats: [
            { product: 'jira', people: 1 },
            { product: 'wiki', people: 1 },
          ],
        },
        twin,
      ],
    ],
  ])('%s', (_, more, expected) => {
    expect(list(more)).toEqual(expected);
  });
});
