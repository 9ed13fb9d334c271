import pMap from 'p-map';
import type { RealmRepresentation } from '../../dev/keycloak/representation';
import { openBenchStage, runToRest } from './stage';
import { medianOf, wallOf, type Exchange, type recordExchanges } from './exchanges';

export interface ReadFigure {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
  readonly requests: number;
  readonly minimumRequests: number;
  readonly wallOverBareFetch: number;
}

const pageSize = 1_000;
/** Rounds that count, and those before them in which server and process warm up. */
const rounds = 8;
const warmUps = 4;

/** Requests that no reader can do without: see the README's section on the bench. */
export function computeMinimum(users: number, membersOfGroups: readonly number[]): number {
  const perGroup = membersOfGroups.reduce((sum, members) => sum + Math.max(1, Math.ceil(members / pageSize)), 0);
  const token = 1;
  const discovery = 1;
  const counts = 4;
  const pastTheEnd = 1;
  const listings = Math.ceil(users / pageSize) + Math.ceil(membersOfGroups.length / pageSize);
  return token + discovery + counts + listings + pastTheEnd + Math.min(perGroup, users);
}

/** Members of every group of a realm file, empty groups included; people only. */
export function countMembers(realm: RealmRepresentation): readonly number[] {
  const counts = new Map<string, number>();
  const walk = (groups: RealmRepresentation['groups'], prefix: string): void => {
    for (const group of groups) {
      counts.set(`${prefix}/${group.name}`, 0);
      walk(group.subGroups ?? [], `${prefix}/${group.name}`);
    }
  };
  walk(realm.groups, '');
  for (const { groups } of realm.users) for (const path of groups ?? []) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts.values()];
}

/**
 * Reads a realm through the bundle and by bare fetch, alternating, and compares the medians. Bare fetch: the requests that
 * the bundle sent, eight at once, `text()` and `JSON.parse`, nothing else.
 */
export async function measureRead(
  realm: RealmRepresentation,
  keycloakUrl: string,
  recorder: ReturnType<typeof recordExchanges>,
): Promise<ReadFigure> {
  const stage = await openBenchStage({ keycloakUrl, realm: realm.realm });
  try {
    const bundle: number[] = [];
    const bare: number[] = [];
    let last: readonly Exchange[] = [];
    const readByBundle = async (): Promise<number> => {
      recorder.take('');
      await runToRest(stage, 'survey');
      last = recorder.take(keycloakUrl);
      return wallOf(last);
    };
    for (let round = 0; round < warmUps + rounds; round += 1) {
      // Each goes first every other time: a server that grows faster, or a neighbour that wakes up, favours neither.
      const bareFirst = round % 2 === 1 ? await fetchBare(last, recorder.real) : undefined;
      const wall = await readByBundle();
      const bareWall = bareFirst ?? (await fetchBare(last, recorder.real));
      if (round < warmUps) continue;
      bundle.push(wall);
      bare.push(bareWall);
    }
    const members = countMembers(realm);
    const users = realm.users.filter((user) => user.serviceAccountClientId === undefined).length;
    return {
      users,
      groups: members.length,
      memberships: members.reduce((sum, count) => sum + count, 0),
      requests: last.length,
      minimumRequests: computeMinimum(users, members),
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
