import { hostileDoubts } from '../../dev/forge/doubts';
import type { DoubleClient } from '../../dev/keycloak/double/realm';
import type { ConnectorSettings } from '../../src/domain/connector';
import { openFlow, secret, type Flow } from '../sync/flow';
import { mention } from './page';

let flow: Flow;
afterEach(() => flow.stop());

const client = (change: Partial<DoubleClient>) => () => {
  const [only] = flow.realm.clients;
  if (only === undefined) throw new Error('the realm has no client');
  Object.assign(only, change);
};
/** Saved with the secret: one that was entered for another server or client is not used. */
const setting = (change: Partial<ConnectorSettings['keycloak']>) => async () => {
  const { connectorId } = flow;
  const { settings, revision } = await flow.call('getConnector', { connectorId });
  const changed = { ...settings, keycloak: { ...settings.keycloak, ...change } };
  await flow.call('saveConnector', { connectorId, revision, settings: changed, clientSecret: secret });
};

/** What is wrong, how it comes to be, which probe finds it, words of its sentence, and how a run ends that meets it. */
const wrong: readonly (readonly [string, () => unknown, string, string, string])[] = [
  [
    'an address that nobody answers',
    async () => {
      await setting({ url: 'https://nowhere.example.test' })();
      flow.stage.platform.egress.approve('https://nowhere.example.test');
    },
    'reachable',
    'check the Keycloak URL',
    'unreachable',
  ],
  [
    'an address of something else',
    async () => {
      await setting({ url: 'https://else.example.test' })();
      flow.stage.platform.egress.approve('https://else.example.test');
      const { controls } = flow.stage.platform;
      controls.upstreams = { ...controls.upstreams, 'https://else.example.test': flow.stage.atlassian.url };
    },
    'reachable',
    'enter the address of its start page',
    'wrong-address',
  ],
  [
    'a server that is down',
    () => flow.stage.moveKeycloak('http://127.0.0.1:1'),
    'reachable',
    'that the server runs',
    'unreachable',
  ],
  [
    'a proxy without its server',
    () => flow.keycloak.faults.push({ match: /./, then: { kind: 'html', status: 502 } }),
    'reachable',
    "look into Keycloak's log",
    'server-error',
  ],
  [
    'an address that is not approved',
    setting({ url: 'https://other.example.test' }),
    'address',
    'approve the address',
    'address-not-approved',
  ],
  [
    'an approval that was revoked',
    () => flow.stage.platform.egress.revoke('https://keycloak.example.test'),
    'address',
    'approve the address',
    'address-not-approved',
  ],
  ['a wrong realm', setting({ realm: 'Staff' }), 'realm', 'check its spelling', 'wrong-realm'],
  ['a wrong secret', client({ secret: 'another' }), 'client', 'secret', 'wrong-client-or-secret'],
  ['a wrong client', setting({ clientId: 'nobody' }), 'client', 'client', 'wrong-client-or-secret'],
  ['a disabled client', client({ enabled: false }), 'client', 'client', 'wrong-client-or-secret'],
  [
    'a client without service accounts',
    client({ serviceAccounts: false }),
    'client',
    'ervice account',
    'service-accounts-off',
  ],
  ['a client without a role', client({ roles: [] }), 'users', 'view-users', 'role-missing'],
  [
    'a client with a role that is too small',
    client({ roles: ['query-users', 'query-groups'] }),
    'users',
    'view-users',
    'role-too-small',
  ],
  ['a client with full scope off', client({ fullScope: false }), 'users', 'Full scope allowed', 'role-missing'],
  [
    'an admin API behind another host',
    () => flow.keycloak.faults.push({ match: /\/admin\//, then: { kind: 'html', status: 404 } }),
    'admin-api',
    'fill in the admin URL',
    'admin-api-not-here',
  ],
];

const neighbours = [
  ['answered with 403', {}],
  ['rejected', { forge: hostileDoubts }],
] as const;

describe.each(neighbours)('testing the connection, where a blocked address is %s,', (_how, options) => {
  it.each(wrong)('tells %s by its probe and what to do', async (_what, prepare, id, words) => {
    flow = await openFlow({ users: 4, groups: 2, ...options });
    await prepare();
    const before = await flow.call('getConnector', { connectorId: flow.connectorId });
    flow.stage.atlassian.traffic.clear();
    const probes = await flow.call('testConnector', { connectorId: flow.connectorId });
    const failed = probes.filter(({ state }) => state === 'failed');
    expect(failed[0]).toEqual({ id, title: expect.any(String) as unknown, state: 'failed', message: mention(words) });
    for (const { message } of probes) expect(message).toMatch(/\.$/);
    // What comes before has passed, and what cannot be known is not called a success.
    const position = probes.findIndex((probe) => probe.id === id);
    expect(probes.slice(0, position).map(({ state }) => state)).toEqual(Array(position).fill('passed'));
    const after = await flow.call('getConnector', { connectorId: flow.connectorId });
    expect(after.settings).toEqual(before.settings);
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });
});

describe('a full run', () => {
  it.each(wrong)(
    'ends before it plans, and writes nothing, because of %s',
    async (_what, prepare, _id, words, code) => {
      flow = await openFlow({ users: 4, groups: 2 });
      await prepare();
      flow.stage.atlassian.traffic.clear();
      const run = await flow.run('full');
      expect({ state: run.state, failure: run.failure, counts: run.counts }).toEqual({
        state: 'failed',
        failure: { code, message: mention(words) },
        counts: undefined,
      });
      expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
    },
  );
});

describe('testing a connection that works', () => {
  it('passes every probe, with counts, and keeps the base address', async () => {
    flow = await openFlow({ users: 4, groups: 2 });
    const probes = await flow.call('testConnector', { connectorId: flow.connectorId });
    expect(probes.map(({ state }) => state)).toEqual(Array(12).fill('passed'));
    expect(probes.find(({ id }) => id === 'user-count')?.message).toBe('4 users.');
    expect(await flow.call('getConnector', { connectorId: flow.connectorId })).toMatchObject({
      baseUrl: 'https://keycloak.example.test',
    });
  });

  it('warns of a client that can do more than it needs', async () => {
    flow = await openFlow({ users: 4, groups: 2 });
    client({ roles: ['view-users', 'manage-users'] })();
    const probes = await flow.call('testConnector', { connectorId: flow.connectorId });
    expect(probes.filter(({ state }) => state !== 'passed')).toEqual([
      { id: 'rights', title: 'No more rights than needed', state: 'warning', message: mention('view-users alone') },
    ]);
  });

  it('asks for the secret that is missing', async () => {
    flow = await openFlow({ users: 4, groups: 2 });
    const { settings } = await flow.call('getConnector', { connectorId: flow.connectorId });
    const { id } = await flow.call('saveConnector', { settings });
    const requests = flow.keycloak.requests.length;
    for (const answer of [
      await flow.stage.call('testConnector', { connectorId: id }, flow.admin),
      await flow.stage.call('startRun', { connectorId: id, kind: 'simulate' }, flow.admin),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-setting', field: 'clientSecret' } });
    }
    expect(flow.keycloak.requests).toHaveLength(requests);
  });
});
