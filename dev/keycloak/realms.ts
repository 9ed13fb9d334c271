import { clientOf, serviceAccountOf, type ClientOptions } from './clients';
import { firstNames, lastNames, plainName } from './names';
import { createRandom, idOf, pickNumbers } from './random';
import type { GroupRepresentation, RealmRepresentation, UserRepresentation } from './representation';

export const sampleClientId = 'user-group-sync';
const deepest = 3;

export interface RealmOptions {
  readonly name: string;
  readonly users: number;
  readonly groups: number;
  /** Exactly so many different groups for each user, fewer when there are not so many groups. */
  readonly membershipsPerUser: number;
  readonly seed?: number;
  /** How many of the groups are at the top; a fifth unless said. The others lie up to three levels deep. */
  readonly topGroups?: number;
  readonly emailDomain?: string;
  /** Clients of the realm; `user-group-sync` with the secret below unless said. */
  readonly clients?: readonly ClientOptions[];
  readonly secret?: string;
  /** Adds two groups named `Twins`, each below another group (two more groups than asked for). */
  readonly twins?: boolean;
}

interface Node {
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  readonly children: Node[];
}

function growGroups(options: RealmOptions, random: () => number): { nodes: Node[]; tops: Node[] } {
  const topCount = Math.min(options.groups, Math.max(1, options.topGroups ?? Math.ceil(options.groups / 5)));
  const nodes: Node[] = [];
  const tops: Node[] = [];
  const add = (parent: Node | undefined, name: string): void => {
    const node: Node = { name, path: `${parent?.path ?? ''}/${name}`, depth: (parent?.depth ?? 0) + 1, children: [] };
    (parent?.children ?? tops).push(node);
    nodes.push(node);
  };
  for (let index = 0; index < options.groups; index += 1) {
    const parents = index < topCount ? [] : nodes.filter((node) => node.depth < deepest);
    add(parents[Math.floor(random() * parents.length)], `Group ${String(index + 1).padStart(4, '0')}`);
  }
  if (options.twins) for (const parent of nodes.slice(0, 2)) add(parent, 'Twins');
  return { nodes, tops };
}

function groupOf(realm: string, node: Node): GroupRepresentation {
  return {
    id: idOf(`${realm}/group/${node.path}`),
    name: node.name,
    subGroups: node.children.map((child) => groupOf(realm, child)),
  };
}

/**
 * A realm of any size, the same for the same options, for `POST /admin/realms`. Ids of users and groups are in it and
 * depend on the realm's name, so that several realms fit one server. People have no passwords (hashing takes time).
 */
export function makeRealm(options: RealmOptions): RealmRepresentation {
  const { name, emailDomain = 'example.com', secret = 'sample-secret' } = options;
  const random = createRandom(options.seed ?? 1);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const { nodes, tops } = growGroups(options, random);
  const clients = options.clients ?? [{ clientId: sampleClientId, secret }];
  const people = Array.from({ length: options.users }, (_, index): UserRepresentation => {
    const firstName = pick(firstNames) ?? '';
    const lastName = pick(lastNames) ?? '';
    const username = `${plainName(firstName)}.${plainName(lastName)}.${index + 1}`;
    const groups = pickNumbers(random, options.membershipsPerUser, nodes.length);
    return {
      id: idOf(`${name}/user/${username}`),
      username,
      email: `${username}@${emailDomain}`,
      firstName,
      lastName,
      enabled: true,
      emailVerified: true,
      groups: groups.flatMap((group) => nodes[group]?.path ?? []),
    };
  });
  return {
    id: name,
    realm: name,
    enabled: true,
    clients: clients.map(clientOf),
    groups: tops.map((node) => groupOf(name, node)),
    users: [...people, ...clients.flatMap((client) => serviceAccountOf(name, client) ?? [])],
  };
}
