import type { ConnectorSettings } from './connector';
import type { MappedPeople } from './map-people';
import type { SourceSnapshot } from './snapshot';
import { listAttributes, readValues } from './source-attributes';

/**
 * Sentences about custom attributes that the settings name and a run cannot use: those that nobody in scope shows, as one whose name
 * is misspelled, and those whose values are too long.
 */
export function describeAttributes(
  { users }: Pick<SourceSnapshot, 'users'>,
  people: Pick<MappedPeople, 'has'>,
  settings: Pick<ConnectorSettings, 'users'>,
): readonly string[] {
  const shown = new Set<string>();
  const long = new Map<string, number>();
  for (const user of users) {
    if (!people.has(user.id)) continue;
    for (const name of Object.keys(user.attributes ?? {})) if (readValues(user, name).length > 0) shown.add(name);
    for (const name of user.tooLong ?? []) long.set(name, (long.get(name) ?? 0) + 1);
  }
  const named = listAttributes(settings);
  const hidden = named.filter((name) => !shown.has(name) && !long.has(name));
  return [
    ...named.flatMap((name) => {
      const count = long.get(name);
      return count === undefined ? [] : [describeLong(name, count)];
    }),
    ...(hidden.length === 0 ? [] : [describeHidden(hidden)]),
  ];
}

function describeHidden(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`).join(', ');
  return names.length === 1
    ? `Keycloak shows the attribute ${quoted} of nobody in scope: check its spelling, and that the realm's user profile declares it.`
    : `Keycloak shows the attributes ${quoted} of nobody in scope: check their spelling, and that the realm's user profile declares them.`;
}

function describeLong(name: string, count: number): string {
  const of = count === 1 ? '1 person' : `${count} people`;
  return `The attribute "${name}" of ${of} is too long to be used: their values stay as they are, and nothing is taken from them for it.`;
}
