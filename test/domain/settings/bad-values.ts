import type { ConnectorSettings } from '../../../src/domain/connector';
import { groupId } from '../../../src/domain/identity';
import type { MappingRow } from '../../../src/domain/mapping-row';
import { keycloakGroupId, settings } from '../model';

/** What is wrong, at which setting, what was given for it, and the sentence at which field answers it. */
export interface BadValue {
  readonly what: string;
  readonly at: string;
  readonly value: unknown;
  /** Where it is another field than the one that was set. */
  readonly field?: string;
  readonly sentence: string;
}

const set = {
  groupIds: [keycloakGroupId('staff')],
  rules: [{ of: 'name', test: 'exact', text: 'staff' }],
} as const;
const steps: MappingRow['transformations'] = [
  { kind: 'replace', search: 'a', replacement: 'b' },
  { kind: 'regex', pattern: 'a', replacement: 'b' },
  { kind: 'constant', value: 'c' },
];
const nickname: MappingRow = {
  attribute: 'nickname',
  templates: ['${username}'],
  values: { kind: 'join', separator: '-' },
  transformations: steps,
  otherwise: 'as-is',
};

const plain = settings();

/** Settings with something at every place, which can be used as they are. */
export const fullSettings: ConnectorSettings = {
  ...plain,
  keycloak: { ...plain.keycloak, adminUrl: 'https://admin.example.com', loginRealm: 'master' },
  scope: { kind: 'groups', include: set, exclude: set, match: 'all', subGroups: true },
  users: {
    ...plain.users,
    trustedFederations: ['ldap'],
    productAccess: [{ resource: 'ari:cloud:jira::site/1', role: 'atlassian/user' }],
    mapping: [nickname, ...plain.users.mapping],
    relinkAttribute: 'LDAP_ID',
  },
  groups: {
    ...plain.groups,
    selection: { kind: 'chosen', include: set },
    exclude: set,
    naming: { from: 'path', separator: '-', prefix: 'kc-', transformations: steps },
    alwaysAssign: [groupId('g-all')],
    neverRemove: [groupId('g-keep')],
  },
};

/** The full settings with one of them, named by its path, set to something. */
export function withValue(path: string, value: unknown): unknown {
  // Not structuredClone: it keeps parts that are shared shared.
  const copy: unknown = JSON.parse(JSON.stringify(fullSettings));
  const keys = path.split('.');
  let at: unknown = copy;
  for (const key of keys.slice(0, -1)) at = Reflect.get(Object(at) as object, key); // any JSON value can be asked
  Reflect.set(Object(at) as object, keys.at(-1) ?? '', value); // the same
  return copy;
}

const sets = ['scope.include', 'scope.exclude', 'groups.selection.include', 'groups.exclude'] as const;

/** Every place for text: what sentences call it, how long it may be, and what is said where it is empty, if that is refused. */
const texts: readonly (readonly [at: string, what: string, most: number, empty?: string])[] = [
  ['name', 'The name', 100, 'The name is missing.'],
  ['keycloak.url', 'The Keycloak URL', 500, 'The Keycloak URL is missing.'],
  ['keycloak.adminUrl', 'The admin URL', 500],
  ['keycloak.realm', 'The realm', 255, 'The realm is missing.'],
  ['keycloak.loginRealm', 'The login realm', 255],
  ['keycloak.clientId', 'The client id', 255, 'The client id is missing.'],
  ...sets.flatMap(
    (at) =>
      [
        [`${at}.groupIds.0`, 'The group id', 100, 'The group id is missing.'],
        [`${at}.rules.0.text`, 'The text of the rule', 1000, 'The text of the rule is missing.'],
      ] as const,
  ),
  ['users.trustedFederations.0', 'The federation id', 100, 'The federation id is missing.'],
  ['users.productAccess.0.resource', 'The product', 255, 'The product is missing.'],
  ['users.productAccess.0.role', 'The role', 255, 'The role is missing.'],
  ['users.mapping.0.templates.0', 'The Keycloak attribute', 1000, 'The Keycloak attribute is missing.'],
  ['users.mapping.0.values.separator', 'The separator', 10],
  ['users.relinkAttribute', 'The attribute that tells who came back', 255],
  ...(['users.mapping.0', 'groups.naming'] as const).flatMap(
    (at) =>
      [
        [`${at}.transformations.0.search`, 'The searched text', 255, 'The searched text is missing.'],
        [`${at}.transformations.0.replacement`, 'The replacement', 255],
        [`${at}.transformations.1.pattern`, 'The regular expression', 1000, 'The regular expression is missing.'],
        [`${at}.transformations.1.replacement`, 'The replacement', 255],
        [`${at}.transformations.2.value`, 'The constant', 255],
      ] as const,
  ),
  ['groups.naming.separator', 'The separator', 10],
  ['groups.naming.prefix', 'The prefix', 200],
  ['groups.alwaysAssign.0', 'The group id', 100, 'The group id is missing.'],
  ['groups.neverRemove.0', 'The group id', 100, 'The group id is missing.'],
  ['schedule.cron', 'The schedule', 200, 'The schedule is missing.'],
  ['schedule.timeZone', 'The time zone', 100, 'The time zone is missing.'],
];

const unseen: readonly (readonly [string, string, string])[] = [
  ['a control character', 'a\u0000b', 'a line break or another control character'],
  ['a line break', 'a\nb', 'a line break or another control character'],
  ['a separator of lines', 'a\u2028b', 'a line break or another control character'],
  ['a right-to-left mark', 'a\u200Fb', 'a mark of writing direction (U+200F), which cannot be seen'],
  ['a turn of direction', 'a\u202Eb', 'a mark of writing direction (U+202E), which cannot be seen'],
  ['an isolate', 'a\u2066b', 'a mark of writing direction (U+2066), which cannot be seen'],
  ['a blank without width', 'a\u200Bb', 'a character without width (U+200B), which cannot be seen'],
  ['a byte order mark', 'a\uFEFFb', 'a character without width (U+FEFF), which cannot be seen'],
];

const badTexts = texts.flatMap(([at, what, most, empty]): readonly BadValue[] => [
  ...unseen.map(([kind, value, words]) => ({
    what: kind,
    at,
    // Short enough for every place, also where blanks at the ends count.
    value,
    sentence: `${what} holds ${words}: type it again.`,
  })),
  {
    what: 'one character too many',
    at,
    value: 'x'.repeat(most + 1),
    sentence: `${what} is longer than ${most} characters.`,
  },
  { what: '64 kB', at, value: 'x'.repeat(65_536), sentence: `${what} is longer than ${most} characters.` },
  ...(empty === undefined ? [] : [{ what: 'nothing', at, value: '', sentence: empty }]),
]);

const flags = [
  ...['enabled', 'scope.subGroups', 'groups.createMissing', 'cleanup.memberships', 'schedule.enabled'],
  ...['createAccounts', 'notify', 'deactivate', 'reactivate', 'updateName', 'updateEmail', 'updateProfile'].map(
    (name) => `users.${name}`,
  ),
  ...['approval.fourEyes', 'approval.additionsMeanwhile'],
];
const badFlags = flags.map((at): BadValue => ({
  what: 'a text',
  at,
  value: 'yes',
  sentence: 'This must be on or off.',
}));

const choices: readonly (readonly [string, string])[] = [
  ['scope.kind', 'Choose the whole realm or groups.'],
  ['scope.match', 'Choose whether one of the groups is enough or all are needed.'],
  ...sets.flatMap(
    (at) =>
      [
        [`${at}.rules.0.of`, 'Choose what the rule looks at: the name or the path.'],
        [`${at}.rules.0.test`, 'Choose how the rule compares: exact, prefix or regular expression.'],
      ] as const,
  ),
  ['users.mapping.0.attribute', 'Choose an Atlassian attribute.'],
  ['users.mapping.0.values.kind', 'Choose what becomes of several values.'],
  ['users.mapping.0.otherwise', 'Choose what happens when nothing applies.'],
  ['users.mapping.0.transformations.0.kind', 'Choose a transformation.'],
  ['groups.naming.transformations.0.kind', 'Choose a transformation.'],
  ['groups.selection.kind', 'Choose all groups or some.'],
  ['groups.naming.from', 'Choose what names a group: its name or its path.'],
  ['groups.subGroups', 'Choose for which groups members of a sub-group count.'],
  ['cleanup.behaviour', 'Choose what the cleanup does: deactivate, remove or keep.'],
  ['limits', 'Choose the safety limits: strict, normal or first load.'],
];
const badChoices = choices.map(([at, sentence]): BadValue => ({ what: 'another word', at, value: 'other', sentence }));

const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);
const lists: readonly (readonly [string, unknown, number, string])[] = [
  ['scope.include.rules', set.rules[0], 500, 'The rules'],
  ['scope.include.groupIds', 'k-x', 5000, 'The groups'],
  ['scope.exclude.rules', set.rules[0], 500, 'The rules'],
  ['groups.selection.include.rules', set.rules[0], 500, 'The rules'],
  ['groups.exclude.rules', set.rules[0], 500, 'The rules'],
  ['groups.exclude.groupIds', 'k-x', 5000, 'The groups'],
  ['groups.naming.transformations', { kind: 'trim' }, 500, 'The transformations'],
  ['groups.alwaysAssign', 'g-x', 100, 'The groups that are always assigned'],
  ['groups.neverRemove', 'g-x', 100, 'The groups that nobody is removed from'],
  ['users.emailDomains', 'example.com', 500, 'The e-mail domains'],
  ['users.trustedFederations', 'ldap', 100, 'The trusted federations'],
  ['users.productAccess', { resource: 'r', role: 'o' }, 50, 'The product access'],
  ['users.mapping', nickname, 500, 'The attribute mapping'],
  ['users.mapping.0.templates', '${email}', 20, 'The Keycloak attributes'],
  ['users.mapping.0.transformations', { kind: 'trim' }, 500, 'The transformations'],
];
const badLists = lists.flatMap(([at, item, most, what]): readonly BadValue[] => [
  { what: 'one entry too many', at, value: many(most + 1, item), sentence: `${what}: at most ${most} can be listed.` },
  { what: 'a text', at, value: 'x', sentence: `${what} must be a list.` },
]);

const patterns: readonly (readonly [string, string, string])[] = [
  ['an open bracket', '(', 'This is no regular expression: check its brackets and backslashes.'],
  ['a backslash at the end', 'a\\', 'This is no regular expression: check its brackets and backslashes.'],
  ['two repetitions', 'a**', 'This is no regular expression: check its brackets and backslashes.'],
  ...['a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>'].map(
    (pattern) =>
      [
        'what the linear-time engine does not support',
        pattern,
        'Look-around and references back are not supported in regular expressions: write the rule without them.',
      ] as const,
  ),
  ...['((a{100}){100}){100}', 'a{1001}', `(?:${'ab*'.repeat(300)}){1000}`].map(
    (pattern) =>
      [
        'a program that would be huge',
        pattern,
        'This regular expression is too large: use fewer and smaller counts in braces.',
      ] as const,
  ),
];
const ruled = (text: string) => ({ of: 'name', test: 'regex', text });
const badPatterns = patterns.flatMap(([what, pattern, sentence]): readonly BadValue[] => [
  ...sets.map((at) => ({
    what,
    at: `${at}.rules.0`,
    value: ruled(pattern),
    sentence,
  })),
  ...['users.mapping.0', 'groups.naming'].map((at) => ({
    what,
    at: `${at}.transformations.1.pattern`,
    value: pattern,
    sentence,
  })),
]);

const others: readonly BadValue[] = [
  { what: 'another version', at: 'version', value: 3, sentence: 'These settings are of another version of the app.' },
  {
    what: 'an address without TLS',
    at: 'keycloak.url',
    value: 'http://keycloak.example.com',
    sentence: 'Only https addresses can be used: Atlassian calls no others.',
  },
  {
    what: 'a step up in a path',
    at: 'keycloak.realm',
    value: '..',
    sentence: 'This is no name of a realm: copy it from Keycloak.',
  },
  {
    what: 'a step up in a path',
    at: 'keycloak.loginRealm',
    value: '.',
    sentence: 'This is no name of a realm: copy it from Keycloak.',
  },
  {
    what: 'nothing chosen',
    at: 'scope.include',
    value: { groupIds: [], rules: [] },
    sentence: 'Choose at least one group.',
  },
  {
    what: 'nothing chosen',
    at: 'groups.selection.include',
    value: { groupIds: [], rules: [] },
    sentence: 'Choose at least one group.',
  },
  {
    what: 'what is no domain',
    at: 'users.emailDomains.0',
    value: 'not a domain',
    sentence: '"not a domain" is no e-mail domain; enter one such as example.com.',
  },
  {
    what: '64 kB',
    at: 'users.emailDomains.0',
    value: 'x'.repeat(65_536),
    sentence: `"${'x'.repeat(40)}…" is no e-mail domain; enter one such as example.com.`,
  },
  {
    what: 'a right-to-left mark',
    at: 'users.emailDomains.0',
    value: 'example\u200F.com',
    sentence: 'An e-mail domain holds a mark of writing direction (U+200F), which cannot be seen: type it again.',
  },
  {
    what: 'no row for the e-mail address',
    at: 'users.mapping',
    value: [nickname],
    sentence: 'The attribute mapping needs a row for the e-mail address.',
  },
  {
    what: 'an e-mail address that may be cleared',
    at: 'users.mapping.1.otherwise',
    value: 'clear',
    sentence: 'An account needs an e-mail address: use the text as it is, or leave the user out.',
  },
  {
    what: 'a name that may be cleared',
    at: 'users.mapping.2.otherwise',
    value: 'clear',
    sentence: 'An account needs a name: it cannot be cleared.',
  },
  { what: 'no template', at: 'users.mapping.0.templates', value: [], sentence: 'Choose a Keycloak attribute.' },
  {
    what: 'a template without a name',
    at: 'users.mapping.0.templates.0',
    value: '${ }',
    sentence: 'Name an attribute between the braces: ${firstName}.',
  },
  {
    what: 'a template that is not closed',
    at: 'users.mapping.0.templates.0',
    value: '${firstName',
    sentence: 'A brace is not closed: write attributes as ${firstName}.',
  },
  ...['users.mapping.0', 'groups.naming'].map((at) => ({
    what: 'a group that the expression does not have',
    at: `${at}.transformations.1.replacement`,
    value: '$2',
    field: `${at}.transformations.1`,
    sentence: 'The replacement names group $2, and the regular expression has 0 groups in brackets.',
  })),
  ...(
    [
      ['a text', 'x', 'The grace period must be a number of days.'],
      ['half a day', 0.5, 'The grace period must be whole days.'],
      ['less than nothing', -1, 'The grace period must be 0 to 365 days.'],
      ['more than a year', 366, 'The grace period must be 0 to 365 days.'],
    ] as const
  ).map(([what, value, sentence]) => ({ what, at: 'cleanup.graceDays', value, sentence })),
  ...(
    [
      ['a date that never comes', '0 2 30 2 *', 'This schedule never starts a run: choose days that exist.'],
      ['every minute', '* * * * *', 'Runs can start at most every 30 minutes: choose a wider schedule.'],
      [
        'a field too many',
        '0 0 2 * * *',
        'This is no schedule: enter five fields (minute, hour, day of the month, month, weekday), for example 0 2 * * *.',
      ],
      [
        'an hour that does not exist',
        '0 25 * * *',
        'This is no schedule: "25" is no hour. Use numbers, names such as MON or JAN, and * , - /, for example 0 2 * * *.',
      ],
    ] as const
  ).map(([what, value, sentence]) => ({ what, at: 'schedule.cron', value, sentence })),
  ...(
    [
      [
        'a zone that does not exist',
        'Mars/Olympus',
        'There is no time zone "Mars/Olympus"; choose one such as Europe/Berlin.',
      ],
      [
        'an offset',
        '+05:00',
        '"+05:00" is an offset and follows no summer time: choose a time zone such as Europe/Berlin.',
      ],
    ] as const
  ).map(([what, value, sentence]) => ({ what, at: 'schedule.timeZone', value, sentence })),
];

/** At every setting, everything that can be wrong with it. */
export const badValues: readonly BadValue[] = [
  ...badTexts,
  ...badFlags,
  ...badChoices,
  ...badLists,
  ...badPatterns,
  ...others,
];
