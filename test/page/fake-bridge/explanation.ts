import { groupScope } from '../../domain/model';
import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { connectorId } from '../../../src/domain/identity';
import { standardMapping, type MappingRow } from '../../../src/domain/mapping-row';
import { explain } from '../../../src/domain/explain';
import { nothingForeign } from '../../../src/domain/foreign';
import type { Explanation } from '../../../src/domain/explanation';
import {
  account as accountOf,
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  issuer,
  keycloakGroupId,
  links,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
} from '../../domain/model';

// Rows and rules that there is something to see of.
const mapping: readonly MappingRow[] = [
  ...standardMapping,
  {
    attribute: 'nickname',
    templates: ['${email}'],
    values: { kind: 'first' },
    transformations: [
      { kind: 'strip-email-domain' },
      { kind: 'replace', search: '.', replacement: ' ' },
      { kind: 'regex', pattern: '^(\\w)', replacement: 'The $1' },
    ],
    otherwise: 'as-is',
  },
  {
    attribute: 'department',
    templates: ['${department}'],
    values: { kind: 'first' },
    transformations: [{ kind: 'trim' }],
    otherwise: 'ignore',
  },
];
const groups = {
  ...defaultSettings.groups,
  exclude: { groupIds: [], rules: [{ of: 'path', test: 'prefix', text: '/teams/research' } as const] },
  naming: {
    from: 'path',
    separator: '.',
    prefix: 'kc-',
    transformations: [{ kind: 'replace', search: 'teams.', replacement: '' }],
  } as const,
};

/**
 * What the app answers about a few people, each with another way through the plan: keiko changes, ada is disabled, olaf left the
 * scope, nina is new and not listed, mara has no usable address, gus has an account of another connector; `twin@acme.example` has two hits, and nobody else is known.
 */
export function makeExplanation(asked: string, given?: ConnectorSettings): Explanation {
  const scope = groupScope([keycloakGroupId('staff')], true);
  const person = (name: string, last: string, more: Parameters<typeof user>[1] = {}) =>
    user(name, {
      firstName: name.charAt(0).toUpperCase() + name.slice(1),
      lastName: last,
      email: `${name}@acme.example`,
      ...more,
    });
  const account = (name: string, last: string, groups: readonly string[]) =>
    directoryAccount(name, {
      email: `${name}@acme.example`,
      name: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${last}`,
      groups,
    });
  const link = (name: string) => accountLink(name, { email: `${name}@acme.example` });
  const crowd = Array.from({ length: 14 }, (_, index) => `colleague-${index}`);
  const input = planInput({
    source: source(
      [
        person('keiko', 'Costa', { groups: ['berlin', 'design', 'research'] }),
        person('ada', 'Anders', { groups: ['staff'], enabled: false, federationLink: 'ldap-headquarters' }),
        person('olaf', 'Oyelaran', { groups: ['alumni'] }),
        person('nina', 'Novak', { groups: ['staff'], email: 'nina@subsidiary.example' }),
        person('mara', 'Moreau', { groups: ['staff'], email: 'mara at acme' }),
        person('bert', 'Bauer', { groups: ['alumni'] }),
        person('gus', 'Gast', { groups: ['staff', 'design'] }),
        person('twin', 'Tanaka', { groups: ['staff'] }),
        person('twin.tanaka', 'Tanaka', { groups: ['staff'], email: 'twin@acme.example', enabled: false }),
        ...crowd.map((name) => person(name, 'Crowd', { groups: ['staff'] })),
      ],
      [
        sourceGroup('staff', { path: '/staff' }),
        sourceGroup('berlin', { path: '/staff/locations/berlin', parentId: keycloakGroupId('staff') }),
        sourceGroup('design', { path: '/teams/design' }),
        sourceGroup('research', { path: '/teams/research and development of the northern subsidiaries' }),
        sourceGroup('alumni', { path: '/alumni' }),
        sourceGroup('interns', { path: '/interns' }),
      ],
    ),
    directory: directory(
      [
        account('keiko', 'Costa-Lima', ['berlin', 'interns', 'jira-users']),
        account('ada', 'Anders', ['berlin']),
        account('olaf', 'Oyelaran', ['berlin']),
        account('gus', 'Gast', ['design']),
        ...crowd.map((name) => account(name, 'Crowd', ['interns'])),
      ],
      [directoryGroup('berlin'), directoryGroup('interns'), directoryGroup('design'), directoryGroup('jira-users')],
    ),
    links: links(
      [link('keiko'), link('ada'), link('olaf'), { ...link('gus'), guest: true }, ...crowd.map(link)],
      [groupLink('berlin'), groupLink('interns')],
    ),
    foreign: {
      ...nothingForeign,
      accounts: new Map([[accountOf('gus'), connectorId('connector-1')]]),
      names: new Map([[connectorId('connector-1'), 'Acme Europe']]),
    },
    settings: settings({
      scope,
      users: { ...(given?.users ?? { ...defaultSettings.users, mapping }), emailDomains: ['acme.example'] },
      groups: given?.groups ?? groups,
    }),
  });
  const guards = {
    preset: 'strict',
    memory: { acceptedRules: 'rules', acceptedIssuer: issuer, deprovisioned: [], recent: [] },
    rules: 'rules',
    issuer,
    now: input.now,
  } as const;
  return { ...explain(input, asked, guards), readAt: Date.now() - 20_000 };
}
