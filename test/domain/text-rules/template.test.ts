import {
  describeInvalidTemplate,
  listPlaceholders,
  parseTemplate,
  type TemplatePart,
} from '../../../src/domain/text-rules/template';

const text = (words: string): TemplatePart => ({ kind: 'text', text: words });
const attribute = (name: string): TemplatePart => ({ kind: 'attribute', name });

describe('a template', () => {
  it.each<[string, readonly TemplatePart[]]>([
    ['', []],
    ['Staff', [text('Staff')]],
    ['${email}', [attribute('email')]],
    ['${firstName} ${lastName}', [attribute('firstName'), text(' '), attribute('lastName')]],
    ['${a}${b}', [attribute('a'), attribute('b')]],
    [
      '${LDAP_ID}-${urn:acme:cost.center 1}!',
      [attribute('LDAP_ID'), text('-'), attribute('urn:acme:cost.center 1'), text('!')],
    ],
    ['${ title }', [attribute('title')]],
    ['${}', [text('${}')]],
    ['a ${  } b', [text('a ${  } b')]],
    ['${open', [text('${open')]],
    ['$ {a} {b} }', [text('$ {a} {b} }')]],
    ['$${a}', [text('$'), attribute('a')]],
    ['${a${b}', [text('${a'), attribute('b')]],
  ])('%j falls into its parts', (template, parts) => {
    expect(parseTemplate(template)).toEqual(parts);
  });

  it.each<[string, string | undefined]>([
    ['${firstName} x', undefined],
    ['plain', undefined],
    ['costs $ {5}', undefined],
    ['${}', 'Name an attribute between the braces: ${firstName}.'],
    ['${a} ${ }', 'Name an attribute between the braces: ${firstName}.'],
    ['${open', 'A brace is not closed: write attributes as ${firstName}.'],
  ])('%j can be used, or it is said why not', (template, sentence) => {
    expect(describeInvalidTemplate(template)).toBe(sentence);
  });

  it('names each of its attributes once', () => {
    expect(listPlaceholders('${b} ${a} ${ b }')).toEqual(['b', 'a']);
  });
});
