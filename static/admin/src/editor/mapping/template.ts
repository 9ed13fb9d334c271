// As `src/domain/text-rules/template` and `source-attributes` read them: the page sees only the types of the domain.
import type { TemplatePart } from '../../../../../src/domain/text-rules/template';

/** Attributes that every Keycloak user has, in the order offered, and what they are called. */
export const standardAttributes = {
  username: 'User name',
  email: 'E-mail',
  firstName: 'First name',
  lastName: 'Last name',
  id: 'Keycloak id',
} as const;

/** What a Keycloak attribute is called: custom ones by their own names. */
export function nameSource(name: string): string {
  return isStandard(name) ? standardAttributes[name] : name;
}

export function isStandard(name: string): name is keyof typeof standardAttributes {
  return Object.hasOwn(standardAttributes, name);
}

/** The pieces of a template such as `${firstName} ${lastName}`. */
export function readTemplate(template: string): readonly TemplatePart[] {
  return template.split(/(\$\{[^{}]*\})/).flatMap((piece): readonly TemplatePart[] => {
    if (piece === '') return [];
    const isAttribute = piece.startsWith('${') && piece.endsWith('}');
    return isAttribute ? [{ kind: 'attribute', name: piece.slice(2, -1).trim() }] : [{ kind: 'text', text: piece }];
  });
}

/** The attributes that a template names, each once. */
export function listNames(template: string): readonly string[] {
  return [...new Set(readTemplate(template).flatMap((part) => (part.kind === 'attribute' ? [part.name] : [])))];
}

export const writeAttribute = (name: string): string => `\${${name}}`;

/** The one attribute that a template is, and nothing beside it; absent where it combines something. */
export function onlyAttribute(template: string): string | undefined {
  const [part, ...rest] = readTemplate(template);
  return part?.kind === 'attribute' && rest.length === 0 ? part.name : undefined;
}

/** A template in plain words: "First name + Last name"; a blank between two attributes is not worth a word. */
export function describeTemplate(template: string): string {
  const words = readTemplate(template).flatMap((part) => {
    if (part.kind === 'attribute') return [part.name === '' ? '…' : nameSource(part.name)];
    return part.text === ' ' ? [] : [`"${part.text}"`];
  });
  return words.length === 0 ? 'nothing yet' : words.join(' + ');
}

/** Why a template cannot be used, a sentence; absent when it can. */
export function checkTemplate(template: string): string | undefined {
  if (template.trim() === '') return 'Choose a Keycloak attribute.';
  const parts = readTemplate(template);
  if (parts.some((part) => part.kind === 'attribute' && part.name === '')) {
    return onlyAttribute(template) === ''
      ? 'Type the name of the Keycloak attribute.'
      : 'Name an attribute between the braces: ${firstName}.';
  }
  return parts.some((part) => part.kind === 'text' && part.text.includes('${'))
    ? 'A brace is not closed: write attributes as ${firstName}.'
    : undefined;
}
