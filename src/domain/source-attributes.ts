import type { ConnectorSettings } from './connector';
import type { SeveralValues } from './mapping-row';
import type { SourceUser } from './snapshot';
import { squeeze } from './text-rules/invisible';
import { listPlaceholders } from './text-rules/template';

/** Attributes that every Keycloak user has, by Keycloak's names. Whatever else a template names is a custom attribute. */
export const standardAttributes = ['username', 'email', 'firstName', 'lastName', 'id'] as const;

type StandardAttribute = (typeof standardAttributes)[number];

export function isStandard(name: string): name is StandardAttribute {
  return (standardAttributes as readonly string[]).includes(name); // widened: the name may be any
}

/** The custom attributes of Keycloak that the settings need, each once: only these are read and kept. */
export function listAttributes({ users }: Pick<ConnectorSettings, 'users'>): readonly string[] {
  const named = users.mapping.flatMap(({ templates }) => templates.flatMap(listPlaceholders));
  const relink = users.relinkAttribute === undefined ? [] : [users.relinkAttribute];
  return [...new Set([...named, ...relink])].filter((name) => !isStandard(name));
}

/** The values of one attribute that are more than blanks and characters that nobody sees, in Keycloak's order. */
export function readValues(user: SourceUser, name: string): readonly string[] {
  const { attributes = {} } = user;
  const values = isStandard(name) ? [user[name] ?? ''] : Object.hasOwn(attributes, name) ? attributes[name] : [];
  return (values ?? []).filter((value) => squeeze(value) !== '');
}

/** Several values as the one text that a row wants; `undefined` where there is none. */
export function joinValues(values: readonly string[], several: SeveralValues): string | undefined {
  if (values.length === 0) return undefined;
  if (several.kind === 'first') return values[0];
  return values.join(several.kind === 'join' ? several.separator : ', ');
}
