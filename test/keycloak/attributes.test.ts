import { startKeycloakDouble, type KeycloakDouble } from '../../dev/keycloak/double';
import type { Fault } from '../../dev/keycloak/double/faults';
import { doubleRealm, type DoubleRealm } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import { SourceError } from '../../src/domain/errors';
import type { SourceUser } from '../../src/domain/snapshot';
import { openKeycloak } from '../../src/keycloak/source';
import { mapFetch } from '../integration/real-realm';
import { openAccess, type AccessWishes } from './realm-access';

const secret = 'a secret';

let double: KeycloakDouble | undefined;
afterEach(async () => {
  await double?.stop();
  double = undefined;
});

/** Twelve people; the first of them has attributes. */
async function start(
  attributes: DoubleRealm['users'][number]['attributes'] = {},
  version?: string,
): Promise<KeycloakDouble> {
  const realm = doubleRealm(makeRealm({ name: 'staff', users: 12, groups: 2, membershipsPerUser: 1, secret }));
  realm.declaredAttributes = ['title', 'phone', 'essay'];
  const [first] = realm.users;
  if (first !== undefined) first.attributes = attributes;
  double = await startKeycloakDouble({ realm, ...(version && { version }) });
  return double;
}

async function read(server: KeycloakDouble, wishes: AccessWishes): Promise<readonly SourceUser[]> {
  const settings = { realm: 'staff', clientId: 'user-group-sync' };
  const source = openKeycloak(openAccess(server.publicUrl, mapFetch(server).fetch, { secret, settings, ...wishes }));
  const reading = await source.read(undefined, async () => undefined);
  if (reading.kind !== 'read') throw new Error('the reading did not come to its end');
  return reading.snapshot.users;
}

const firstOf = (users: readonly SourceUser[]) => {
  const [{ attributes, tooLong } = {}] = users.filter(
    (user) => user.attributes !== undefined || user.tooLong !== undefined,
  );
  return { ...(attributes && { attributes }), ...(tooLong && { tooLong }) };
};

const representations = ({ requests }: KeycloakDouble) => [
  ...new Set(requests.flatMap(({ path, query }) => (path.endsWith('/users') ? [query.briefRepresentation] : []))),
];

describe('further attributes of people', () => {
  it.each<[string, DoubleRealm['users'][number]['attributes'], readonly string[], object]>([
    ['one', { title: ['Dr.'], phone: ['1'] }, ['title'], { attributes: { title: ['Dr.'] } }],
    [
      'several values in their order',
      { phone: ['2', '1', '2'] },
      ['phone'],
      { attributes: { phone: ['2', '1', '2'] } },
    ],
    ['none that nobody named', { title: ['Dr.'] }, ['phone'], {}],
    ['none that the realm does not declare', { hidden: ['x'] }, ['hidden'], {}],
    ['none without a value', { title: [] }, ['title'], {}],
    ['an empty value as it is', { title: [''] }, ['title'], { attributes: { title: [''] } }],
    [
      'one of the greatest length',
      { essay: ['x'.repeat(4_000)] },
      ['essay'],
      { attributes: { essay: ['x'.repeat(4_000)] } },
    ],
    [
      'the name alone of a longer one',
      { essay: ['x'.repeat(65_536)], title: ['Dr.'] },
      ['essay', 'title'],
      { attributes: { title: ['Dr.'] }, tooLong: ['essay'] },
    ],
    [
      'the name alone of many values',
      { phone: Array.from({ length: 401 }, () => '0123456789') },
      ['phone'],
      { tooLong: ['phone'] },
    ],
  ])('come with the reading: %s', async (_name, given, attributes, expected) => {
    const server = await start(given);
    expect([firstOf(await read(server, { attributes })), representations(server)]).toEqual([expected, ['false']]);
  });

  it('cost nothing where the settings name none', async () => {
    const server = await start({ title: ['Dr.'] });
    expect([firstOf(await read(server, { attributes: [] })), representations(server)]).toEqual([{}, ['true']]);
  });

  it('are the same when the reading is stored and gone on with', async () => {
    const server = await start({ title: ['Dr.'], essay: ['x'.repeat(65_536)] });
    const settings = { realm: 'staff', clientId: 'user-group-sync' };
    let reading: Parameters<ReturnType<typeof openKeycloak>['read']>[0];
    let stored = 0;
    for (let invocation = 0; invocation < 50 && reading?.kind !== 'read'; invocation += 1) {
      const wishes = { secret, settings, attributes: ['title', 'essay'], calls: 19, pageSize: 3 };
      const source = openKeycloak(openAccess(server.publicUrl, mapFetch(server).fetch, wishes));
      reading = await source.read(reading, async () => undefined);
      if (reading.kind === 'read') break;
      const text = JSON.stringify(reading);
      stored = Math.max(stored, text.length);
      // What is stored between two invocations is text; the cast says what `JSON.parse` cannot.
      reading = JSON.parse(text) as typeof reading;
    }
    const users = reading?.kind === 'read' ? reading.snapshot.users : [];
    expect([firstOf(users), stored > 0 && stored < 20_000]).toEqual([
      { attributes: { title: ['Dr.'] }, tooLong: ['essay'] },
      true,
    ]);
  });

  const withAttributes = (attributes: unknown): Fault => ({
    kind: 'rows',
    change: (rows) => rows.map((row, index) => (index > 0 || typeof row !== 'object' ? row : { ...row, attributes })),
  });

  it.each<[string, unknown, object]>([
    ['no attributes at all', null, {}],
    ['an attribute that is null', { title: null, phone: ['1'] }, { attributes: { phone: ['1'] } }],
    [
      'a value that is null, as Oracle keeps an empty text',
      { title: [null, 'Dr.'] },
      { attributes: { title: ['Dr.'] } },
    ],
  ])('are read where there is %s', async (_name, attributes, expected) => {
    const server = await start();
    server.faults.push({ match: /\/users\?/, then: withAttributes(attributes) });
    expect(firstOf(await read(server, { attributes: ['title', 'phone'], pageSize: 100 }))).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['a text in place of a list', { title: 'Dr.' }],
    ['a number in a list', { title: [1] }],
    ['a list in place of all attributes', ['title']],
  ])('end the reading as unreadable where there is %s', async (_name, attributes) => {
    const server = await start();
    server.faults.push({ match: /\/users\?/, then: withAttributes(attributes) });
    const failure = await read(server, { attributes: ['title'] }).catch((error: unknown) => error);
    expect(failure instanceof SourceError && failure.code).toBe('unreadable-answer');
  });
});

describe('the attributes that a mapping can name', () => {
  async function seen(server: KeycloakDouble, wishes: AccessWishes = {}) {
    const settings = { realm: 'staff', clientId: 'user-group-sync' };
    const source = openKeycloak(openAccess(server.publicUrl, mapFetch(server).fetch, { secret, settings, ...wishes }));
    return source.readAttributes();
  }
  const row = (name: string, more: object = {}) => ({ name, declared: true, multivalued: false, people: 0, ...more });
  const refused: Fault = { kind: 'status', status: 403, body: '{"error":"HTTP 403 Forbidden"}' };

  it('are those declared and those seen, by name, without the standard ones', async () => {
    const server = await start({ title: ['Dr.'], phone: ['2', '1'], essay: [] });
    server.realm.multivaluedAttributes = ['essay'];
    expect(await seen(server)).toEqual([
      row('essay', { multivalued: true }),
      row('phone', { multivalued: true, people: 1 }),
      row('title', { people: 1 }),
    ]);
    const paths = server.requests.flatMap(({ path }) => (path.includes('/users') ? [path.replace(/.*staff/, '')] : []));
    expect([...paths].sort()).toEqual(['/users', '/users/profile/metadata']);
  });

  it('are those seen, declared or not, where a server shows them', async () => {
    const server = await start({ title: ['Dr.'], hidden: ['x'] }, '26.0.8');
    expect(await seen(server)).toEqual([
      row('essay'),
      row('hidden', { declared: false, people: 1 }),
      row('phone'),
      row('title', { people: 1 }),
    ]);
  });

  it.each<[string, RegExp, readonly object[]]>([
    ['the profile is', /profile/, [row('title', { declared: false, people: 1 })]],
    ['the list of users is', /\/users\?/, [row('essay'), row('phone'), row('title')]],
    ['both are', /\/users/, []],
    ['the token is', /token/, []],
  ])('are the others where %s refused', async (_name, match, expected) => {
    const server = await start({ title: ['Dr.'] });
    server.faults.push({ match, then: refused });
    expect(await seen(server)).toEqual(expected);
  });

  it('are none where no call is left', async () => {
    expect(await seen(await start({ title: ['Dr.'] }), { calls: 0 })).toEqual([]);
  });
});
