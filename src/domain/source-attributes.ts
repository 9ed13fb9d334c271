import type { ConnectorSettings } from './connector';
import { listPlaceholders } from './text-rules/template';

/** What every reading knows of everybody without being asked: placeholders of these names are no custom attributes. */
const standard: ReadonlySet<string> = new Set(['id', 'username', 'email', 'firstName', 'lastName']);

/** Whether every reading brings the attribute. */
export function isStandardAttribute(name: string): boolean {
  return standard.has(name);
}

/** The custom Keycloak attributes that the settings name, each once; where there are none, people are read in brief. */
export function listAttributes({ users }: Pick<ConnectorSettings, 'users'>): readonly string[] {
  const placeholders = users.mapping.flatMap(({ templates }) => templates.flatMap(listPlaceholders));
  const named = [...placeholders, ...(users.relinkAttribute === undefined ? [] : [users.relinkAttribute])];
  return [...new Set(named)].filter((name) => !isStandardAttribute(name));
}
