import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import {
  attributeNames,
  ldapMapping,
  standardMapping,
  type AtlassianAttribute,
  type MappingRow,
  type Otherwise,
  type Transformation,
} from '../../../src/domain/mapping-row';
import { attributeRules } from '../../../src/domain/writable-attributes';
import { parseSettings } from '../../../src/domain/settings/parse';
import { standardAttributes as domainStandard } from '../../../src/domain/source-attributes';
import { checkMapping, checkTransformations } from '../../../static/admin/src/editor/mapping/check-mapping';
import { describeLeaving } from '../../../static/admin/src/editor/mapping/leaving';
import {
  describeHow,
  describeSources,
  describeTurn,
  otherwiseWords,
} from '../../../static/admin/src/editor/mapping/mapping-words';
import { describeIdle, tellLimits, warnOfNames } from '../../../static/admin/src/editor/mapping/notes';
import { moveItem, replaceItem } from '../../../static/admin/src/editor/mapping/order';
import { findLostRows, isPreset, presets } from '../../../static/admin/src/editor/mapping/presets';
import { listOtherwise, makeRow, withAttribute, withKind } from '../../../static/admin/src/editor/mapping/row-edits';
import { applyChoice, choiceOf, modeOf } from '../../../static/admin/src/editor/mapping/source-mode';
import { checkTemplate, describeTemplate, standardAttributes } from '../../../static/admin/src/editor/mapping/template';

const row = (part: Partial<MappingRow> = {}): MappingRow => ({
  attribute: 'department',
  templates: ['${department}'],
  values: { kind: 'first' },
  transformations: [],
  otherwise: 'ignore',
  ...part,
});

const withRows = (mapping: readonly MappingRow[]): ConnectorSettings => ({
  ...defaultSettings,
  name: 'Acme',
  keycloak: { url: 'https://keycloak.example.com', realm: 'acme', clientId: 'sync' },
  users: { ...defaultSettings.users, mapping },
});

/** The field that the app refuses; absent when it takes the settings. */
function refusedBy(mapping: readonly MappingRow[]): string | undefined {
  try {
    parseSettings(withRows(mapping));
    return undefined;
  } catch (error) {
    // Only refusals of settings name a field.
    return (error as { readonly field?: string }).field;
  }
}

describe('what the page knows like the app', () => {
  it('standard attributes', () => {
    expect(Object.keys(standardAttributes).toSorted()).toEqual([...domainStandard].toSorted());
  });

  it('what each attribute may do when nothing applies', () => {
    const attributes = Object.keys(attributeNames) as readonly AtlassianAttribute[]; // the keys are the attributes
    const ways = Object.keys(otherwiseWords) as readonly Otherwise[]; // and these the ways
    for (const attribute of attributes) {
      const allowed = ways.filter(
        (otherwise) => refusedBy([...standardMapping, row({ attribute, otherwise })]) === undefined,
      );
      expect([attribute, listOtherwise(attribute)]).toEqual([attribute, allowed]);
    }
  });
});

describe('a template that is being written', () => {
  it.each([
    ['', 'Choose a Keycloak attribute.'],
    ['  ', 'Choose a Keycloak attribute.'],
    ['${}', 'Type the name of the Keycloak attribute.'],
    ['${} x', 'Name an attribute between the braces: ${firstName}.'],
    ['${firstName', 'A brace is not closed: write attributes as ${firstName}.'],
    ['Employee', undefined],
    ['${l}, ${department}', undefined],
  ])('%j', (template, sentence) => {
    expect(checkTemplate(template)).toBe(sentence);
  });
});

describe('a row in words', () => {
  it.each([
    ['${firstName} ${lastName}', 'First name + Last name'],
    ['${l}, ${department}', 'l + ", " + department'],
    ['${}', '…'],
    ['Employee', '"Employee"'],
    ['', 'nothing yet'],
  ])('%s is %s', (template, words) => {
    expect(describeTemplate(template)).toBe(words);
  });

  it('says where the text comes from and what becomes of it', () => {
    const [, , name] = standardMapping;
    expect(name && [describeSources(name), describeHow(name)]).toEqual([
      'User name, else E-mail',
      'Trimmed, without its e-mail domain, else as it is',
    ]);
  });

  it('counts what would take too long to tell', () => {
    const transformations: readonly Transformation[] = [
      { kind: 'replace', search: 'ext-', replacement: '' },
      { kind: 'regex', pattern: 'a+', replacement: '$0' },
      { kind: 'constant', value: 'x' },
      { kind: 'trim' },
      { kind: 'trim' },
    ];
    expect(describeHow(row({ transformations, values: { kind: 'all' }, otherwise: 'clear' }))).toBe(
      'All values, without "ext-", what matches "a+" becomes "$0", the text "x", 2 more steps, else cleared',
    );
  });

  it('says when a row is tried that is not the only one of its attribute', () => {
    const rows = [...standardMapping, row(), row({ attribute: 'displayName' })];
    expect(rows.map((_, place) => describeTurn(rows, place))).toEqual([
      undefined,
      'tried first',
      'tried when the row before gives nothing',
      undefined,
      'tried when the 2 rows before give nothing',
    ]);
  });
});

describe('a source that is chosen, typed or combined', () => {
  const offered = new Set(['title']);
  it.each([
    ['', 'none', 'none'],
    ['${email}', 'offered', 'offered email'],
    ['${title}', 'offered', 'offered title'],
    ['${firstName} ${lastName}', 'full-name', 'full-name'],
    ['${shoeSize}', 'typed', 'typed'],
    ['${}', 'typed', 'typed'],
    ['${title} of ${company}', 'combined', 'combined'],
  ])('"%s" is shown as %s', (template, mode, choice) => {
    expect(modeOf(template, offered)).toBe(mode);
    expect(choiceOf(modeOf(template, offered), template)).toBe(choice);
  });

  it.each([
    ['offered title', '${email}', '${title}'],
    ['full-name', '${email}', '${firstName} ${lastName}'],
    ['typed', '${title}', '${title}'],
    ['typed', '${title} of ${company}', '${}'],
    ['combined', '${title}', '${title}'],
    ['combined', '', '${firstName} ${lastName}'],
  ])('%s makes of "%s" "%s"', (choice, before, after) => {
    expect(applyChoice(choice, before)).toBe(after);
  });
});

describe('edits of rows', () => {
  it('moves an item by places, and not past an end', () => {
    expect(moveItem(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moveItem(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    const items = ['a', 'b'];
    expect(moveItem(items, 0, -1)).toBe(items);
    expect(moveItem(items, 1, 1)).toBe(items);
    expect(replaceItem(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
  });

  it('an attribute that cannot do what the row does gets the mildest that it can', () => {
    expect(withAttribute(row({ otherwise: 'clear' }), 'email').otherwise).toBe('leave-out');
    expect(withAttribute(row({ otherwise: 'clear' }), 'displayName').otherwise).toBe('ignore');
    expect(withAttribute(row({ otherwise: 'leave-scope' }), 'email').otherwise).toBe('leave-scope');
  });

  it('a new row is for an attribute that has none', () => {
    expect(makeRow(standardMapping).attribute).toBe('nickname');
    expect(makeRow([]).attribute).toBe('email');
    expect(makeRow([]).otherwise).toBe('leave-out');
  });

  it('texts stay where another transformation has them, too', () => {
    const regex: Transformation = { kind: 'regex', pattern: 'a', replacement: 'b' };
    expect(withKind(regex, 'replace')).toEqual({ kind: 'replace', search: 'a', replacement: 'b' });
    expect(withKind(regex, 'constant')).toEqual({ kind: 'constant', value: 'b' });
    expect(withKind(regex, 'trim')).toEqual({ kind: 'trim' });
    expect(withKind(regex, 'regex')).toBe(regex);
  });

  it('a preset takes away only rows that it does not bring itself', () => {
    const [standard, ldap] = presets;
    if (standard === undefined || ldap === undefined) throw new Error('There are two presets.');
    expect(findLostRows(standardMapping, ldap)).toEqual([]);
    expect(findLostRows([...standardMapping, row()], standard)).toEqual([row()]);
    expect(isPreset(standardMapping, standard)).toBe(true);
    expect(isPreset(standardMapping.toReversed(), standard)).toBe(false);
    expect(isPreset(ldapMapping, standard)).toBe(false);
  });
});

describe('what is missing in rows', () => {
  it.each<[string, readonly MappingRow[], string]>([
    ['no attribute', [...standardMapping, row({ templates: [''] })], 'users.mapping.3.templates.0'],
    ['no source', [...standardMapping, row({ templates: [] })], 'users.mapping.3.templates'],
    ['an open brace', [...standardMapping, row({ templates: ['${a'] })], 'users.mapping.3.templates.0'],
    ['no e-mail', [row()], 'users.mapping'],
    [
      'a name to clear',
      [...standardMapping, row({ attribute: 'displayName', otherwise: 'clear' })],
      'users.mapping.3.otherwise',
    ],
    [
      'nothing to look for',
      [...standardMapping, row({ transformations: [{ kind: 'replace', search: '', replacement: '' }] })],
      'users.mapping.3.transformations.0.search',
    ],
    [
      'no expression',
      [
        ...standardMapping,
        row({ transformations: [{ kind: 'trim' }, { kind: 'regex', pattern: '', replacement: '' }] }),
      ],
      'users.mapping.3.transformations.1.pattern',
    ],
  ])('%s is said where the app would say it', (_, rows, field) => {
    expect(Object.keys(checkMapping(rows))).toEqual([field]);
    expect(refusedBy(rows)).toBe(field);
  });

  it('the presets lack nothing', () => {
    expect(checkMapping(ldapMapping)).toEqual({});
    expect(checkTransformations([{ kind: 'constant', value: '' }], 'groups.naming.transformations')).toEqual({});
  });
});

describe('what the page says about rows', () => {
  const off = { updateName: false, updateEmail: false, updateProfile: false };
  const on = { updateName: true, updateEmail: true, updateProfile: true };

  it.each<[AtlassianAttribute, string]>([
    ['email', 'Update e-mails is off'],
    ['displayName', 'Update names is off'],
    ['nickname', 'Update profiles is off'],
    ['timeZone', 'Update profiles is off'],
  ])('%s: what is written, for whom, and which switch it needs', (attribute, whenOff) => {
    const { says } = attributeRules[attribute];
    expect(tellLimits(attribute, off).join(' ')).toContain(whenOff);
    expect(tellLimits(attribute, off)).toContain(says);
    expect(tellLimits(attribute, on)).toContain(says);
    expect(describeIdle(attribute, on)).toBeUndefined();
  });

  it('the locale is never written, whatever is switched on', () => {
    expect([describeIdle('locale', on), describeIdle('locale', off)]).toEqual(['Never written', 'Never written']);
    expect(tellLimits('locale', off)).toEqual([attributeRules.locale.says]);
  });

  it('warns of attributes that nobody has, and of none before the realm was read', () => {
    const surveyed = [
      { name: 'title', declared: true, multivalued: false, people: 3 },
      { name: 'mobile', declared: true, multivalued: true, people: 0 },
    ];
    const asked = row({ templates: ['${title} ${email}', '${mobile}', '${shoeSize}', '${}'] });
    expect(warnOfNames(asked, surveyed)).toEqual([
      'Nobody in the realm has a value of mobile now.',
      "Keycloak shows the attribute shoeSize of nobody: check its spelling, and that the realm's user profile declares it.",
    ]);
    expect(warnOfNames(asked, undefined)).toEqual([]);
  });

  it.each([
    [
      { behaviour: 'deactivate', memberships: true, graceDays: 0 },
      'With the next full sync their account is deactivated, and they lose their memberships of synced groups: that is the cleanup of the tab Sync Settings.',
    ],
    [
      { behaviour: 'keep', memberships: false, graceDays: 1 },
      'After 1 day their account is kept: that is the cleanup of the tab Sync Settings.',
    ],
  ] as const)('who leaves the scope by %j', (cleanup, sentence) => {
    expect(describeLeaving(cleanup)).toBe(sentence);
  });
});
