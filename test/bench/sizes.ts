import { idOf } from '../../dev/keycloak/random';
import type { RealmRepresentation } from '../../dev/keycloak/representation';

/** The realm with one more group at the top that the first so many people are members of. */
export function withRequired(realm: RealmRepresentation, name: string, members: number): RealmRepresentation {
  const group = { id: idOf(`${realm.realm}/group/${name}`), name, subGroups: [] };
  const users = realm.users.map((user, index) =>
    index < members ? { ...user, groups: [...(user.groups ?? []), `/${name}`] } : user,
  );
  return { ...realm, groups: [...realm.groups, group], users };
}
