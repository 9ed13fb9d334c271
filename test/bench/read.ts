import pMap from 'p-map';
import type { RealmRepresentation } from '../../dev/keycloak/representation';
import { noGroups } from '../../src/domain/group-set';
import { openBenchStage, runToRest } from './stage';
import { medianOf, wallOf, type Exchange, type recordExchanges } from './exchanges';

export interface ReadFigure {
  readonly what: string;
  readonly users: number;
  readonly inScope: number;
  readonly groups: number;
  readonly memberships: number;
  readonly requests: number;
  readonly minimumRequests: number;
  readonly wallOverBareFetch: number;
}

const pageSize = 1_000;

/** What is read: all memberships, or those of the members of one required group. */
export interface Reading {
  readonly what: string;
  /** Path of the required group. */
  readonly required?: string;
  /** Rounds that count; half as many come before them, in which server and process warm up. */
  readonly rounds: number;
}

/** Requests that no reader can do without: a page for each thousand rows, and the cheaper way to the memberships that are needed. */
export function computeMinimum(users: number, members: ReadonlyMap<string, number>, required?: string): number {
  const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / pageSize));
  const sum = (groups: readonly string[]): number =>
    groups.reduce((all, path) => all + pagesOf(members.get(path) ?? 0), 0);
  const token = 1;
  const discovery = 1;
  const counts = 4;
  const pastTheEnd = 1;
  // A survey, which reads everything, also offers attributes: those of the user profile, and of some people.
  const offered = required === undefined ? 2 : 0;
  const listings = Math.ceil(users / pageSize) + Math.ceil(members.size / pageSize);
  const others = [...members.keys()].filter((path) => path !== required);
  const people = required === undefined ? users : (members.get(required) ?? 0);
  const deciding = required === undefined ? 0 : sum([required]);
  return token + discovery + counts + listings + pastTheEnd + offered + deciding + Math.min(sum(others), people);
}

/** Members of every group of a realm file by path, empty groups included; people only. */
export function countMembers(realm: RealmRepresentation): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const walk = (groups: RealmRepresentation['groups'], prefix: string): void => {
    for (const group of groups) {
      counts.set(`${prefix}/${group.name}`, 0);
      walk(group.subGroups ?? [], `${prefix}/${group.name}`);
    }
  };
  walk(realm.groups, '');
  for (const { groups } of realm.users) for (const path of groups ?? []) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/**
 * Reads a realm through the bundle and by bare fetch, alternating, and compares the medians. Bare fetch: the requests that
 * the bundle sent, eight at once, `text()` and `JSON.parse`, nothing else.
 */
export async function measureRead(
  realm: RealmRepresentation,
  keycloakUrl: string,
  recorder: ReturnType<typeof recordExchanges>,
  { what, required, rounds }: Reading,
): Promise<ReadFigure> {
  const members = countMembers(realm);
  const rule = { of: 'path', test: 'exact', text: required ?? '' } as const;
  const scope = {
    kind: 'groups',
    include: { groupIds: [], rules: [rule] },
    exclude: noGroups,
    match: 'any',
    subGroups: false,
  } as const;
  const stage = await openBenchStage({
    keycloakUrl,
    realm: realm.realm,
    ...(required === undefined ? {} : { scope }),
  });
  try {
    const bundle: number[] = [];
    const bare: number[] = [];
    let last: readonly Exchange[] = [];
    const readByBundle = async (): Promise<number> => {
      recorder.take('');
      // A survey reads everything and ends; a scope limits what a run reads.
      await runToRest(stage, required === undefined ? 'survey' : 'simulate');
      last = recorder.take(keycloakUrl);
      return wallOf(last);
    };
    const warmUps = Math.ceil(rounds / 2);
    for (let round = 0; round < warmUps + rounds; round += 1) {
      // Each goes first every other time: a server that grows faster, or a neighbour that wakes up, favours neither.
      const bareFirst = round % 2 === 1 ? await fetchBare(last, recorder.real) : undefined;
      const wall = await readByBundle();
      const bareWall = bareFirst ?? (await fetchBare(last, recorder.real));
      if (round < warmUps) continue;
      bundle.push(wall);
      bare.push(bareWall);
    }
    const users = realm.users.filter((user) => user.serviceAccountClientId === undefined).length;
    return {
      what,
      users,
      inScope: required === undefined ? users : (members.get(required) ?? 0),
      groups: members.size,
      memberships: [...members.values()].reduce((sum, count) => sum + count, 0),
      requests: last.length,
      minimumRequests: computeMinimum(users, members, required),
      wallOverBareFetch: medianOf(bundle) / medianOf(bare),
    };
  } finally {
    await stage.stop();
  }
}

async function fetchBare(exchanges: readonly Exchange[], real: typeof fetch): Promise<number> {
  const token = exchanges.find(({ url }) => url.endsWith('/token'));
  const started = performance.now();
  let authorization = '';
  if (token !== undefined) {
    const answer = await send(token, real, token.headers);
    authorization = `Bearer ${(answer as { access_token: string }).access_token}`; // Keycloak's token answer
  }
  const others = exchanges.filter((exchange) => exchange !== token);
  await pMap(others, (exchange) => send(exchange, real, { ...exchange.headers, authorization }), { concurrency: 8 });
  return performance.now() - started;
}

async function send(
  { url, method, body }: Exchange,
  real: typeof fetch,
  headers: Record<string, string>,
): Promise<unknown> {
  const answer = await real(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return JSON.parse(await answer.text()) as unknown;
}
