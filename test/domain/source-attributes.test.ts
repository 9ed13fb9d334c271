import { defaultSettings } from '../../src/domain/connector';
import type { MappingRow } from '../../src/domain/mapping-row';
import { listAttributes } from '../../src/domain/source-attributes';

const row = (...templates: readonly string[]): MappingRow => ({
  attribute: 'jobTitle',
  templates,
  values: { kind: 'first' },
  transformations: [],
  otherwise: 'as-is',
});

describe('the custom attributes that the settings name', () => {
  it.each<[string, readonly MappingRow[], string | undefined, readonly string[]]>([
    ['none in the standard mapping', defaultSettings.users.mapping, undefined, []],
    ['none for standard names', [row('${id} ${username} ${email} ${firstName} ${lastName}')], 'username', []],
    ['none for a text without placeholders', [row('Staff')], undefined, []],
    [
      'those of all templates of all rows, each once',
      [row('${a} ${b}', '${b}'), row('${c}${a}')],
      undefined,
      ['a', 'b', 'c'],
    ],
    ['the one that tells who came back', [], 'LDAP_ID', ['LDAP_ID']],
    ['a name in another case than a standard one', [row('${Email}')], undefined, ['Email']],
  ])('are %s', (_name, mapping, relinkAttribute, names) => {
    const users = { ...defaultSettings.users, mapping, ...(relinkAttribute && { relinkAttribute }) };
    expect(listAttributes({ users })).toEqual(names);
  });
});
