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
  return listAttributes(settings).flatMap((name) => {
    const count = long.get(name);
    if (count !== undefined) return [describeLong(name, count)];
    return shown.has(name) ? [] : [describeHidden(name)];
  });
}

function describeHidden(name: string): string {
  return `Keycloak shows the attribute "${name}" of nobody in scope: check its spelling, and that the realm's user profile declares it.`;
}

function describeLong(name: string, count: number): string {
  const of = count === 1 ? '1 person' : `${count} people`;
  return `The attribute "${name}" of ${of} is too long to be used: their values stay as they are, and nothing is taken from them for it.`;
}
