import { onlyAttribute, isStandard, writeAttribute } from './template';

/** First and last name, as most realms combine them. */
export const fullName = '${firstName} ${lastName}';

/** How a template is shown: nothing yet, an attribute that is offered, the full name, a typed attribute, or a template to edit. */
export type SourceMode = 'none' | 'offered' | 'full-name' | 'typed' | 'combined';

/** What a template is by itself. */
export function modeOf(template: string, offered: ReadonlySet<string>): SourceMode {
  if (template === '') return 'none';
  if (template === fullName) return 'full-name';
  const name = onlyAttribute(template);
  if (name === undefined) return 'combined';
  return isStandard(name) || offered.has(name) ? 'offered' : 'typed';
}

const offeredPrefix = 'offered ';

/** The choice of a list that shows a template in a mode. */
export function choiceOf(mode: SourceMode, template: string): string {
  return mode === 'offered' ? offeredChoice(onlyAttribute(template) ?? '') : mode;
}

export const offeredChoice = (name: string): string => `${offeredPrefix}${name}`;

/** What a choice makes of a template. Whoever begins to type or to combine goes on from what is there. */
export function applyChoice(choice: string, template: string): string {
  if (choice.startsWith(offeredPrefix)) return writeAttribute(choice.slice(offeredPrefix.length));
  if (choice === 'full-name') return fullName;
  if (choice === 'typed') return onlyAttribute(template) === undefined ? writeAttribute('') : template;
  return template === '' ? fullName : template;
}
