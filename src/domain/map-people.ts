import type { ConnectorSettings } from './connector';
import { normalizeEmail, type SourceUserId } from './identity';
import type { HiddenTest } from './map-row';
import { createMapper, type MappedUser, type Mapper } from './mapping';
import { federationOf } from './outage';
import { measureScope } from './scope';
import type { SourceSnapshot, SourceUser } from './snapshot';
import { isStandard, readValues } from './source-attributes';

/** What the mapping gives for everybody whom the required groups put in scope. */
export type MappedPeople = ReadonlyMap<SourceUserId, MappedUser>;

/** The attribute mapping with the people whom it is for. */
export interface PeopleMapper extends Mapper {
  readonly people: readonly SourceUser[];
}

/**
 * Prepares the mapping for the people in scope. A custom attribute counts as missing only where somebody of the same federation shows
 * it: Keycloak hides attributes that its user profile does not declare, and one that nobody has is more likely hidden than gone.
 */
export function createPeopleMapper(
  source: SourceSnapshot,
  { scope, users }: Pick<ConnectorSettings, 'scope' | 'users'>,
): PeopleMapper {
  const { inScope } = measureScope(source, scope);
  const people = source.users.filter(({ id }) => inScope.has(id));
  return { people, ...createMapper(users.mapping, createHiddenTest(people)) };
}

export function mapPeople(source: SourceSnapshot, settings: Pick<ConnectorSettings, 'scope' | 'users'>): MappedPeople {
  const { people, map } = createPeopleMapper(source, settings);
  return new Map(people.map((user) => [user.id, map(user)]));
}

/** Whoever the connector provisions: in scope by groups, and not put out of scope by the mapping. */
export function findInScope(people: MappedPeople): ReadonlySet<SourceUserId> {
  return new Set([...people].flatMap(([id, { kind }]) => (kind === 'left-scope' ? [] : [id])));
}

/** The address that a person goes by: the mapped one, else Keycloak's. */
export function addressOf(user: SourceUser, people: MappedPeople): string | undefined {
  return people.get(user.id)?.email ?? normalizeEmail(user.email);
}

function createHiddenTest(people: readonly SourceUser[]): HiddenTest {
  const shown = new Map<string, boolean>();
  return (user, attribute) => {
    if (isStandard(attribute)) return false;
    const federation = federationOf(user.id, user.federationLink);
    const key = `${federation ?? ''} ${attribute}`;
    const isShown =
      shown.get(key) ??
      people.some(
        (each) => federationOf(each.id, each.federationLink) === federation && readValues(each, attribute).length > 0,
      );
    shown.set(key, isShown);
    return !isShown;
  };
}
