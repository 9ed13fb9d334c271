import fc from 'fast-check';
import { createMapper, type MappedUser } from '../../src/domain/mapping';
import { standardMapping, type MappingRow, type Otherwise, type Transformation } from '../../src/domain/mapping-row';
import type { SourceUser } from '../../src/domain/snapshot';
import { describeUnseen, squeeze } from '../../src/domain/text-rules/invisible';
import { user, without } from './model';

const { map: mapStandard } = createMapper(standardMapping);

/** A row of nicknames, unless another attribute is asked for. */
function row(templates: readonly string[], more: Partial<MappingRow> = {}): MappingRow {
  const rest = { values: { kind: 'first' }, transformations: [], otherwise: 'ignore' } as const;
  return { attribute: 'nickname', templates, ...rest, ...more };
}

function mapWith(rows: readonly MappingRow[], person: SourceUser): MappedUser {
  return createMapper([...standardMapping, ...rows]).map(person);
}

/** What the rows make of the nickname; `undefined`: it stays as it is. */
function nickname(rows: readonly MappingRow[], person: SourceUser): string | undefined {
  const mapped = mapWith(rows, person);
  if (mapped.kind !== 'mapped') throw new Error(mapped.reason);
  return mapped.profile.nickname;
}

describe('the default mapping', () => {
  it.each<[string, SourceUser, string]>([
    ['first and last name', user('anna'), 'Anna Example'],
    ['the first name alone', without(user('anna'), 'lastName'), 'Anna'],
    ['the last name alone', user('anna', { firstName: ' ' }), 'Example'],
    ['names without their extra spaces', user('anna', { firstName: ' Anna  Maria ', lastName: 'E ' }), 'Anna Maria E'],
    ['the user name where there is no name', without(user('anna'), 'firstName', 'lastName'), 'anna'],
    [
      'the part before the @ of a user name that is an e-mail',
      without(user('anna', { username: 'a.b@example.com' }), 'firstName', 'lastName'),
      'a.b',
    ],
    [
      'the part before the @ of the e-mail at last',
      without(user('anna', { username: '' }), 'firstName', 'lastName'),
      'anna',
    ],
  ])('shows %s', (_, person, displayName) => {
    const profile = { displayName };
    expect(mapStandard(person)).toEqual({
      kind: 'mapped',
      email: 'anna@example.com',
      displayName,
      profile,
      active: true,
    });
  });

  it('takes the e-mail trimmed and in lower case, and active from enabled', () => {
    expect(mapStandard(user('anna', { email: ' Anna@EXAMPLE.com ', enabled: false }))).toEqual({
      kind: 'mapped',
      email: 'anna@example.com',
      displayName: 'Anna Example',
      profile: { displayName: 'Anna Example' },
      active: false,
    });
  });

  it.each<[string, SourceUser, string]>([
    ['without an e-mail', without(user('anna'), 'email'), 'Has no e-mail address in Keycloak.'],
    ['with an empty e-mail', user('anna', { email: ' ' }), 'Has no e-mail address in Keycloak.'],
    ['with what is no e-mail', user('anna', { email: 'anna' }), 'The e-mail address in Keycloak is not a usable one.'],
    [
      'with an e-mail that holds what nobody sees',
      user('anna', { email: 'an\u200Bna@example.com' }),
      'The e-mail address in Keycloak is not a usable one.',
    ],
    ['with two @', user('anna', { email: 'a@b@c' }), 'The e-mail address in Keycloak is not a usable one.'],
  ])('gives nothing for a person %s', (_, person, reason) => {
    expect(mapStandard(person)).toEqual({ kind: 'unmappable', reason });
  });
});

const staff = user('anna', {
  attributes: { title: ['Captain'], phone: ['1', '2', ' '], blank: ['  '], hidden: ['\u200B\u202E'] },
});
const strip: Transformation = { kind: 'strip-email-domain' };
const crew: Transformation = { kind: 'regex', pattern: '^Cap(.*)$', replacement: 'Crew $1' };

describe('a row of the attribute mapping', () => {
  it.each<[string, readonly MappingRow[], string | undefined]>([
    ['takes a custom attribute', [row(['${title}'])], 'Captain'],
    ['takes a standard attribute', [row(['${username}'])], 'anna'],
    [
      'combines attributes with text between them',
      [row(['${title}: ${firstName} ${lastName}'])],
      'Captain: Anna Example',
    ],
    ['takes a text without attributes as it stands', [row(['Staff'])], 'Staff'],
    ['falls back to the next attribute where one is missing', [row(['${absent}', '${title}'])], 'Captain'],
    ['falls back where one of several is missing', [row(['${title} ${absent}', '${username}'])], 'anna'],
    ['takes blanks alone for no value', [row(['${blank}', '${username}'])], 'anna'],
    ['takes the first of several values', [row(['${phone}'])], '1'],
    ['joins several values', [row(['${phone}'], { values: { kind: 'join', separator: '/' } })], '1/2'],
    ['lists all values', [row(['${phone}'], { values: { kind: 'all' } })], '1, 2'],
    ['transforms in the order of its list', [row(['${email}'], { transformations: [strip, crew] })], 'anna'],
    ['uses groups of an expression', [row(['${title}'], { transformations: [crew] })], 'Crew tain'],
    ['leaves out marks of writing direction', [row(['\u202E${title}\u202C x'])], 'Captain x'],
    ['leaves out characters without width', [row(['Cap\u200Btain\uFEFF'])], 'Captain'],
    ['keeps the joiners of words and emoji', [row(['می\u200Cخواهم 👩\u200D💻'])], 'می\u200Cخواهم 👩\u200D💻'],
    ['takes a value that nobody sees for none', [row(['${hidden}', '${username}'])], 'anna'],
    ['clears nothing by a text that nobody sees', [row(['\u200B'])], undefined],
    ['gives one line', [row(['${title}\u0007 x\t y'])], 'Captain x y'],
    ['keeps the value where nothing is there', [row(['${absent}'])], undefined],
    ['is passed over by one that gives something before it', [row(['${title}']), row(['${username}'])], 'Captain'],
    ['passes on where it gives nothing', [row(['${absent}']), row(['${username}'])], 'anna'],
    [
      'passes on where it gives nothing, whatever comes of it',
      [row(['${absent}']), row(['${absent}'], { otherwise: 'clear' }), row(['${title}'])],
      '',
    ],
  ])('%s', (_, rows, expected) => {
    expect(nickname(rows, staff)).toBe(expected);
  });

  describe('where no transformation applies', () => {
    const rowWith = (otherwise: Otherwise) => [row(['${title}'], { transformations: [strip], otherwise })];
    it.each<[Otherwise, string | undefined]>([
      ['as-is', 'Captain'],
      ['ignore', undefined],
      ['clear', ''],
    ])('%s', (otherwise, expected) => {
      expect(nickname(rowWith(otherwise), staff)).toBe(expected);
    });

    it('leaves the person out, so that nothing changes', () => {
      expect(mapWith(rowWith('leave-out'), staff)).toEqual({
        kind: 'unmappable',
        email: 'anna@example.com',
        reason: 'The mapping leaves out whom none of the transformations fits (row "Nickname").',
      });
    });

    it('puts the person out of scope only where that is chosen expressly', () => {
      expect(mapWith(rowWith('leave-scope'), staff)).toEqual({
        kind: 'left-scope',
        email: 'anna@example.com',
        reason: 'The mapping leaves out whom none of the transformations fits (row "Nickname").',
      });
    });
  });

  it.each<[Otherwise, string]>([
    ['clear', 'mapped'],
    ['leave-out', 'unmappable'],
    ['leave-scope', 'unmappable'],
  ])('does no harm (%s) for a value that is too long to be kept', (otherwise, kind) => {
    const mapped = mapWith([row(['${bio}'], { otherwise })], { ...staff, tooLong: ['bio'] });
    expect(mapped.kind).toBe(kind);
    if (mapped.kind === 'mapped') expect(mapped.profile).not.toHaveProperty('nickname');
  });

  describe.each<[string, Partial<SourceUser>]>([
    ['too long to be kept', { tooLong: ['bio'] }],
    ['hidden', {}],
  ])('does no harm for a value that is %s', (_, more) => {
    const isHidden = more.tooLong === undefined ? (_user: SourceUser, name: string) => name === 'bio' : undefined;
    const known: Partial<MappingRow> = { transformations: [{ kind: 'regex', pattern: '^crew', replacement: 'Crew' }] };
    it.each<[string, (otherwise: Otherwise) => readonly MappingRow[]]>([
      [
        'where a later template gives another',
        (otherwise) => [row(['${bio}', '${username}'], { ...known, otherwise })],
      ],
      ['where a later row finds none', (otherwise) => [row(['${bio}']), row(['${card}'], { otherwise })]],
      ['where a later row does not fit', (otherwise) => [row(['${bio}']), row(['${title}'], { ...known, otherwise })]],
    ])('%s', (__, rows) => {
      const mapped = (otherwise: Otherwise) =>
        createMapper([...standardMapping, ...rows(otherwise)], isHidden).map({ ...staff, ...more });
      expect(mapped('leave-scope').kind).toBe('unmappable');
      expect(mapped('clear')).not.toHaveProperty('profile.nickname');
    });
  });

  it.each<[string, string, Transformation]>([
    ['that is too long to be searched', 'x'.repeat(10_001), { kind: 'regex', pattern: 'y', replacement: '' }],
    [
      'that is searched to its end again and again',
      'x'.repeat(1_000),
      { kind: 'regex', pattern: '(?:x*y)|x', replacement: '' },
    ],
  ])('does no harm for a value %s', (_, title, transformation) => {
    const person = user('anna', { attributes: { title: [title] } });
    const mapped = (otherwise: Otherwise) =>
      mapWith([row(['${title}'], { transformations: [transformation], otherwise })], person);
    expect(mapped('leave-scope').kind).toBe('unmappable');
    expect(mapped('leave-out').kind).toBe('unmappable');
    for (const otherwise of ['clear', 'as-is', 'ignore'] as const) {
      expect(mapped(otherwise)).toMatchObject({ kind: 'mapped' });
      expect(mapped(otherwise)).not.toHaveProperty('profile.nickname');
    }
  });

  it('shows the user name as it looks where there is no other', () => {
    const person = user('anna', { firstName: '\u200B', lastName: '', username: 'an\u200Bna' });
    expect(createMapper(standardMapping.slice(0, 1)).map(person)).toMatchObject({ displayName: 'anna' });
  });

  it('takes the name of something that every object has for an attribute like any other', () => {
    expect(nickname([row(['${constructor}', '${username}'])], staff)).toBe('anna');
  });

  it('says which attribute is missing where it leaves somebody out', () => {
    expect(mapWith([row(['${badge}', '${card}'], { otherwise: 'leave-out' })], staff)).toEqual({
      kind: 'unmappable',
      email: 'anna@example.com',
      reason: 'The mapping leaves out who has no badge or card in Keycloak (row "Nickname").',
    });
  });

  it('can make the e-mail of another attribute', () => {
    const email = row(['${username}@corp.example'], { attribute: 'email', otherwise: 'leave-out' });
    expect(createMapper([email]).map(staff)).toMatchObject({ kind: 'mapped', email: 'anna@corp.example', profile: {} });
  });
});

const transformation = fc.oneof<fc.Arbitrary<Transformation>[]>(
  fc.constantFrom<Transformation>({ kind: 'trim' }, { kind: 'lower-case' }, { kind: 'strip-email-domain' }),
  fc.record({ kind: fc.constant('replace'), search: fc.string({ minLength: 1 }), replacement: fc.string() }),
  fc.record({ kind: fc.constant('constant'), value: fc.string() }),
);
const anyRow = fc.record<MappingRow>({
  attribute: fc.constantFrom('nickname', 'jobTitle', 'department'),
  templates: fc.subarray(['${title}', '${username}', '${absent}', '${phone} x', 'text'], { minLength: 1 }),
  values: fc.constantFrom({ kind: 'first' }, { kind: 'all' }),
  transformations: fc.array(transformation, { maxLength: 3 }),
  otherwise: fc.constantFrom('as-is', 'ignore', 'clear', 'leave-out', 'leave-scope'),
});

describe('the rows together', () => {
  it('do not mind the order of rows of different attributes, while nobody is left out', () => {
    const keeping = anyRow.map((each): MappingRow =>
      each.otherwise.startsWith('leave') ? { ...each, otherwise: 'clear' } : each,
    );
    fc.assert(
      fc.property(fc.array(keeping), (rows) => {
        const sorted = [...rows].sort((one, other) => one.attribute.localeCompare(other.attribute));
        expect(mapWith(sorted, staff)).toEqual(mapWith(rows, staff));
      }),
    );
  });

  it('decide by the first row of an attribute that does not keep the value', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const { map, trace } = createMapper([...standardMapping, ...rows]);
        const mapped = map(staff);
        const deciding = trace(staff).filter(({ result }) => result.kind !== 'keep');
        const left = deciding.find(
          ({ attribute, result }, index) =>
            result.kind.startsWith('leave') && deciding.findIndex((each) => each.attribute === attribute) === index,
        );
        if (left !== undefined) {
          expect(mapped.kind).not.toBe('mapped');
          return;
        }
        const first = deciding.find(({ attribute }) => attribute === 'nickname');
        const text = first?.result.kind === 'value' ? squeeze(first.result.text) : undefined;
        expect(mapped).toMatchObject({ kind: 'mapped' });
        if (mapped.kind === 'mapped')
          expect(mapped.profile.nickname).toBe(text ?? (first === undefined ? undefined : ''));
      }),
    );
  });

  it('never make a line break or another character that nobody sees', () => {
    const wild = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(wild, fc.array(anyRow), (title, rows) => {
        const mapped = mapWith(rows, { ...staff, attributes: { title: [title] } });
        if (mapped.kind !== 'mapped') return;
        for (const text of Object.values(mapped.profile)) expect(describeUnseen(text)).toBeUndefined();
      }),
    );
  });
});
