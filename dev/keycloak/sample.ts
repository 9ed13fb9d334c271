import { clientOf, serviceAccountOf, type ClientOptions } from './clients';
import { firstNames, lastNames, plainName } from './names';
import { createRandom, idOf } from './random';
import { sampleClientId } from './realms';
import type { GroupRepresentation, RealmRepresentation, UserRepresentation } from './representation';

export const sampleRealmName = 'staff';
export const sampleDomain = 'example.com';
const peopleCount = 200;

/** Group name -> its sub-groups. 25 groups in all; no name is used twice. */
interface Tree {
  readonly [name: string]: Tree;
}
const tree: Tree = {
  Everyone: {},
  Engineering: { Backend: { Storage: {} }, Frontend: {}, Quality: {}, Operations: { 'On Call': {} } },
  Sales: { Europe: {}, Americas: {} },
  Marketing: { Événements: {} },
  Finance: {},
  'People & Culture': {},
  Support: { 'First Line': {}, 'Second Line': {} },
  'R&D / Labs': { 'A/B Tests': {} },
  'Büro Zürich': {},
  'Escritório São Paulo': {},
  Contractors: {},
  'Project Phoenix': {},
  // Named like the group that administers an Atlassian organization: it must never be adopted.
  'site-admins': {},
};

const departments = [
  ['/Engineering', '/Engineering/Backend'],
  ['/Engineering', '/Engineering/Backend', '/Engineering/Backend/Storage'],
  ['/Engineering', '/Engineering/Frontend'],
  ['/Engineering', '/Engineering/Quality'],
  ['/Engineering', '/Engineering/Operations', '/Engineering/Operations/On Call'],
  ['/Sales', '/Sales/Europe'],
  ['/Sales', '/Sales/Americas'],
  ['/Marketing', '/Marketing/Événements'],
  ['/Marketing'],
  ['/Finance'],
  ['/People & Culture'],
  ['/Support', '/Support/First Line'],
  ['/Support', '/Support/Second Line'],
  ['/R&D / Labs', '/R&D / Labs/A/B Tests'],
] as const;
const places = ['/Büro Zürich', '/Escritório São Paulo', undefined, undefined] as const;

function groupsOf(realm: string, branch: Tree, above: string): GroupRepresentation[] {
  return Object.entries(branch).map(([name, below]) => {
    const path = `${above}/${name}`;
    return { id: idOf(`${realm}/group/${path}`), name, subGroups: groupsOf(realm, below, path) };
  });
}

/** What is unusual about the person with this number; one in ten or fewer of each kind. */
function oddities(index: number, username: string): Partial<UserRepresentation> {
  if (index % 40 === 7) return { email: '', emailVerified: false };
  if (index % 20 === 3) return { email: `${username}@partner.example.net` };
  if (index % 50 === 11) return { email: `${username}@mail.example.org`, emailVerified: false };
  if (index % 16 === 5) return { emailVerified: false };
  if (index % 25 === 9) return { enabled: false };
  if (index % 66 === 1) return { firstName: '', lastName: '' };
  return {};
}

function withoutEmptyTexts(user: UserRepresentation): UserRepresentation {
  const { email, firstName, lastName, ...rest } = user;
  return { ...rest, ...(email && { email }), ...(firstName && { firstName }), ...(lastName && { lastName }) };
}

function samplePeople(realm: string): UserRepresentation[] {
  const random = createRandom(20);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const taken = new Set<string>();
  return Array.from({ length: peopleCount }, (_, index): UserRepresentation => {
    let firstName: string;
    let lastName: string;
    let username: string;
    do {
      firstName = pick(firstNames) ?? '';
      lastName = pick(lastNames) ?? '';
      username = `${plainName(firstName)}.${plainName(lastName)}`;
    } while (taken.has(username));
    taken.add(username);
    const groups = ['/Everyone', ...(pick(departments) ?? []), pick(places)].filter((path) => path !== undefined);
    if (index % 20 === 3) groups.push('/Contractors');
    if (index % 11 === 0) groups.push('/Project Phoenix');
    if (index === 0 || index === 17) groups.push('/site-admins');
    const usual = {
      id: idOf(`${realm}/user/${username}`),
      username,
      email: `${username}@${sampleDomain}`,
      firstName,
      lastName,
      enabled: true,
      emailVerified: true,
      groups,
    };
    return withoutEmptyTexts({ ...usual, ...oddities(index, username) });
  });
}

/**
 * The demo's realm: 200 people in 25 groups, always the same. Among them: unverified e-mails, foreign domains, people
 * without e-mail or name, disabled people, a service account that is a member of groups, a group named like an
 * administrators' group, names with accents and slashes.
 */
export function sampleRealm(secret = 'sample-secret', name = sampleRealmName): RealmRepresentation {
  const clients: readonly ClientOptions[] = [
    { clientId: sampleClientId, secret },
    { clientId: 'nightly-report', secret, access: 'none', groups: ['/Everyone', '/Engineering/Operations'] },
  ];
  return {
    id: name,
    realm: name,
    enabled: true,
    clients: clients.map(clientOf),
    groups: groupsOf(name, tree, ''),
    users: [...samplePeople(name), ...clients.flatMap((client) => serviceAccountOf(name, client) ?? [])],
  };
}
