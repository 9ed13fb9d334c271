import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileDoubts, kindDoubts, type Doubts } from '../../../dev/atlassian/doubts';
import { gatewayForbidden, gatewayRateLimit, rateLimit, type FaultKind } from '../../../dev/atlassian/faults';
import { loadState } from '../../../dev/atlassian/keep';
import { createOrganization, openOrganization } from '../../../dev/atlassian/organization';
import { start, stopAll, type Client } from './client';

afterEach(stopAll);

async function begin(): Promise<Client> {
  const organization = createOrganization();
  organization.addGroup({ name: 'team' });
  organization.addAccount({ email: 'ann@example.com', groups: ['team'] });
  return start({ organization });
}

const suspend = (client: Client) =>
  client.send(
    'POST',
    `D/users/${encodeURIComponent(client.organization.account('ann@example.com')?.id ?? '')}/suspend`,
  );
const status = (client: Client): unknown =>
  client.organization.snapshot().accounts[0]?.directories['Example Directory'];

describe('A planned fault', () => {
  const faults: readonly (readonly [string, FaultKind, number | 'broken', string])[] = [
    ['a status instead of the write', { kind: 'status', status: 503 }, 503, 'active'],
    ['a status after the write', { kind: 'status after write', status: 500 }, 500, 'suspended'],
    ['a connection reset instead of the write', { kind: 'reset' }, 'broken', 'active'],
    ['a connection reset after the write', { kind: 'reset after write' }, 'broken', 'suspended'],
    ['a rate limit with its seconds', rateLimit(7), 429, 'active'],
    ['a rate limit of the gateway', gatewayRateLimit, 429, 'active'],
    ['a refusal of the gateway', gatewayForbidden, 403, 'active'],
  ];
  it.each(faults)('%s', async (_, fault, expected, state) => {
    const client = await begin();
    client.faults.plan({ path: '/suspend', fault });
    const answered = await suspend(client).then(
      (answer) => answer.status,
      () => 'broken',
    );
    expect([answered, status(client), client.faults.pending()]).toEqual([expected, state, 0]);
  });

  it.each([
    ['timeout', 'active'],
    ['timeout after write', 'suspended'],
  ] as const)('a %s is answered by nobody; the server still stops', async (kind, state) => {
    const client = await begin();
    client.faults.plan({ path: '/suspend', fault: { kind } });
    const answered = suspend(client).then(
      () => 'answered',
      () => 'broken',
    );
    while (client.traffic.all.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(status(client)).toBe(state);
    await stopAll();
    expect(await answered).toBe('broken');
  });

  it('a truncated page breaks the connection, half a JSON text does not', async () => {
    const client = await begin();
    client.faults.plan({ path: '/users/search', fault: { kind: 'truncated' } });
    client.faults.plan({ path: '/users/search', fault: { kind: 'half JSON' } });
    await expect(client.send('POST', 'D/users/search', {})).rejects.toThrow('terminated');
    await expect(client.send('POST', 'D/users/search', {})).rejects.toThrow('JSON');
    expect((await client.send('POST', 'D/users/search', {})).status).toBe(200);
  });

  it('strikes the nth matching request, so many times', async () => {
    const client = await begin();
    client.faults.plan({ method: 'GET', path: /count$/, nth: 2, times: 2, fault: { kind: 'status', status: 502 } });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await client.send('GET', 'D/groups/count')).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  it('a key expires between two requests', async () => {
    const client = await begin();
    client.faults.plan({
      path: '/users/search',
      nth: 2,
      fault: { kind: 'meanwhile', run: () => client.organization.changeKey('organization-key', 'expired') },
    });
    expect((await client.send('POST', 'D/users/search', {})).status).toBe(200);
    expect((await client.send('POST', 'D/users/search', {})).status).toBe(401);
  });
});

describe('Traffic', () => {
  it('tells reads from writes, whatever the answer, and never keeps a key', async () => {
    const client = await begin();
    await client.send('POST', 'D/users/search', {});
    await client.send('POST', 'D/groups/search', {});
    await client.send('POST', 'v2/workspaces', {});
    await client.send('GET', 'D/users/count');
    expect(client.traffic.writes()).toEqual([]);
    await client.send('POST', 'D/groups', { name: 'team' });
    await suspend(client);
    expect(client.traffic.writes().map((exchange) => [exchange.method, exchange.body, exchange.status])).toEqual([
      ['POST', { name: 'team' }, 409],
      ['POST', undefined, 204],
    ]);
    expect(JSON.stringify(client.traffic.all)).not.toContain('organization-key');
  });
});

describe('Rates', () => {
  const headers: readonly (readonly [Doubts['rateLimit']['headers'], boolean, boolean])[] = [
    ['retry-after', true, false],
    ['reset', false, true],
    ['none', false, false],
  ];
  it.each(headers)('every third request is 429, headers: %s', async (kind, retryAfter, reset) => {
    const organization = createOrganization({ doubts: { ...kindDoubts, rateLimit: { every: 3, headers: kind } } });
    const client = await start({ organization });
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await client.send('GET', 'D/groups/count'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429, 200, 200, 429]);
    expect([answers[2]?.headers.has('retry-after'), answers[2]?.headers.has('x-ratelimit-reset')]).toEqual([
      retryAfter,
      reset,
    ]);
  });
});

describe('The state survives', () => {
  it('a restart from the file that every write updates', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'organization-'));
    const file = join(folder, 'state.json');
    try {
      const organization = createOrganization();
      organization.addGroup({ name: 'team' });
      organization.addAccount({ email: 'ann@example.com', groups: ['team'] });
      const client = await start({ organization, file });
      expect(loadState(file)).toBeUndefined();
      await client.send('POST', 'D/groups', { name: 'new' });
      await suspend(client);
      await stopAll();
      const state = loadState(file);
      if (!state) throw new Error('Nothing was saved.');
      const again = openOrganization(state, { doubts: hostileDoubts });
      expect(again.snapshot()).toEqual(organization.snapshot());
      again.addGroup({ name: 'third' });
      expect(again.group('third')?.id).not.toBe(again.group('new')?.id);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('The two presets', () => {
  it('answer every question differently, but for accounts of apps, which the document forbids to list', () => {
    const same = Object.entries(kindDoubts).filter(
      ([name, kind]) =>
        JSON.stringify(kind) === JSON.stringify(Object.entries(hostileDoubts).find(([other]) => other === name)?.[1]),
    );
    expect(same.map(([name]) => name)).toEqual(['accountsOfApps']);
  });
});
