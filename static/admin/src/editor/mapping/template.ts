import { describeInvalidTemplate, parseTemplate } from '../../../../../src/domain/text-rules/template';

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

export const writeAttribute = (name: string): string => `\${${name}}`;

/** An attribute whose name is still to be typed. */
const unnamed = writeAttribute('');

/** The one attribute that a template is, and nothing beside it; absent where it combines something. */
export function onlyAttribute(template: string): string | undefined {
  if (template === unnamed) return '';
  const [part, ...rest] = parseTemplate(template);
  return part?.kind === 'attribute' && rest.length === 0 ? part.name : undefined;
}

/** A template in plain words: "First name + Last name"; a blank between two attributes is not worth a word. */
export function describeTemplate(template: string): string {
  if (template === unnamed) return '…';
  const words = parseTemplate(template).flatMap((part) => {
    if (part.kind === 'attribute') return [nameSource(part.name)];
    return part.text === ' ' ? [] : [`"${part.text}"`];
  });
  return words.length === 0 ? 'nothing yet' : words.join(' + ');
}

/** Why a template cannot be used, a sentence; absent when it can. */
export function checkTemplate(template: string): string | undefined {
  if (template.trim() === '') return 'Choose a Keycloak attribute.';
  return template === unnamed ? 'Type the name of the Keycloak attribute.' : describeInvalidTemplate(template);
}
