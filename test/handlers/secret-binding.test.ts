import { openFlow, secret, type Flow } from '../sync/flow';
import { sentence } from '../sync/look';

const elsewhere = 'https://elsewhere.example.test';
let flow: Flow;
beforeEach(async () => {
  flow = await openFlow({ users: 6, groups: 2 });
});
afterEach(() => flow.stop());

/** Saves another server, with its secret or without one. */
async function move(clientSecret?: string): Promise<void> {
  const { connectorId } = flow;
  const { settings, revision } = await flow.call('getConnector', { connectorId });
  const moved = { ...settings, keycloak: { ...settings.keycloak, url: elsewhere } };
  await flow.call('saveConnector', {
    connectorId,
    revision,
    settings: moved,
    ...(clientSecret === undefined ? {} : { clientSecret }),
  });
}

const tokenRequests = () => flow.keycloak.requests.filter(({ path }) => path.endsWith('/token'));

describe('when a connector moves to another server', () => {
  it('a run in flight never sends the new secret to the old server, and says why it ends', async () => {
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
    await move('secret-of-elsewhere');
    const run = await flow.settle(runId);
    expect({ state: run.state, code: run.failure?.code }).toEqual({ state: 'failed', code: 'wrong-client-or-secret' });
    expect(run.failure?.message).toMatch(sentence);
    expect(run.failure?.message).toMatch(/entered for another server/);
    expect(tokenRequests()).toEqual([]);
  });

  it('the old secret is kept from the new server, and the page asks for one', async () => {
    await move();
    flow.stage.platform.egress.approve(elsewhere);
    const { connectorId } = flow;
    expect((await flow.call('getConnector', { connectorId })).hasSecret).toBe(false);
    expect((await flow.call('listConnectors', undefined)).flatMap(({ missing }) => missing)).toEqual([
      'The client secret is missing.',
    ]);
    await expect(flow.call('testConnector', { connectorId })).rejects.toThrow(/client secret/);
    await expect(flow.call('startRun', { connectorId, kind: 'simulate' })).rejects.toThrow(/client secret/);
  });

  it('settings that are not saved do not get the stored secret either', async () => {
    const { connectorId } = flow;
    const { settings } = await flow.call('getConnector', { connectorId });
    const moved = { ...settings, keycloak: { ...settings.keycloak, url: elsewhere } };
    await expect(flow.call('startRun', { connectorId, kind: 'simulate', settings: moved })).rejects.toThrow(
      /client secret/,
    );
  });

  it('moving back finds the secret that belongs there', async () => {
    await move();
    await flow.save((settings) => ({
      ...settings,
      keycloak: { ...settings.keycloak, url: 'https://keycloak.example.test/' },
    }));
    expect((await flow.run('simulate')).state).toBe('simulated');
    expect(tokenRequests().every(({ body }) => new URLSearchParams(body).get('client_secret') === secret)).toBe(true);
  });
});
