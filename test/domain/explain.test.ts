import { groupScope } from './model';
import type { ConnectorSettings } from '../../src/domain/connector';
import { explain, explainUser } from '../../src/domain/explain';
import type { Explanation } from '../../src/domain/explanation';
import { rulesFingerprint, type GuardContext } from '../../src/domain/guards';
import type { PlanInput } from '../../src/domain/planning';
import {
  account,
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  issuer,
  keycloakGroupId,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from './model';

const accepted = (rules: ConnectorSettings): GuardContext => ({
  preset: 'strict',
  memory: { acceptedRules: rulesFingerprint(rules), acceptedIssuer: issuer, deprovisioned: [], recent: [] },
  rules: rulesFingerprint(rules),
  issuer,
  now,
});
const ask = (input: PlanInput, asked: string): Explanation => explain(input, asked, accepted(input.settings));

/** The steps of a person as sign and sentence, by kind. */
const path = (input: PlanInput, name: string) =>
  explainUser(input, userId(name), accepted(input.settings)).steps.map(({ kind, mark, sentence }) => [
    kind,
    mark,
    sentence,
  ]);

describe('who is asked for', () => {
  const anna = user('anna', { username: 'a.miller', email: 'Anna@Example.com' });
  const input = planInput({
    source: source([
      anna,
      user('bert'),
      user('berta', { email: 'bert@example.com' }),
      user('cleo', { username: 'anna@example.org' }),
    ]),
    directory: directory([directoryAccount('dora'), directoryAccount('gone')]),
    links: links([accountLink('gone')]),
  });
  const found = (answer: Explanation) => {
    if (answer.kind === 'person') return answer.person.user;
    return answer.kind === 'several' ? answer.choices.map((choice) => choice.user) : answer.message;
  };

  it.each<[string, string, unknown]>([
    ['is found by the user name', 'a.miller', userId('anna')],
    ['is found by the user name in another case', 'A.Miller', userId('anna')],
    ['is found by the e-mail address in another case', ' anna@EXAMPLE.com ', userId('anna')],
    ['is found by the Keycloak id', 'u-anna', userId('anna')],
    ['is found by a link when gone from Keycloak', 'gone@example.com', userId('gone')],
    ['is found by the linked Atlassian account', 'a-gone', userId('gone')],
    ['is not found by a part of a name', 'a.mill', expect.stringContaining('Nobody among the 4 people in Keycloak')],
    ['is not found by the id in another case', 'U-ANNA', expect.stringContaining('Nobody among the 4 people')],
    ['is offered when several have the address', 'bert@example.com', [userId('bert'), userId('berta')]],
    [
      'is told from an account that nobody in Keycloak has',
      'dora@example.com',
      expect.stringContaining('Atlassian has an account with this address ("Dora Example")'),
    ],
  ])('%s', (_sentence, asked, expected) => {
    expect(found(ask(input, asked))).toEqual(expected);
  });
});

describe('the way of a person', () => {
  const groups = [
    sourceGroup('devs'),
    sourceGroup('web', { parentId: keycloakGroupId('devs'), path: '/devs/web' }),
    sourceGroup('hr'),
  ];
  const scope = groupScope([keycloakGroupId('devs')], true);
  const world = (more: Partial<PlanInput> = {}) =>
    planInput({
      source: source(
        [
          user('anna', { groups: ['web', 'hr'] }),
          user('bert', { groups: ['hr'] }),
          user('cleo', { groups: ['devs'], enabled: false }),
          user('dirk', { groups: ['devs'], email: ' ' }),
        ],
        groups,
      ),
      directory: directory(
        [directoryAccount('anna', { groups: ['devs', 'else'] }), directoryAccount('cleo', { groups: ['devs'] })],
        [directoryGroup('devs'), directoryGroup('hr'), directoryGroup('else')],
      ),
      links: links([accountLink('anna'), accountLink('cleo')], [groupLink('devs')]),
      settings: settings({ scope }),
      ...more,
    });

  it('leads from the realm to the changes', () => {
    const explained = explainUser(world(), userId('anna'), accepted(settings({ scope })));
    expect(explained).toMatchObject({ name: 'Anna Example', username: 'anna', operation: 'updated', state: 'enabled' });
    expect(explained.steps).toEqual([
      {
        kind: 'found',
        mark: 'passed',
        sentence: 'Is in Keycloak and enabled.',
        facts: [
          { label: 'User name', value: 'anna' },
          { label: 'Keycloak id', value: 'u-anna' },
          { label: 'E-mail verified', value: 'yes' },
        ],
      },
      {
        kind: 'scope',
        mark: 'passed',
        sentence: 'Is a member of a required group or of a group below it.',
        through: [{ path: '/devs/web', below: '/devs' }],
      },
      {
        kind: 'match',
        mark: 'passed',
        sentence: 'Is linked to this Atlassian account.',
        account: {
          id: account('anna'),
          name: 'Anna Example',
          status: 'active',
          email: 'anna@example.com',
          link: { origin: 'invited', at: now - 1000 * 3_600_000 },
        },
      },
      {
        kind: 'mapping',
        mark: 'passed',
        sentence: 'The mapping gives all that is needed.',
        attributes: [
          {
            attribute: 'E-mail',
            from: [{ label: 'E-mail', value: 'anna@example.com' }],
            before: 'anna@example.com',
            steps: [
              { transformation: 'trim', after: 'anna@example.com' },
              { transformation: 'lower case', after: 'anna@example.com' },
            ],
            to: 'anna@example.com',
            now: 'anna@example.com',
          },
          {
            attribute: 'Name',
            from: [
              { label: 'First name', value: 'Anna' },
              { label: 'Last name', value: 'Example' },
            ],
            before: 'Anna Example',
            steps: [{ transformation: 'trim', after: 'Anna Example' }],
            to: 'Anna Example',
            now: 'Anna Example',
          },
          { attribute: 'Name', from: [], steps: [], sentence: 'Is not needed: a row before it decides.' },
          { attribute: 'Access', from: [{ label: 'Enabled', value: 'yes' }], steps: [], to: 'active', now: 'active' },
        ],
      },
      {
        kind: 'groups',
        mark: 'attention',
        sentence: 'Some of these groups are not synced.',
        groups: [
          {
            group: keycloakGroupId('web'),
            path: '/devs/web',
            target: { name: 'web', isNew: true },
            membership: 'added',
            sentence: 'Is a member of the group in Keycloak.',
          },
          {
            group: keycloakGroupId('hr'),
            path: '/hr',
            membership: 'not-synced',
            sentence: 'Atlassian already has a group "hr": adopt it, or rename one of them.',
          },
          {
            group: keycloakGroupId('devs'),
            path: '/devs',
            target: { name: 'devs', groupId: 'g-devs', isNew: false },
            membership: 'removed',
            sentence: 'Is no longer a member of the group in Keycloak.',
          },
        ],
        others: 1,
      },
      {
        kind: 'changes',
        mark: 'passed',
        sentence: 'Memberships change.',
        changes: [
          {
            kind: 'create-group',
            text: 'Create group "web".',
            reason: 'People in scope are members, and Atlassian has no such group.',
          },
          { kind: 'add-member', text: 'Add to group "web".', reason: 'Is a member of the group in Keycloak.' },
          {
            kind: 'remove-member',
            text: 'Remove from group "devs".',
            reason: 'Is no longer a member of the group in Keycloak.',
          },
        ],
      },
      {
        kind: 'guards',
        mark: 'attention',
        sentence: 'A sync of everybody would be held for approval, but not because of this person.',
        guards: [expect.objectContaining({ guard: 'accounts-quarter', counts: false })],
      },
    ]);
  });

  it.each<[string, string, readonly (readonly string[])[]]>([
    [
      'ends early for somebody out of scope and without a link',
      'bert',
      [
        ['found', 'passed', 'Is in Keycloak and enabled.'],
        ['scope', 'stopped', 'Is not a direct member of a required group or of a group below it.'],
      ],
    ],
    [
      'names the guard that counts a person who is disabled',
      'cleo',
      [
        ['found', 'attention', 'Is in Keycloak and disabled.'],
        ['scope', 'passed', 'Is a member of a required group or of a group below it.'],
        ['match', 'passed', 'Is linked to this Atlassian account.'],
        ['mapping', 'passed', 'The mapping gives all that is needed.'],
        ['groups', 'passed', 'All of these groups are synced.'],
        ['changes', 'passed', 'Is disabled in Keycloak.'],
        [
          'guards',
          'attention',
          'A sync of everybody would be held for approval, and this person is among what is counted.',
        ],
      ],
    ],
    [
      'stops at a mapping that gives nothing',
      'dirk',
      [
        ['found', 'passed', 'Is in Keycloak and enabled.'],
        ['scope', 'passed', 'Is a member of a required group or of a group below it.'],
        ['match', 'stopped', 'Has no e-mail address in Keycloak.'],
        ['mapping', 'stopped', 'Has no e-mail address in Keycloak.'],
        ['groups', 'passed', 'All of these groups are synced.'],
        ['changes', 'idle', 'Nothing changes. Has no e-mail address in Keycloak.'],
        ['guards', 'attention', 'A sync of everybody would be held for approval, but not because of this person.'],
      ],
    ],
  ])('%s', (_sentence, name, expected) => {
    expect(path(world(), name)).toEqual(expected);
  });

  it('says that the whole realm is in scope, and that no limit holds the plan', () => {
    const input = planInput({ source: source([user('anna')]), directory: directory([]) });
    expect(path(input, 'anna')).toEqual([
      ['found', 'passed', 'Is in Keycloak and enabled.'],
      ['scope', 'passed', 'The whole realm is in scope.'],
      ['match', 'passed', 'Is in scope and has no Atlassian account.'],
      ['mapping', 'passed', 'The mapping gives all that is needed.'],
      ['groups', 'idle', 'Is in no group that could be synced.'],
      ['changes', 'passed', 'Is in scope and has no Atlassian account.'],
      ['guards', 'passed', 'No safety limit holds the plan of this moment.'],
    ]);
  });

  it('tells of a person who is gone from Keycloak what the link remembers', () => {
    const input = planInput({
      source: source([user('anna')]),
      directory: directory([directoryAccount('gone')]),
      links: links([accountLink('gone')]),
    });
    expect(path(input, 'gone').slice(0, 2)).toEqual([
      ['found', 'stopped', 'Is not among the people in Keycloak any more; this connector remembers a link.'],
      ['scope', 'stopped', 'Who is gone from Keycloak is not in scope.'],
    ]);
  });
});

it.each<true | undefined>([true, undefined])(
  'tells whether the account is another connector’s as the row does: %s',
  (guest) => {
    const link = accountLink('anna', guest === undefined ? {} : { guest });
    const input = planInput({
      source: source([user('anna')]),
      directory: directory([directoryAccount('anna')]),
      links: links([link]),
    });
    const answer = ask(input, userId('anna'));
    expect(answer).toMatchObject({ kind: 'person', person: { operation: 'not-modified' } });
    expect(answer.kind === 'person' ? answer.person.guest : answer.kind).toBe(guest);
  },
);

describe('the sentence about the required groups', () => {
  const groups = [sourceGroup('devs'), sourceGroup('hr'), sourceGroup('guests')];
  const both = groupScope([keycloakGroupId('devs'), keycloakGroupId('hr')], false);
  const exclude = { groupIds: [keycloakGroupId('guests')], rules: [] };
  const tell = (member: readonly string[], scope: typeof both): string => {
    const people = [user('anna', { groups: member }), user('bert', { groups: ['devs', 'hr'] })];
    const input = planInput({
      source: source(people, groups),
      directory: directory([], []),
      settings: settings({ scope }),
    });
    const { steps } = explainUser(input, userId('anna'), accepted(input.settings));
    const step = steps.find(({ kind }) => kind === 'scope');
    return step?.kind === 'scope' ? step.sentence : '';
  };

  it.each<[string, readonly string[], typeof both, string]>([
    ['one of several', ['hr'], both, 'Is a member of a required group.'],
    ['all of several', ['hr', 'devs'], { ...both, match: 'all' }, 'Is a member of every required group.'],
    [
      'one where all are needed',
      ['hr'],
      { ...both, match: 'all' },
      'Is a member of some required groups, and all of them are needed.',
    ],
    ['none', [], both, 'Is not a direct member of a required group.'],
    ['an excluded one besides', ['hr', 'guests'], { ...both, exclude }, 'Is a member of an excluded group.'],
  ])('tells of a member of %s', (_, member, scope, sentence) => {
    expect(tell(member, scope)).toBe(sentence);
  });
});

describe('the groups that put somebody in or out of scope', () => {
  const groups = [
    sourceGroup('devs', { path: '/devs' }),
    sourceGroup('web', { parentId: keycloakGroupId('devs'), path: '/devs/web' }),
    sourceGroup('guests', { path: '/guests' }),
    sourceGroup('hr', { path: '/hr' }),
  ];
  const rule = { of: 'path', test: 'prefix', text: '/dev' } as const;
  const picked = groupScope([keycloakGroupId('devs'), keycloakGroupId('hr')], true);
  const ruled = { ...picked, include: { groupIds: [], rules: [rule] } };
  const except = { groupIds: [keycloakGroupId('guests')], rules: [] };
  const tell = (member: readonly string[], scope: typeof picked) => {
    const people = [user('anna', { groups: member }), user('bert', { groups: ['devs', 'hr'] })];
    const input = planInput({
      source: source(people, groups),
      directory: directory([], []),
      settings: settings({ scope }),
    });
    const { steps } = explainUser(input, userId('anna'), accepted(input.settings));
    const step = steps.find(({ kind }) => kind === 'scope');
    return step?.kind === 'scope' ? [step.through, step.lacking] : [];
  };

  it.each<[string, readonly string[], typeof picked, readonly unknown[]]>([
    ['a picked one', ['devs', 'guests'], picked, [[{ path: '/devs' }], undefined]],
    ['one below a picked one', ['web'], picked, [[{ path: '/devs/web', below: '/devs' }], undefined]],
    ['one that a rule names', ['web'], ruled, [[{ path: '/devs/web', rule: 'path begins with "/dev"' }], undefined]],
    [
      'an excepted one beside a required one',
      ['devs', 'guests'],
      { ...picked, exclude: except },
      [[{ path: '/devs' }, { path: '/guests', excludes: true }], undefined],
    ],
    ['one where another is needed too', ['devs'], { ...picked, match: 'all' }, [[{ path: '/devs' }], ['/hr']]],
    [
      'one where a group of a rule is needed too',
      ['hr'],
      { ...picked, match: 'all', include: { groupIds: [keycloakGroupId('hr')], rules: [rule] } },
      [[{ path: '/hr' }], ['path begins with "/dev"']],
    ],
    ['none', ['guests'], picked, [[], undefined]],
  ])('are told to a member of %s', (_, member, scope, expected) => {
    expect(tell(member, scope)).toEqual(expected);
  });
});

describe('what the settings say about a group', () => {
  const groups = [
    sourceGroup('devs', { path: '/devs' }),
    sourceGroup('web', { path: '/devs/web', parentId: keycloakGroupId('devs') }),
  ];
  const slash = { of: 'path', test: 'prefix', text: '/devs/' } as const;
  const rules = { groupIds: [], rules: [slash] };
  const picked = { groupIds: [keycloakGroupId('web')], rules: [] };
  const all = settings().groups;
  const tell = (rules: Partial<ConnectorSettings['groups']>) => {
    const input = planInput({
      source: source([user('anna', { groups: ['web'] })], groups),
      directory: directory([], []),
      settings: settings({ groups: { ...all, ...rules } }),
    });
    const { steps } = explainUser(input, userId('anna'), accepted(input.settings));
    const step = steps.find(({ kind }) => kind === 'groups');
    const [group] = step?.kind === 'groups' ? step.groups : [];
    return { synced: group?.membership !== 'not-synced', because: group?.because, naming: group?.naming };
  };

  it.each<[string, Partial<ConnectorSettings['groups']>, ReturnType<typeof tell>]>([
    ['is nothing where all are synced', {}, { synced: true, because: undefined, naming: undefined }],
    [
      'is that it was picked',
      { selection: { kind: 'chosen', include: picked } },
      { synced: true, because: 'Included: it is one of the picked groups.', naming: undefined },
    ],
    [
      'is the rule that includes it',
      { selection: { kind: 'chosen', include: rules } },
      { synced: true, because: 'Included by the rule: path begins with "/devs/".', naming: undefined },
    ],
    [
      'is that none includes it',
      { selection: { kind: 'chosen', include: { groupIds: [keycloakGroupId('devs')], rules: [] } } },
      { synced: false, because: 'Is not among the chosen groups.', naming: undefined },
    ],
    [
      'is the rule that leaves it out, although another one includes it',
      { selection: { kind: 'chosen', include: picked }, exclude: rules },
      { synced: false, because: 'Left out by the rule: path begins with "/devs/".', naming: undefined },
    ],
    [
      'is that it is a picked exception',
      { exclude: picked },
      { synced: false, because: 'Left out: it is one of the picked exceptions.', naming: undefined },
    ],
    [
      'is how it comes to its name',
      {
        naming: {
          from: 'path',
          separator: '.',
          prefix: 'kc-',
          transformations: [
            { kind: 'replace', search: 'nothing', replacement: '' },
            { kind: 'replace', search: 'devs', replacement: 'dev' },
          ],
        },
      },
      {
        synced: true,
        because: undefined,
        naming: {
          before: 'devs.web',
          steps: [
            { transformation: 'replace "nothing" by ""' },
            { transformation: 'replace "devs" by "dev"', after: 'dev.web' },
          ],
          after: 'kc-dev.web',
        },
      },
    ],
  ])('%s', (_, given, expected) => {
    expect(tell(given)).toEqual(expected);
  });
});
