import fc from 'fast-check';
import {
  defaultSettings,
  type ConnectorSettings,
  type GroupProvisioning,
  type Scope,
} from '../../../src/domain/connector';
import type { GroupSet } from '../../../src/domain/group-set';
import { groupId, sourceGroupId } from '../../../src/domain/identity';
import {
  attributeNames,
  type AtlassianAttribute,
  type MappingRow,
  type Transformation,
} from '../../../src/domain/mapping-row';
import { migrateSettings } from '../../../src/domain/settings/migrate';
import { parseSettings } from '../../../src/domain/settings/parse';
import { readSettingsFile, writeSettingsFile } from '../../../src/domain/settings-file';
import { describeUnseen } from '../../../src/domain/text-rules/invisible';
import { describeInvalidTemplate } from '../../../src/domain/text-rules/template';

/** What people type: any characters that can be seen, blanks at the ends as well. */
const typed = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => describeUnseen(text) === undefined);
const named = typed.filter((text) => text.trim() !== '' && text.length <= 60);
const short = typed.filter((text) => text.length <= 10);
const replacement = typed.filter((text) => !/\$\d/.test(text));

const transformation = fc.oneof<fc.Arbitrary<Transformation>[]>(
  fc.constantFrom<Transformation>({ kind: 'trim' }, { kind: 'lower-case' }, { kind: 'strip-email-domain' }),
  fc.record({ kind: fc.constant('replace' as const), search: typed.filter((text) => text !== ''), replacement: typed }),
  fc.record({ kind: fc.constant('regex' as const), pattern: fc.constantFrom('a+', '^x', '\\pL{2,5}'), replacement }),
  fc.record({ kind: fc.constant('constant' as const), value: typed }),
);
const transformations = fc.array(transformation, { maxLength: 3 });

const set: fc.Arbitrary<GroupSet> = fc.record({
  groupIds: fc.array(named.map(sourceGroupId), { maxLength: 3 }),
  rules: fc.array(
    fc.record({
      of: fc.constantFrom('name' as const, 'path' as const),
      test: fc.constantFrom('exact' as const, 'prefix' as const),
      text: typed.filter((text) => text !== ''),
    }),
    { maxLength: 3 },
  ),
});
const someGroups = set.filter(({ groupIds, rules }) => groupIds.length + rules.length > 0);

const scope = fc.oneof<fc.Arbitrary<Scope>[]>(
  fc.constant({ kind: 'realm' }),
  fc.record({
    kind: fc.constant('groups' as const),
    include: someGroups,
    exclude: set,
    match: fc.constantFrom('any' as const, 'all' as const),
    subGroups: fc.boolean(),
  }),
);
const selection = fc.oneof<fc.Arbitrary<GroupProvisioning['selection']>[]>(
  fc.constant({ kind: 'all' }),
  fc.record({ kind: fc.constant('chosen' as const), include: someGroups }),
);

const attributes = Object.keys(attributeNames) as AtlassianAttribute[]; // the record has exactly these keys
const row: fc.Arbitrary<MappingRow> = fc.record({
  attribute: fc.constantFrom(...attributes),
  templates: fc.array(
    named.filter((text) => describeInvalidTemplate(text.trim()) === undefined),
    { minLength: 1, maxLength: 3 },
  ),
  values: fc.oneof<fc.Arbitrary<MappingRow['values']>[]>(
    fc.constantFrom({ kind: 'first' as const }, { kind: 'all' as const }),
    fc.record({ kind: fc.constant('join' as const), separator: short }),
  ),
  transformations,
  otherwise: fc.constantFrom('as-is' as const, 'leave-out' as const, 'leave-scope' as const),
});

const ids = fc.array(named.map(groupId), { maxLength: 3 });
const all: fc.Arbitrary<ConnectorSettings> = fc.record({
  version: fc.constant(2 as const),
  name: named,
  enabled: fc.boolean(),
  keycloak: fc.record(
    {
      url: fc.constantFrom('https://keycloak.example.com', ' https://kc.example.org:8443/auth/ '),
      adminUrl: fc.constantFrom('https://admin.example.com', ''),
      realm: named.filter((text) => !/^\.{1,2}$/.test(text.trim())),
      loginRealm: fc.constantFrom('master', ''),
      clientId: named,
    },
    { requiredKeys: ['url', 'realm', 'clientId'] },
  ),
  scope,
  users: fc.record(
    {
      emailDomains: fc.array(fc.constantFrom('example.com', ' Example.ORG', '@sub.example.net', 'example.org')),
      trustedFederations: fc.array(named, { maxLength: 2 }),
      createAccounts: fc.boolean(),
      productAccess: fc.array(fc.record({ resource: named, role: named }), { maxLength: 2 }),
      notify: fc.boolean(),
      deactivate: fc.boolean(),
      reactivate: fc.boolean(),
      mapping: fc.array(row, { maxLength: 4 }).map((rows) => [...defaultSettings.users.mapping, ...rows]),
      updateName: fc.constant(false),
      updateEmail: fc.constant(false),
      updateProfile: fc.constant(false),
      relinkAttribute: typed,
    },
    { requiredKeys: Object.keys(defaultSettings.users) as (keyof ConnectorSettings['users'])[] }, // a plain record
  ),
  groups: fc.record({
    selection,
    exclude: set,
    naming: fc.record({
      from: fc.constantFrom('name' as const, 'path' as const),
      separator: short,
      prefix: typed,
      transformations,
    }),
    subGroups: fc.constantFrom('direct' as const, 'parents' as const),
    alwaysAssign: ids,
    neverRemove: ids,
    createMissing: fc.boolean(),
  }),
  cleanup: fc.record({
    behaviour: fc.constantFrom('deactivate' as const, 'remove' as const, 'keep' as const),
    memberships: fc.boolean(),
    graceDays: fc.integer({ min: 0, max: 365 }),
  }),
  schedule: fc.record({
    enabled: fc.boolean(),
    cron: fc.constantFrom('0 2 * * *', ' 30  4 * * mon-fri ', '0 */2 1,15 * *'),
    timeZone: fc.constantFrom('UTC', ' Europe/Berlin '),
  }),
  limits: fc.constantFrom('strict' as const, 'normal' as const, 'first-load' as const),
  approval: fc.record({ fourEyes: fc.boolean(), additionsMeanwhile: fc.boolean() }),
});

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('settings of any kind', () => {
  it('come out the same when they are saved again, also over JSON', () => {
    fc.assert(
      fc.property(all, (given) => {
        const once = parseSettings(given);
        expect(parseSettings(once)).toEqual(once);
        expect(parseSettings(overJson(given))).toEqual(once);
      }),
    );
  });

  it('are no other after an export and an import over themselves', () => {
    fc.assert(
      fc.property(all, (given) => {
        const saved = parseSettings(given);
        expect(readSettingsFile(overJson(writeSettingsFile(saved)), saved)).toEqual({ settings: saved, notes: [] });
      }),
    );
  });

  it('come out of a file for a new connector without what one directory knows, and switched to start nothing', () => {
    fc.assert(
      fc.property(all, (given) => {
        const saved = parseSettings(given);
        const { settings } = readSettingsFile(overJson(writeSettingsFile(saved)));
        expect(settings).toEqual({
          ...saved,
          enabled: true,
          users: { ...saved.users, productAccess: [] },
          groups: { ...saved.groups, alwaysAssign: [], neverRemove: [] },
          schedule: { ...saved.schedule, enabled: false },
        });
      }),
    );
  });

  it('of this version are not touched by the migration', () => {
    fc.assert(fc.property(all, (given) => expect(migrateSettings(given)).toBe(given)));
  });

  it('or what is none at all, are taken or refused with a field and a sentence', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((text): unknown => JSON.parse(text)),
          fc.object(),
        ),
        (given) => {
          expect(() => parseSettings(given)).toThrow(/^[A-Z][^\n]*\.$/);
        },
      ),
    );
  });
});
