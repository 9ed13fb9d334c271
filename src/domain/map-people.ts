import type { ConnectorSettings } from './connector';
import { normalizeEmail, type SourceUserId } from './identity';
import { createMapper, type MappedUser } from './mapping';
import { federationOf } from './outage';
import { measureScope } from './scope';
import type { SourceSnapshot, SourceUser } from './snapshot';
import { isStandard, readValues } from './source-attributes';

/** What the mapping gives for everybody whom the required groups put in scope. */
export type MappedPeople = ReadonlyMap<SourceUserId, MappedUser>;

/**
 * Maps the people in scope. A mapping that puts somebody out of scope for want of a custom attribute is believed only where
 * somebody of the same federation shows that attribute: Keycloak hides attributes that its user profile does not declare, and an
 * attribute that nobody has is more likely hidden than gone.
 */
export function mapPeople(
  source: SourceSnapshot,
  { scope, users }: Pick<ConnectorSettings, 'scope' | 'users'>,
): MappedPeople {
  const { inScope } = measureScope(source, scope);
  const { map } = createMapper(users.mapping);
  const people = source.users.filter(({ id }) => inScope.has(id));
  const isShown = createShownTest(people);
  return new Map(people.map((user) => [user.id, believe(user, map(user), isShown)]));
}

/** Whoever the connector provisions: in scope by groups, and not put out of scope by the mapping. */
export function findInScope(people: MappedPeople): ReadonlySet<SourceUserId> {
  return new Set([...people].flatMap(([id, { kind }]) => (kind === 'left-scope' ? [] : [id])));
}

/** The address that a person goes by: the mapped one, else Keycloak's. */
export function addressOf(user: SourceUser, people: MappedPeople): string | undefined {
  const mapped = people.get(user.id);
  return mapped?.kind === 'mapped' ? mapped.email : normalizeEmail(user.email);
}

type ShownTest = (user: SourceUser, attribute: string) => boolean;

function believe(user: SourceUser, mapped: MappedUser, isShown: ShownTest): MappedUser {
  if (mapped.kind !== 'left-scope') return mapped;
  const hidden = mapped.needs.find((name) => !isShown(user, name));
  if (hidden === undefined) return mapped;
  const reason = `${mapped.reason} Keycloak shows the attribute "${hidden}" of nobody, so nothing changes before it shows it again.`;
  return { kind: 'unmappable', reason };
}

function createShownTest(people: readonly SourceUser[]): ShownTest {
  const shown = new Map<string, boolean>();
  return (user, attribute) => {
    if (isStandard(attribute)) return true;
    const federation = federationOf(user.id, user.federationLink);
    const key = `${federation ?? ''} ${attribute}`;
    const known = shown.get(key);
    if (known !== undefined) return known;
    const found = people.some(
      (each) => federationOf(each.id, each.federationLink) === federation && readValues(each, attribute).length > 0,
    );
    shown.set(key, found);
    return found;
  };
}
